// Whoever applies the events to what they fetched before sees what they would see if they fetched it now: after every
// single event, and after all of them at once from a resume. And an event says the same live and resumed.
import type { DurableFrame } from "@homeroom/protocol";
import { describe, expect, test } from "vitest";
import { fetchRoom, fetchThread, RoomFold, type RoomView, ThreadFold, type ThreadView } from "../kit/fold.ts";
import { eachSchool, type OpenSocket, type Person } from "../kit/school.ts";
import { durableTypes, type LogName } from "../kit/socket.ts";
import { type Cast, castOf, storyOf } from "../kit/story.ts";

/** Somebody who watches room and thread, on one socket or on one each. */
interface Viewer {
  who: Person;
  roomSocket: OpenSocket;
  threadSocket: OpenSocket;
  room: RoomFold;
  thread: ThreadFold;
  /** How many frames of each socket are folded already. */
  folded: Map<OpenSocket, number>;
}

const asleep = async ({ ann, room, thread }: Cast) => ({
  room: (await fetchRoom(ann, room)) as RoomView,
  thread: (await fetchThread(ann, thread.id)) as ThreadView,
});

const readMark = ({ hello }: OpenSocket, log: LogName): number =>
  hello.logs.find((l) => ("room" in log ? l.room === log.room : l.thread === log.thread))?.read ?? 0;

const watch = async (who: Person, { room, thread }: Cast, isEverything: boolean): Promise<Viewer> => {
  const threadLog = { thread: thread.id };
  const roomSocket = await who.socket(isEverything ? null : room.log);
  const threadSocket = isEverything ? roomSocket : await who.socket(threadLog);
  return {
    who,
    roomSocket,
    threadSocket,
    room: new RoomFold(who.card, (await fetchRoom(who, room)) as RoomView, readMark(roomSocket, room.log)),
    thread: new ThreadFold(
      who.card,
      (await fetchThread(who, thread.id)) as ThreadView,
      readMark(threadSocket, threadLog),
    ),
    folded: new Map([roomSocket, threadSocket].map((socket) => [socket, 0])),
  };
};

/** Applies what has come since the last time. */
const fold = ({ folded, room, thread }: Viewer): void => {
  for (const [socket, from] of folded) {
    for (const frame of socket.frames.slice(from)) {
      room.apply(frame);
      thread.apply(frame);
    }
    folded.set(socket, socket.frames.length);
  }
};

eachSchool((school) => {
  /** The events of both logs from a place on, as a resume gives them. */
  const resumed = async ({ ann, room, thread }: Cast, after: { room: number; thread: number }) => {
    const socket = await ann.socket();
    await socket.resume(room.log, room.epoch, after.room);
    await socket.resume({ thread: thread.id }, thread.epoch, after.thread);
    const found = {
      room: socket.events(room.log),
      thread: socket.events({ thread: thread.id }),
      frames: socket.frames,
    };
    await socket.close();
    return found;
  };

  const sameRoom = async (name: string, cast: Cast, viewer: Viewer) => {
    const room = await fetchRoom(viewer.who, cast.room);
    await viewer.roomSocket.reaches(cast.room.log, room?.room.last_seq ?? 0);
    // What is not part of the log (a read mark) has no seq to wait for.
    await viewer.roomSocket.settled();
    fold(viewer);
    expect({ name, view: viewer.room.view() }).toEqual({ name, view: room });
  };
  const sameThread = async (name: string, cast: Cast, viewer: Viewer) => {
    const thread = await fetchThread(viewer.who, cast.thread.id);
    await viewer.threadSocket.reaches({ thread: cast.thread.id }, thread?.thread.last_seq ?? 0);
    await viewer.threadSocket.settled();
    fold(viewer);
    expect({ name, view: viewer.thread.view() }).toEqual({ name, view: thread });
  };

  describe("everything that can happen", () => {
    test("leads, event by event, to what is fetched afresh, and is told alike live and resumed", async () => {
      const cast = await castOf(school());
      const { ann, bob, room, thread } = cast;
      const viewers = [await watch(ann, cast, true), await watch(bob, cast, false)];
      const [first, second] = viewers as [Viewer, Viewer];
      const sleeper = await asleep(cast);
      const start = { room: sleeper.room.room.last_seq, thread: sleeper.thread.thread.last_seq };
      let seen = { ...start };
      const story = storyOf(cast);
      for (const [name, run] of [...story.room, ...story.thread]) {
        await run();
        const isSame = story.room.some((step) => step[0] === name) ? sameRoom : sameThread;
        await Promise.all(viewers.map((viewer) => isSame(name, cast, viewer)));
        const again = await resumed(cast, seen);
        const live = (log: LogName, after: number) => first.roomSocket.events(log).filter((f) => f.seq > after);
        expect({ name, frames: again.room }).toEqual({ name, frames: live(room.log, seen.room) });
        expect({ name, frames: again.thread }).toEqual({ name, frames: live({ thread: thread.id }, seen.thread) });
        seen = { room: first.roomSocket.seq(room.log), thread: first.roomSocket.seq({ thread: thread.id }) };
      }

      for (const viewer of viewers) await sameRoom("in the end", cast, viewer);

      // Somebody who slept through all of it.
      const late = new RoomFold(ann.card, sleeper.room, readMark(await ann.socket(), room.log));
      const lateThread = new ThreadFold(ann.card, sleeper.thread, readMark(await ann.socket(), { thread: thread.id }));
      for (const frame of (await resumed(cast, start)).frames) {
        late.apply(frame);
        lateThread.apply(frame);
      }
      expect(late.view()).toEqual(await fetchRoom(ann, room));
      expect(lateThread.view()).toEqual(await fetchThread(ann, thread.id));

      // From the very beginning, without a gap, in the database as on the wire.
      const all = await resumed(cast, { room: 0, thread: 0 });
      for (const [log, events] of [
        [room.id, all.room],
        [thread.id, all.thread],
      ] as const) {
        const stored = await school()
          .kit.db.read.selectFrom("events")
          .select("seq")
          .where("log_id", "=", log)
          .orderBy("seq")
          .execute();
        expect(events.map((f) => f.seq)).toEqual(stored.map((row) => row.seq));
        expect(events.map((f) => f.seq)).toEqual(events.map((_, i) => i + 1));
      }

      await room.host.ask("DELETE", room.path);
      expect((await second.roomSocket.closed).code).toBe(4404);
      for (const viewer of viewers) {
        await viewer.roomSocket.next("room_deleted");
        fold(viewer);
        expect(viewer.room.view()).toBeNull();
        expect(await fetchRoom(viewer.who, room)).toBeNull();
      }

      const told = new Set(viewers.flatMap((v) => [...v.folded.keys()].flatMap((s) => s.frames)).map((f) => f.type));
      const untold = [...durableTypes].filter((type) => !told.has(type as DurableFrame["type"]));
      expect(untold, "the story has to tell of these, too").toEqual([]);
    });
  });
});
