// A part of the rooms list under its heading, which folds it away. What is new in a folded part stands on the heading.
import { ChevronDown } from "lucide-react";
import { type ReactNode, useId } from "react";
import { Count } from "../../ui/badge.tsx";
import { classNames } from "../../ui/class-names.ts";
import { Icon } from "../../ui/icon.tsx";

const words = { unread: (count: number) => `, ${count} unread` };

export type SectionKey = "rooms" | "private" | "open";

export interface RoomsSectionProps {
  name: SectionKey;
  title: string;
  folded: boolean;
  /** The heading is only a heading. */
  fixed?: boolean;
  /** What would be missed while it is folded. */
  unread: number;
  mentions: number;
  onFold: (name: SectionKey) => void;
  children: ReactNode;
}

interface FoldProps extends Omit<RoomsSectionProps, "fixed" | "children"> {
  body: string;
}

function Fold({ name, title, folded, unread, mentions, onFold, body }: FoldProps) {
  const said = folded && unread > 0 ? words.unread(unread) : "";
  return (
    <button
      type="button"
      className={classNames("hr-fold", folded && "is-folded")}
      aria-expanded={!folded}
      aria-controls={body}
      aria-label={title + said}
      onClick={() => onFold(name)}
      data-stop=""
    >
      <span>{title}</span>
      <Icon icon={ChevronDown} size={16} />
      {folded && <Count value={mentions || unread} kind={mentions ? "mention" : "plain"} />}
    </button>
  );
}

export function RoomsSection({ fixed = false, children, ...section }: RoomsSectionProps) {
  const body = useId();
  const { name, title, folded } = section;
  return (
    <section className="hr-rooms-section" aria-label={title} data-section={name}>
      <h2 className="hr-rooms-head">{fixed ? <span>{title}</span> : <Fold {...section} body={body} />}</h2>
      <div id={body} hidden={folded && !fixed}>
        {children}
      </div>
    </section>
  );
}
