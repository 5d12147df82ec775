// A crowd that chats through whatever happens to the server: each repeats what was not answered, under the same
// client_id, until it is; each keeps all events it has seen. What they know is held against the database in the end.
import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { DatabaseSync } from "node:sqlite";
import { join } from "node:path";
import type { Message, Room } from "@homeroom/protocol";
import { readConfig } from "../../packages/server/src/config.ts";
import { migrateDatabase, openDatabase } from "../../packages/server/src/compose.ts";
import { createUser, issueTokens } from "../../packages/server/src/features/accounts/accounts.ts";
import type { Chance } from "./chance.ts";
import { kitOver } from "./kit.ts";
import { caller } from "./school.ts";
import { type Closed, isDurable, Refused, socketUrl, TestSocket } from "./socket.ts";

/** Accounts with tokens in a data folder that no server uses yet; the first one is a teacher. */
export const accountsIn = async (dataDir: string, count: number): Promise<string[]> => {
  const config = readConfig({ DATA_DIR: dataDir });
  const db = await openDatabase(config);
  await migrateDatabase(db);
  const kit = kitOver(db, config, [], Date.now);
  const names = Array.from({ length: count }, (_, i) => `person${i}`);
  const given = { password_hash: "none" };
  const cards = await Promise.all(
    names.map((username, i) =>
      createUser(kit, { ...given, username, display_name: username, role: i === 0 ? "teacher" : "student" }),
    ),
  );
  const tokens = await issueTokens(
    kit,
    cards.map((card) => card.id),
    3_600,
  );
  await db.close();
  return tokens;
};

export const roomFor = async (url: string, [host, ...members]: readonly string[]): Promise<Room> => {
  const room = await caller(url, host ?? "")<Room>("POST", "/api/chat/rooms/", { name: "The hall" });
  await Promise.all(members.map((token) => caller(url, token)("POST", `/api/chat/rooms/${room.body.id}/join/`)));
  return room.body;
};

/** What the crowd knows of the server: where it is, as soon as it is anywhere. */
export interface Address {
  url: Promise<string>;
}

export class Sender {
  /** client_id → where the server said it stands. */
  readonly acked = new Map<string, { id: number; seq: number }>();
  /** Sent, or about to be, and not answered. */
  readonly unknown = new Map<string, string>();
  /** seq → what happened there. */
  readonly seen = new Map<number, string>();
  readonly contradictions: string[] = [];
  readonly closes: Closed[] = [];
  readonly #token: string;
  readonly #room: Room;
  readonly #chance: Chance;
  readonly #address: Address;
  #talks = true;
  #head = 0;

  constructor(token: string, room: Room, address: Address, chance: Chance) {
    this.#token = token;
    this.#room = room;
    this.#address = address;
    this.#chance = chance;
  }

  /** Ends when it was told to hush and everything it had said is answered. */
  async live(): Promise<void> {
    while (this.#talks || this.unknown.size > 0) {
      const url = await this.#address.url;
      // On a socket of everything or of the room, as it happens.
      const log = this.#chance.below(2) ? { room: this.#room.id } : null;
      const socket = new TestSocket(socketUrl(url, log, { token: this.#token }));
      await this.#talk(url, socket).catch(() => undefined);
      this.#remember(socket);
      if (socket.isOpen) await socket.close();
      this.closes.push(await socket.closed);
      await pause(20);
    }
  }

  hush(): void {
    this.#talks = false;
  }

  /** Everything up to today, once more asked for from where it stood. */
  async catchUp(): Promise<number> {
    const socket = new TestSocket(socketUrl(await this.#address.url, null, { token: this.#token }));
    await socket.next("hello");
    await socket.resume({ room: this.#room.id }, this.#room.epoch, this.#head);
    this.#remember(socket);
    await socket.close();
    return this.#head;
  }

  async #talk(url: string, socket: TestSocket): Promise<void> {
    await socket.next("hello");
    // Not waited for: it goes on while others, and this one, write.
    socket.send({ type: "resume", logs: [{ room: this.#room.id, epoch: this.#room.epoch, after: this.#head }] });
    for (const [client_id, content] of this.unknown) this.#say(url, socket, client_id, content);
    while (socket.isOpen && (this.#talks || this.unknown.size > 0)) {
      if (this.#talks) {
        const client_id = randomUUID();
        const content = `canary ${client_id}`;
        this.unknown.set(client_id, content);
        this.#say(url, socket, client_id, content);
        // Now and then the same again, over another door.
        if (this.#chance.below(4) === 0) this.#say(url, null, client_id, content);
      }
      await pause(this.#chance.between(20, 160));
    }
  }

  #say(url: string, socket: TestSocket | null, client_id: string, content: string): void {
    const answer = socket
      ? socket.chat(content, { room: this.#room.id, client_id })
      : caller(url, this.#token)<Message>("POST", `/api/chat/rooms/${this.#room.id}/messages/`, {
          content,
          client_id,
        }).then(({ status, body }) => (status < 300 ? body : Promise.reject(new Error(`${status}`))));
    answer.then(
      ({ id, seq }) => this.#confirmed(client_id, { id, seq }),
      (error: unknown) => {
        if (error instanceof Refused && error.frame.stored === false)
          this.contradictions.push(`refused: ${error.message}`);
      },
    );
  }

  #confirmed(client_id: string, place: { id: number; seq: number }): void {
    const before = this.acked.get(client_id) ?? place;
    if (before.id !== place.id || before.seq !== place.seq) this.contradictions.push(`${client_id} stands twice`);
    this.acked.set(client_id, place);
    this.unknown.delete(client_id);
  }

  #remember(socket: TestSocket): void {
    for (const frame of socket.frames) {
      if (!isDurable(frame)) continue;
      const what = `${frame.type} ${"message" in frame ? frame.message.id : ""}`;
      const before = this.seen.get(frame.seq) ?? what;
      if (before !== what) this.contradictions.push(`event ${frame.seq} was ${before}, then ${what}`);
      this.seen.set(frame.seq, what);
    }
    // Only what is known without a hole counts as known.
    while (this.seen.has(this.#head + 1)) this.#head++;
  }
}

/** Everything that is wrong with the database, or with what the crowd was told, in sentences. None if all is well. */
export const faults = (dataDir: string, room: Room, crowd: readonly Sender[]): string[] => {
  const db = new DatabaseSync(join(dataDir, "homeroom.sqlite"));
  const rows = <T>(sql: string, ...values: number[]) => db.prepare(sql).all(...values) as T[];
  const wrong: string[] = crowd.flatMap((sender) => sender.contradictions);
  const [check] = rows<{ integrity_check: string }>("pragma integrity_check");
  if (check?.integrity_check !== "ok") wrong.push(`integrity_check says ${check?.integrity_check}`);
  const messages = rows<{ id: number; seq: number; client_id: string; content: string }>(
    "select id, seq, client_id, content from messages where log_id = ? order by seq",
    room.id,
  );
  const events = rows<{ seq: number; type: string; message_id: number | null }>(
    "select seq, type, message_id from events where log_id = ? order by seq",
    room.id,
  );
  const [log] = rows<{ head: number }>("select head from logs where id = ?", room.id);
  db.close();
  if (log?.head !== events.length) wrong.push(`the head is ${log?.head}, but there are ${events.length} events`);
  for (const [i, { seq }] of events.entries()) if (seq !== i + 1) wrong.push(`event ${i + 1} has seq ${seq}`);
  const bySeq = new Map(events.map((event) => [event.seq, event]));
  for (const { id, seq } of messages) if (bySeq.get(seq)?.message_id !== id) wrong.push(`message ${id} has no event`);
  if (new Set(messages.map((m) => m.content)).size !== messages.length) wrong.push("a message is stored twice");
  const stored = new Map(messages.map((m) => [m.client_id, m]));
  for (const { acked } of crowd) {
    for (const [client_id, { id, seq }] of acked) {
      const row = stored.get(client_id);
      if (row?.id !== id || row.seq !== seq) wrong.push(`${client_id} was acknowledged as ${id}, but is ${row?.id}`);
    }
  }
  const said = new Set(crowd.flatMap((sender) => [...sender.acked.keys()]));
  for (const { client_id } of messages) if (!said.has(client_id)) wrong.push(`${client_id} was never acknowledged`);
  const truth = events.map((event) => `${event.seq} ${event.type} ${event.message_id ?? ""}`).join("\n");
  for (const [i, { seen }] of crowd.entries()) {
    const view = [...seen].toSorted(([a], [b]) => a - b).map(([seq, what]) => `${seq} ${what}`);
    if (view.join("\n") !== truth)
      wrong.push(`person ${i} sees ${view.length} events, not the ${events.length} there are`);
  }
  return wrong;
};
