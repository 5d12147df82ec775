// Who can join a room, as three cards to choose from.
import type { RoomCard } from "@homeroom/protocol";
import { Globe, Lock, type LucideIcon, Mail } from "lucide-react";
import { useId } from "react";
import { classNames } from "../../ui/class-names.ts";
import { Icon } from "../../ui/icon.tsx";
import "../../styles/create-room.css";

const words = {
  access: "Who can join?",
  everyone: "Everyone at school",
  everyoneText: "Anyone can find the room and join at once.",
  request: "On request",
  requestText: "Anyone can find it. You decide who gets in.",
  hidden: "Only people with your code",
  hiddenText: "The room is not listed anywhere.",
};

export type Access = "everyone" | "request" | "hidden";

export const accessOf = (room: Pick<RoomCard, "public" | "discoverable">): Access => {
  if (room.public) return "everyone";
  return room.discoverable ? "request" : "hidden";
};

/** As the server keeps it. */
export const fieldsOf = (access: Access): Pick<RoomCard, "public" | "discoverable"> => ({
  public: access === "everyone",
  discoverable: access !== "hidden",
});

const choices: { value: Access; icon: LucideIcon; title: string; text: string }[] = [
  { value: "everyone", icon: Globe, title: words.everyone, text: words.everyoneText },
  { value: "request", icon: Lock, title: words.request, text: words.requestText },
  { value: "hidden", icon: Mail, title: words.hidden, text: words.hiddenText },
];

export interface AccessPickProps {
  value: Access;
  onChange: (value: Access) => void;
  disabled?: boolean;
}

export function AccessPick({ value, onChange, disabled = false }: AccessPickProps) {
  const group = useId();
  return (
    <fieldset className="hr-pick" disabled={disabled}>
      <legend>{words.access}</legend>
      {choices.map((choice) => (
        <label key={choice.value} className={classNames("hr-opt", choice.value === value && "is-on")}>
          <Icon icon={choice.icon} />
          <span className="hr-grow">
            <b>{choice.title}</b>
            <small>{choice.text}</small>
          </span>
          <input
            type="radio"
            className="form-check-input"
            name={group}
            checked={choice.value === value}
            onChange={() => onChange(choice.value)}
          />
        </label>
      ))}
    </fieldset>
  );
}
