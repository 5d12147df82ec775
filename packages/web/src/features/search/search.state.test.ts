// Results of a search follow what happens to the messages meanwhile.
import type { DurableFrame, Message, PrivateMessage } from "@homeroom/protocol";
import { describe, expect, test } from "vitest";
import { fakeMessage, fakePrivate, fakeUser } from "../../kit/fake-messages.ts";
import {
  answered,
  applyFound,
  type Asked,
  extended,
  forgetFound,
  isAnswered,
  noSearch,
  startAsking,
} from "./search.state.ts";

const sender = fakeUser(2, { username: "ada", display_name: "Ada" });
const inRoom = (id: number, content = "wall", room = 7): Message => fakeMessage(id, { room, sender, content });
const privately = (id: number, thread = 3): PrivateMessage => fakePrivate(id, { thread, sender, content: "wall" });
const edited = (message: Message): DurableFrame =>
  ({
    type: "message_edited",
    room: message.room,
    seq: 90,
    epoch: "e",
    at: message.created_at,
    message,
  }) as DurableFrame;
const deleted = (message: Message): DurableFrame =>
  ({
    type: "message_deleted",
    room: message.room,
    seq: 91,
    epoch: "e",
    message: { ...message, content: "", deleted: true },
  }) as DurableFrame;

const asked: Asked = { q: "wall", room: null, from: null };
const page = (...results: (Message | PrivateMessage)[]) => ({ results, more: null, version: 0 });
const found = answered(startAsking(noSearch), asked, page(inRoom(5), privately(4), inRoom(3, "wall", 8)));
const ids = ({ results }: typeof found) => results.map(({ id }) => id);
const roomOf = (thread: number) => (thread === 3 ? 7 : undefined);

describe("results", () => {
  test("answer what was asked for, and nothing else", () => {
    expect(isAnswered(found, { ...asked })).toBe(true);
    expect(isAnswered(found, { ...asked, from: 2 })).toBe(false);
  });

  test("lose a message that is deleted", () => {
    expect(ids(applyFound(found, deleted(inRoom(5))))).toEqual([4, 3]);
  });

  test("show an edited message's new words, and know that it was edited", () => {
    const next = applyFound(found, edited(inRoom(5, "Wand")));
    expect(next.results[0]?.content).toBe("Wand");
    expect(next.changed).toHaveProperty("5");
  });

  test("do not change with messages that were not found", () => {
    expect(applyFound(found, edited(inRoom(6)))).toBe(found);
  });

  test("do not bring back what was deleted while they were on their way", () => {
    const asking = applyFound(startAsking(noSearch), deleted(inRoom(5)));
    expect(ids(answered(asking, asked, page(inRoom(5), inRoom(3))))).toEqual([3]);
  });

  test("lose a room that is out of reach with its private chats, and are asked for again", () => {
    const next = forgetFound(found, "r7", roomOf);
    expect(ids(next)).toEqual([3]);
    expect(isAnswered(next, asked)).toBe(false);
    expect(ids(forgetFound(found, "t3", roomOf))).toEqual([5, 3]);
  });

  test("are thrown away where a room went out of reach while they were on their way", () => {
    const asking = forgetFound(startAsking(noSearch), "r7", roomOf);
    const next = answered(asking, asked, page(inRoom(5)));
    expect(next.results).toEqual([]);
    expect(isAnswered(next, asked)).toBe(false);
  });

  test("grow by pages without doubles, and not by a page of another search", () => {
    expect(ids(extended(found, asked, page(inRoom(3, "wall", 8), inRoom(2))))).toEqual([5, 4, 3, 2]);
    expect(ids(extended(found, { ...asked, q: "hall" }, page(inRoom(2))))).toEqual([5, 4, 3]);
  });
});
