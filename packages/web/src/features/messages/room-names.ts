// "#Room name" in a message: which of the rooms that the reader knows is meant. Pure.

export interface NamedRoom {
  readonly id: number;
  readonly name: string;
}

/** The room whose name begins at a place in a text; of two that fit, the one with the longer name. */
export type RoomAt = (text: string, at: number) => NamedRoom | null;

const wordChar = /[\p{L}\p{M}\p{N}_]/u;
/** A sign that begins a name; not one in an address, a heading or the middle of a word. */
const signs = /(?<![\p{L}\p{N}_#&/])#/gu;
/** Whoever names more rooms in one breath names none. */
const MOST = 50;

/** A name that two rooms have says of neither that it is meant. */
export function roomFinder(rooms: readonly NamedRoom[]): RoomAt {
  const count = new Map<string, number>();
  for (const { name } of rooms) count.set(name, (count.get(name) ?? 0) + 1);
  const known = rooms.filter(({ name }) => count.get(name) === 1).toSorted((a, b) => b.name.length - a.name.length);
  const endsAt = (text: string, end: number) => !wordChar.test(String.fromCodePoint(text.codePointAt(end) ?? 32));
  return (text, at) => known.find(({ name }) => text.startsWith(name, at) && endsAt(text, at + name.length)) ?? null;
}

/** The text in pieces: what is only text, and rooms in place of "#" and their names. */
export function withRooms(text: string, roomAt: RoomAt): (string | NamedRoom)[] {
  const parts: (string | NamedRoom)[] = [];
  let end = 0;
  for (const { index } of [...text.matchAll(signs)].slice(0, MOST)) {
    const room = index < end ? null : roomAt(text, index + 1);
    if (!room) continue;
    if (index > end) parts.push(text.slice(end, index));
    parts.push(room);
    end = index + 1 + room.name.length;
  }
  if (end < text.length) parts.push(text.slice(end));
  return parts;
}
