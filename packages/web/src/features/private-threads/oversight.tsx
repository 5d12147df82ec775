// Who can read a private chat: a line that is always in view, and the whole of it at the start of the chat.
import { Shield, Users } from "lucide-react";
import { useId, useState } from "react";
import { Button } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { shortName } from "../../ui/names.ts";

const words = {
  review: "Your teacher can review this chat.",
  how: "How this works",
  alone: (name: string) => `You and ${name}, and nobody else from the class`,
  team: "the safeguarding team",
  school: "the safeguarding team of your school",
  teacher: "your teacher",
  open: (who: string) => `${who} may open this chat if they have a reason. When they do, both of you see it here.`,
  nobody: "Nobody else can read it.",
};

const capital = (text: string) => text.slice(0, 1).toUpperCase() + text.slice(1);

export interface Oversight {
  /** The other person's name. */
  partner: string;
  /** Staff who lead the room and are not one of the two; null where nobody here knows who they are. */
  teachers: readonly string[] | null;
}

/** "Dr. Vogel and the safeguarding team": who may look, by name where that is known. */
export function reviewers(teachers: readonly string[] | null): string {
  if (teachers === null) return `${capital(words.teacher)} and ${words.team}`;
  if (teachers.length === 0) return capital(words.school);
  return `${teachers.join(", ")} and ${words.team}`;
}

/** Cannot be dismissed. */
export function OversightBar({ teachers }: Pick<Oversight, "teachers">) {
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  return (
    <>
      <div className="hr-oversight-bar" role="note">
        <Icon icon={Shield} size={16} />
        <span>{words.review}</span>
        <Button variant="link" aria-expanded={isOpen} aria-controls={id} onClick={() => setOpen(!isOpen)}>
          {words.how}
        </Button>
      </div>
      <p id={id} className="hr-oversight-how" hidden={!isOpen}>
        {words.open(reviewers(teachers))}
      </p>
    </>
  );
}

/** @param isReviewed false: the school says that nobody looks */
export function OversightNote({ partner, teachers, isReviewed }: Oversight & { isReviewed: boolean }) {
  return (
    <div className="hr-oversight">
      <Icon icon={Users} />
      <div>
        <b>{words.alone(shortName(partner))}</b>
        {isReviewed ? words.open(reviewers(teachers)) : words.nobody}
      </div>
    </div>
  );
}
