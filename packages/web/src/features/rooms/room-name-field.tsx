// The name of a room, with the picture that it makes beside it.
import { SIZES } from "@homeroom/protocol/kit/sizes.ts";
import type { Ref } from "react";
import { TextField } from "../../ui/text-field.tsx";
import { Tile } from "../../ui/tile.tsx";
import "../../styles/create-room.css";

const words = {
  name: "Name",
  hint: "An emoji in front becomes the picture of the room.",
  length: `The name needs ${SIZES.room_name_min} to ${SIZES.room_name_max} characters.`,
};

export function nameProblem(name: string): string | null {
  const length = [...name.trim()].length;
  return length < SIZES.room_name_min || length > SIZES.room_name_max ? words.length : null;
}

export interface RoomNameFieldProps {
  /** "new" for a room that is not made yet. */
  id: number | "new";
  value: string;
  /** What the picture is made of while nothing is typed. */
  placeholder: string;
  onChange: (value: string) => void;
  onBlur?: () => void;
  disabled: boolean;
  error: string | null;
  ref?: Ref<HTMLInputElement>;
}

export function RoomNameField({ id, value, placeholder, onChange, onBlur, disabled, error, ref }: RoomNameFieldProps) {
  return (
    <div className="hr-name-row">
      <Tile id={id} name={value || placeholder} size={62} />
      <TextField
        ref={ref}
        label={words.name}
        maxLength={SIZES.room_name_max}
        value={value}
        onChange={onChange}
        onBlur={onBlur}
        disabled={disabled}
        hint={{ text: words.hint }}
        error={error}
      />
    </div>
  );
}
