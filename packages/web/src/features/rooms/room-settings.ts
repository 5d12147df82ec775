// What a host can change about a room: what was touched stays as typed, everything else follows the room. Pure.
import type { RoomCard, RoomDetails } from "@homeroom/protocol";
import { type Access, accessOf, fieldsOf } from "./access-pick.tsx";
import { nameProblem } from "./room-name-field.tsx";
import { placesProblem, type RoomOptionsValue } from "./room-options.tsx";

const words = {
  taken: (count: number) => `There are ${count} people in this room already.`,
};

/** The fields as they stand in the form. */
export interface RoomFields extends RoomOptionsValue {
  name: string;
  access: Access;
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

/** The same for several. */
export const editFields = (edits: RoomEdits, room: KnownRoom, changes: RoomEdits): RoomEdits =>
  (Object.keys(changes) as (keyof RoomFields)[]).reduce(
    (next, field) => editField(next, room, field, changes[field] as RoomFields[typeof field]),
    edits,
  );

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
  const wrongName = name === undefined ? null : nameProblem(name);
  if (wrongName) problems["name"] = [wrongName];
  if (places !== undefined) {
    const wrong = placesProblem(places);
    if (wrong) problems["max_participants"] = [wrong];
    else if (Number(places) < room.participant_count)
      problems["max_participants"] = [words.taken(room.participant_count)];
  }
  return problems;
}
