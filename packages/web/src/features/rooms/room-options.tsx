// What else can be set about a room: topic, size, files, voice, private replies, slow mode.
import { SIZES } from "@homeroom/protocol/kit/sizes.ts";
import { Checkbox } from "../../ui/checkbox.tsx";
import { Choice } from "../../ui/choice.tsx";
import { TextArea, TextField } from "../../ui/text-field.tsx";
import "../../styles/create-room.css";

const LEAST_PLACES = 2;

const words = {
  topic: "Topic",
  optional: "optional",
  topicHint: "Stands under the name of the room.",
  places: "Places",
  placesHint: (max: string) => `How many people fit in, up to ${max}.`,
  taken: (count: number) => `${count} ${count === 1 ? "is" : "are"} taken.`,
  placesWrong: (max: string) => `Give a number from ${LEAST_PLACES} to ${max}.`,
  allowed: "What people can do",
  uploads: "Send files and pictures",
  voice: "Send voice messages",
  privately: "Reply to each other privately",
  slow: "Slow mode",
  slowHint: "How long a member waits between two messages. Hosts never wait.",
  off: "Off",
  seconds: (count: number) => (count % 60 === 0 ? `${count / 60} min` : `${count} s`),
  summary: { both: "Files and voice on", files: "Files on", voice: "Voice on", none: "Text only" },
  upTo: (count: string) => `up to ${count} people`,
  slowBy: (time: string) => `slow mode ${time}`,
};

/** As they stand in the fields. */
export interface RoomOptionsValue {
  description: string;
  places: string;
  allow_uploads: boolean;
  allow_voice: boolean;
  private_replies: boolean;
  slow_mode_s: number;
}

export const usualOptions: RoomOptionsValue = {
  description: "",
  places: String(SIZES.room_members),
  allow_uploads: true,
  allow_voice: true,
  private_replies: true,
  slow_mode_s: 0,
};

const grouped = (count: number) => count.toLocaleString("en-GB");
const MAX = grouped(SIZES.room_members);

/** The number of places, or null where there is no such number. */
export function placesOf(text: string): number | null {
  const places = /^\d{1,6}$/.test(text.trim()) ? Number(text.trim()) : Number.NaN;
  return places >= LEAST_PLACES && places <= SIZES.room_members ? places : null;
}

export const placesProblem = (text: string): string | null => (placesOf(text) === null ? words.placesWrong(MAX) : null);

/** One line that says how it is set, for where the fields are folded away. */
export function summaryOf(value: RoomOptionsValue): string {
  const { allow_uploads: files, allow_voice: voice, slow_mode_s: slow } = value;
  const kind = files && voice ? "both" : files ? "files" : voice ? "voice" : "none";
  const places = placesOf(value.places);
  const parts = [
    words.summary[kind],
    places !== null && words.upTo(grouped(places)),
    slow > 0 && words.slowBy(words.seconds(slow)),
  ];
  return parts.filter(Boolean).join(" · ");
}

const PAUSES = [0, 5, 10, 30, 60, 300];

/** The choices for slow mode, and whatever the room has beside them. */
export const slowModes = (current: number): number[] => [...new Set([...PAUSES, current])].toSorted((a, b) => a - b);

const pauseOf = (count: number) => ({ value: String(count), label: count === 0 ? words.off : words.seconds(count) });

const switches = [
  { key: "allow_uploads", label: words.uploads },
  { key: "allow_voice", label: words.voice },
  { key: "private_replies", label: words.privately },
] as const;

export interface RoomOptionsProps {
  value: RoomOptionsValue;
  onChange: (value: RoomOptionsValue) => void;
  disabled?: boolean;
  /** How many people are in the room already. */
  taken?: number;
  /** What the server said of single fields. */
  errors?: Record<string, string[]> | undefined;
}

export function RoomOptions({ value, onChange, disabled = false, taken, errors }: RoomOptionsProps) {
  const set = (change: Partial<RoomOptionsValue>) => onChange({ ...value, ...change });
  return (
    <fieldset className="hr-room-options" disabled={disabled}>
      <TextArea
        label={words.topic}
        aside={words.optional}
        rows={2}
        maxLength={SIZES.description}
        value={value.description}
        onChange={(description) => set({ description })}
        hint={{ text: words.topicHint }}
        error={errors?.description?.join(" ") ?? null}
      />
      <TextField
        label={words.places}
        inputMode="numeric"
        maxLength={6}
        value={value.places}
        onChange={(places) => set({ places })}
        hint={{ text: taken === undefined ? words.placesHint(MAX) : `${words.placesHint(MAX)} ${words.taken(taken)}` }}
        error={placesProblem(value.places) ?? errors?.max_participants?.join(" ") ?? null}
      />
      <fieldset className="hr-room-allowed">
        <legend className="form-label">{words.allowed}</legend>
        {switches.map(({ key, label }) => (
          <Checkbox key={key} label={label} checked={value[key]} onChange={(checked) => set({ [key]: checked })} />
        ))}
      </fieldset>
      <Choice
        label={words.slow}
        value={String(value.slow_mode_s)}
        options={slowModes(value.slow_mode_s).map(pauseOf)}
        onChange={(seconds) => set({ slow_mode_s: Number(seconds) })}
        hint={words.slowHint}
      />
    </fieldset>
  );
}
