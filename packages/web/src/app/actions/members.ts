// What those who lead a room do about its members and about the room itself. The room hears of each by an event, and so
// does this page: no answer is taken in here, since it may be ahead of what was heard.
import type { Participant } from "@homeroom/protocol";
import type { RoomPatch } from "../../features/rooms/room-settings.ts";
import { isRefusal } from "../../kit/failures.ts";
import { shortName } from "../../ui/names.ts";
import { laterTime } from "../../ui/time.ts";
import { addToast, complain, type Core } from "../core.ts";
import { openPrivate } from "./private-threads.ts";

const words = {
  muted: (name: string, until: string) => `${name} is muted and can write again ${until}.`,
  unmuted: (name: string) => `${name} can write again.`,
  cohost: (name: string) => `${name} is a cohost now.`,
  noCohost: (name: string) => `${name} is not a cohost any more.`,
  removed: (name: string, room: string) => `${name} is not in ${room} any more.`,
  gone: (name: string) => `${name} left the room a moment ago.`,
  handedOver: (name: string, room: string) => `${name} leads ${room} now. You are a cohost.`,
  undo: "Undo",
};

type RoomId = { id: number; name: string };

const MINUTE = 60_000;

const at = (room: RoomId, person: Participant) => ({ params: { id: room.id, user_id: person.id } });

/** Tells what went wrong; somebody who has just left is no mistake of anybody's. */
function complainAbout(core: Core, person: Participant, error: unknown): void {
  if (isRefusal(error, "not_found")) {
    addToast(core, { tone: "info", text: words.gone(shortName(person.display_name)) });
  } else complain(core, error);
}

/** For what is done with one click and taken back with another. True: it was done. */
async function quick(core: Core, person: Participant, work: () => Promise<unknown>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    complainAbout(core, person, error);
    return false;
  }
}

const say = (core: Core, text: string, undo?: () => void): void =>
  addToast(core, { tone: "done", text, ...(undo && { actions: [{ label: words.undo, onSelect: undo }] }) });

/** @throws when it was refused */
export async function mute(core: Core, room: RoomId, person: Participant, minutes: number, reason = ""): Promise<void> {
  const body = { minutes, ...(reason && { reason }) };
  await core.api.post("/api/chat/rooms/{id}/members/{user_id}/mute/", { ...at(room, person), body });
  const until = laterTime(new Date(core.clock.now() + minutes * MINUTE).toISOString());
  say(core, words.muted(shortName(person.display_name), until), () => void unmute(core, room, person));
}

export const muteAtOnce = (core: Core, room: RoomId, person: Participant, minutes: number): Promise<boolean> =>
  quick(core, person, () => mute(core, room, person, minutes));

export async function unmute(core: Core, room: RoomId, person: Participant): Promise<void> {
  const isDone = await quick(core, person, () =>
    core.api.delete("/api/chat/rooms/{id}/members/{user_id}/mute/", at(room, person)),
  );
  if (isDone) say(core, words.unmuted(shortName(person.display_name)));
}

export async function setCohost(core: Core, room: RoomId, person: Participant, on: boolean): Promise<void> {
  const set = (isCohost: boolean) =>
    quick(core, person, () =>
      core.api.post("/api/chat/rooms/{id}/members/{user_id}/", {
        ...at(room, person),
        body: { room_role: isCohost ? "cohost" : "member" },
      }),
    );
  if (!(await set(on))) return;
  const name = shortName(person.display_name);
  say(core, on ? words.cohost(name) : words.noCohost(name), () => void set(!on));
}

/** @throws when it was refused */
export async function removeMember(core: Core, room: RoomId, person: Participant, reason: string): Promise<void> {
  const body = reason ? { reason } : {};
  await core.api.post("/api/chat/rooms/{id}/kick/{user_id}/", { ...at(room, person), body });
  say(core, words.removed(shortName(person.display_name), room.name));
}

/** @throws when it was refused */
export async function handOver(core: Core, room: RoomId, heir: Participant): Promise<void> {
  await core.api.post("/api/chat/rooms/{id}/transfer-host/", { params: { id: room.id }, body: { user_id: heir.id } });
  say(core, words.handedOver(heir.display_name, room.name));
}

/** @throws when it was refused */
export async function changeRoom(core: Core, id: number, patch: RoomPatch & { is_active?: boolean }): Promise<void> {
  await core.api.patch("/api/chat/rooms/{id}/", { params: { id }, body: patch });
}

/** Notifications of a room, for me alone. @throws when it was refused */
export async function setQuiet(core: Core, id: number, isQuiet: boolean): Promise<void> {
  const path = "/api/chat/rooms/{id}/quiet/";
  if (isQuiet) await core.api.put(path, { params: { id }, body: {} });
  else await core.api.delete(path, { params: { id } });
}

/** Opens the private chat with somebody of a room, beside the room. */
export async function messagePrivately(core: Core, room: RoomId, person: Participant): Promise<void> {
  await quick(core, person, () => openPrivate(core, { user_id: person.id, room_id: room.id }));
}
