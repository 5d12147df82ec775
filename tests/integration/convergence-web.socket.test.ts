// The web client applies the events to what it fetched before, and shows what it would show had it fetched it now.
import { expect, test } from "vitest";
import { eachSchool } from "../kit/school.ts";
import { castOf, storyOf } from "../kit/story.ts";
import { fetchWeb, visible, WebFold } from "../kit/web-fold.ts";

eachSchool((school) => {
  test("the web client's state after every event is what it would fetch, and so is that of one who slept", async () => {
    const cast = await castOf(school());
    const { ann, room, thread } = cast;
    const socket = await ann.socket();
    const client = new WebFold(await fetchWeb(ann, cast));
    const sleeper = new WebFold(client.state);
    let folded = 0;
    const story = storyOf(cast);
    for (const [name, run] of [...story.room, ...story.thread]) {
      await run();
      const fresh = await fetchWeb(ann, cast);
      await socket.reaches(room.log, fresh.logs[`r${room.id}`]?.applied ?? 0);
      await socket.reaches({ thread: thread.id }, fresh.logs[`t${thread.id}`]?.applied ?? 0);
      await socket.settled();
      for (const frame of socket.frames.slice(folded)) client.apply(frame);
      folded = socket.frames.length;
      await client.fetchIfNeeded(ann, room);
      expect({ name, ...visible(client.state, cast) }).toEqual({ name, ...visible(fresh, cast) });
    }
    const late = await ann.socket();
    const { logs } = sleeper.state;
    sleeper.apply(late.hello);
    await sleeper.fetchIfNeeded(ann, room);
    await late.resume(room.log, room.epoch, logs[`r${room.id}`]?.applied ?? 0);
    await late.resume({ thread: thread.id }, thread.epoch, logs[`t${thread.id}`]?.applied ?? 0);
    for (const frame of late.frames.slice(1)) sleeper.apply(frame);
    expect(visible(sleeper.state, cast)).toEqual(visible(await fetchWeb(ann, cast), cast));

    await room.host.ask("DELETE", room.path);
    await socket.next("room_deleted");
    for (const frame of socket.frames.slice(folded)) client.apply(frame);
    expect(client.state.rooms.byId[room.id]).toBeUndefined();
    expect(client.state.messages.timelines).toEqual({});
  });
});
