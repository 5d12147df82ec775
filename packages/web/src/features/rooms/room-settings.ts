// What a host can change about a room: what was touched stays as typed, everything else follows the room. Pure.
import type { RoomCard, RoomDetails } from "@homeroom/protocol";
import { SIZES } from "@homeroom/protocol/kit/sizes.ts";
import { type Access, accessOf, fieldsOf } from "./access-pick.tsx";

const words = {
  nameLength: `The name needs ${SIZES.room_name_min} to ${SIZES.room_name_max} characters.`,
  places: `A number from 2 to ${SIZES.room_members}.`,
  taken: (count: number) => `There are ${count} people in this room already.`,
};

/** The fields as they stand in the form. */
export interface RoomFields {
  name: string;
  description: string;
  access: Access;
  /** As typed. */
  places: string;
  private_replies: boolean;
  allow_uploads: boolean;
  allow_voice: boolean;
  slow_mode_s: number;
}

export type RoomEdits = Partial<RoomFields>;

export type KnownRoom = RoomCard & Partial<Omit<RoomDetails, keyof RoomCard>>;

export const fieldsFrom = (room: KnownRoom): RoomFields => ({
  name: room.name,
  description: room.description,
  access: accessOf(room),
  places: String(room.max_participants),
  private_replies: room.private_replies ?? true,
  allow_uploads: room.allow_uploads ?? true,
  allow_voice: room.allow_voice ?? true,
  slow_mode_s: room.slow_mode_s ?? 0,
});

/** A touched field that was set back to what the room has is untouched again. */
export function editField<K extends keyof RoomFields>(
  edits: RoomEdits,
  room: KnownRoom,
  field: K,
  value: RoomFields[K],
): RoomEdits {
  const { [field]: _, ...rest } = edits;
  return fieldsFrom(room)[field] === value ? rest : { ...edits, [field]: value };
}

export type RoomPatch = Partial<
  Pick<
    RoomDetails,
    | "name"
    | "description"
    | "public"
    | "discoverable"
    | "max_participants"
    | "private_replies"
    | "allow_uploads"
    | "allow_voice"
    | "slow_mode_s"
  >
>;

/** Only what is different from the room as it is now. */
export function patchOf(room: KnownRoom, edits: RoomEdits): RoomPatch {
  const { access, places, name, description, ...plain } = edits;
  const wanted: RoomPatch = {
    ...plain,
    ...(name !== undefined && { name: name.trim() }),
    ...(description !== undefined && { description: description.trim() }),
    ...(access && fieldsOf(access)),
    ...(places !== undefined && { max_participants: Number(places) }),
  };
  const changed = Object.entries(wanted).filter(([field, value]) => room[field as keyof RoomPatch] !== value);
  return Object.fromEntries(changed);
}

/** By the server's names of the fields. */
export function roomProblems(room: KnownRoom, edits: RoomEdits): Record<string, string[]> {
  const problems: Record<string, string[]> = {};
  const { name, places } = edits;
  if (name !== undefined) {
    const length = [...name.trim()].length;
    if (length < SIZES.room_name_min || length > SIZES.room_name_max) problems["name"] = [words.nameLength];
  }
  if (places !== undefined) {
    const count = /^\d{1,6}$/.test(places.trim()) ? Number(places) : 0;
    if (count < 2 || count > SIZES.room_members) problems["max_participants"] = [words.places];
    else if (count < room.participant_count) problems["max_participants"] = [words.taken(room.participant_count)];
  }
  return problems;
}

/** The choices for slow mode, and whatever the room has beside them. */
export function slowModes(current: number): number[] {
  return [...new Set([0, 5, 10, 30, 60, 300, current])].toSorted((a, b) => a - b);
}
