// `load-data`: many people in one room with many messages, and a socket's address with its token for each of them.
import { closeSync, openSync, writeSync } from "node:fs";
import type { UserCard } from "@homeroom/protocol";
import { composeFeatures } from "../compose.ts";
import { type Config, ConfigError } from "../config.ts";
import { hashPassword, issueTokens } from "../features/accounts/accounts.ts";
import type { Kit } from "../kit/kit.ts";
import { type LogRef, logRef } from "../kit/ports.ts";
import { refuseInProduction } from "./caution.ts";
import {
  admitMembers,
  hasUser,
  insertMessages,
  insertUsers,
  type LoadMessage,
  markAllRead,
} from "./load-data.store.ts";
import { progress } from "./progress.ts";
import { withQuietKit } from "./quiet-kit.ts";

export interface Load {
  users: number;
  messages: number;
  out: string;
  force: number;
}

const PASSWORD = "homeroom-load";
const DAY_MS = 24 * 3600 * 1000;
const TOKEN_TTL_S = DAY_MS / 1000;
/** Over so many days the messages are spread. */
const DAYS = 90;
/** Messages of one commit: short enough for a server beside us, whose own writing waits for 2 s at most. */
const PER_COMMIT = 8_000;
const BREATH_MS = 15;

const SENTENCES = [
  "Has anybody got the notes of lesson {n}?",
  "Exercise {n} is harder than it looks.",
  "I get {n} for the last one, and you?",
  "Page {n}, the second picture.",
  "Yes, that is what I have too ({n}).",
  "Could we go through number {n} once more before the test, please? I got lost somewhere in the middle of it.",
  "Thank you! {n} times better than my drawing.",
  "No, look at line {n} again.",
];

export const loadData = async (config: Config, load: Load): Promise<string> => {
  refuseInProduction(config, "load-data", load.force);
  // Opened first: an hour's work must not end with a folder that is not there.
  const file = openSync(load.out, "w", 0o600);
  try {
    return await withQuietKit(config, async (kit) => {
      const ids = await addPeople(kit, load.users);
      const room = await addRoom(kit, ids);
      await addMessages(kit, room, ids, load.messages);
      const tokens = await issueTokens(kit, ids, TOKEN_TTL_S);
      writeSync(file, tokens.map((token) => `/ws/chat/rooms/${room.id}/?token=${token}\n`).join(""));
      return `Room ${room.id} has ${load.users} members (password: ${PASSWORD}) and ${load.messages} messages.`;
    });
  } finally {
    closeSync(file);
  }
};

const addPeople = async (kit: Kit, count: number): Promise<number[]> => {
  if (await hasUser(kit.db.read, "load0")) {
    throw new ConfigError("This database has load data already. Use another DATA_DIR or DATABASE_URL.");
  }
  const password_hash = await hashPassword(PASSWORD);
  const users = Array.from({ length: count }, (_, i) => ({
    username: `load${i}`,
    display_name: `Load ${i}`,
    // Somebody must host the room.
    role: i === 0 ? "teacher" : "student",
    password_hash,
  }));
  return kit.db.write((tx) => insertUsers(tx, users, kit.clock.now() - (DAYS + 1) * DAY_MS));
};

const addRoom = async (kit: Kit, [hostId = 0, ...others]: readonly number[]): Promise<LogRef> => {
  const then = kit.clock.now() - DAYS * DAY_MS;
  const host: UserCard = { id: hostId, username: "load0", display_name: "Load 0", role: "teacher", avatar_url: null };
  const { rooms } = composeFeatures({ ...kit, clock: { now: () => then } });
  const { body } = await rooms.operations.createRoom(
    {
      params: undefined,
      query: undefined,
      body: { name: "Load", description: "For benchmarks.", max_participants: Math.max(1_000, others.length + 1) },
    },
    { caller: { user: host, session: "" } },
  );
  const room = logRef("room", body.id);
  await kit.db.write((tx) => admitMembers(tx, room, others, then));
  return room;
};

const addMessages = async (kit: Kit, room: LogRef, ids: readonly number[], count: number): Promise<void> => {
  const line = progress("Messages", count);
  const now = kit.clock.now();
  const start = now - DAYS * DAY_MS;
  for (let done = 0; done < count; done += PER_COMMIT) {
    const some = Array.from({ length: Math.min(PER_COMMIT, count - done) }, (_, i) =>
      message(done + i, ids, start + Math.floor(((now - start) * (done + i)) / count)),
    );
    await kit.db.write((tx) => insertMessages(tx, room, some));
    line.show(done + some.length);
    // A live server on the same file gets its turn.
    await new Promise((resolve) => setTimeout(resolve, BREATH_MS));
  }
  await kit.db.write((tx) => markAllRead(tx, room));
  line.end();
};

/** The same for the same number, every time: two benchmarks run over the same words. */
const message = (n: number, ids: readonly number[], created_at: number): LoadMessage => ({
  sender_id: ids[(n * 7_919) % ids.length] ?? 0,
  content: (SENTENCES[(n * 31) % SENTENCES.length] ?? "").replace("{n}", String(n)),
  created_at,
});
