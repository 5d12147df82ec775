// Where a conversation takes place: a room, the thread of replies to one of its messages, or a private chat.
import { type LogKey, roomKey, threadKey } from "../../kit/logs.ts";

export type Place =
  | { readonly kind: "room"; readonly room: number }
  /** `root` is the id of the message that is replied to. */
  | { readonly kind: "replies"; readonly room: number; readonly root: number }
  | { readonly kind: "private"; readonly thread: number };

/** `r12` is room 12, `m345` are the replies to message 345, `t7` is private chat 7. */
export type PlaceKey = LogKey | `m${number}`;

export function placeKey(place: Place): PlaceKey {
  switch (place.kind) {
    case "room":
      return roomKey(place.room);
    case "replies":
      return `m${place.root}`;
    case "private":
      return threadKey(place.thread);
  }
}

/** The log that its events come with: replies are part of their room's. */
export const placeLog = (place: Place): LogKey =>
  place.kind === "private" ? threadKey(place.thread) : roomKey(place.room);

export const isPlaceKey = (text: string): text is PlaceKey => /^[rmt][1-9]\d*$/.test(text);

export const roomPlace = (room: number): Place => ({ kind: "room", room });
export const repliesPlace = (room: number, root: number): Place => ({ kind: "replies", room, root });
export const privatePlace = (thread: number): Place => ({ kind: "private", thread });
