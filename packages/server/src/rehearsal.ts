// After the start: a conversation that never was, so that the first real message finds made what is made only once
// (parsers, the text of queries, the database's plans), which takes several times what sending it takes.
import { randomUUID } from "node:crypto";
import type { UserCard } from "@homeroom/protocol";
import { composeFeatures, frameHandlersOf } from "./compose.ts";
import { createUser } from "./features/accounts/accounts.ts";
import { dispatch, parseFrame } from "./gateway/frames.ts";
import { noThrottle } from "./gateway/limits.ts";
import type { SignedCall } from "./kit/call.ts";
import type { Kit } from "./kit/kit.ts";
import { type Fanout, logRef } from "./kit/ports.ts";

class TakenBack extends Error {}

const nothing = (): void => undefined;
const nobody: Fanout = { publish: nothing, whisper: nothing, isOnline: () => false };

/**
 * Two people who do not exist talk in a room that does not exist: all of it in one transaction, which is taken back, with
 * features of their own, so that nothing they keep in mind stays. Other writers stand in line behind it for a few
 * hundredths of a second. Rejects where the database does not answer.
 */
export const rehearse = async (kit: Kit): Promise<void> => {
  const inside = kit.db.write(async (tx) => {
    await converse({
      ...kit,
      db: { ...kit.db, read: tx, write: (work) => work(tx) },
      throttle: noThrottle,
      fanout: nobody,
    });
    throw new TakenBack();
  });
  await inside.catch((error: unknown) => {
    if (!(error instanceof TakenBack)) throw error;
  });
};

const converse = async (kit: Kit): Promise<void> => {
  const features = composeFeatures(kit);
  const frames = frameHandlersOf(features);
  const teacher = await person(kit, "teacher");
  const student = await person(kit, "student");
  const { body: room } = await features.rooms.operations.createRoom(
    { params: undefined, query: undefined, body: { name: "Rehearsal", description: "", public: true } },
    callOf(teacher),
  );
  const log = logRef("room", room.id);
  await features.rooms.operations.joinRoom(
    { params: { id: log.id }, query: undefined, body: undefined },
    callOf(student),
  );
  const text = JSON.stringify({ type: "chat_message", content: "Good morning!", client_id: randomUUID() });
  const frame = parseFrame(text, {});
  if (frame.type === "chat_message") await dispatch(frames, frame, { kind: "log", log }, callOf(student));
};

/** Nobody can sign in with what is no hash of any password. */
const person = (kit: Kit, role: "teacher" | "student"): Promise<UserCard> =>
  createUser(kit, { username: `rehearsal-${randomUUID()}`, display_name: "Nobody", role, password_hash: "" });

const callOf = (user: UserCard): SignedCall => ({ caller: { user, session: "" } });
