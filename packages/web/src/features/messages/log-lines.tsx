// What stands between messages: the day, where the new ones begin, who came and went; and the pill that jumps down.
import { ArrowDown } from "lucide-react";
import { classNames } from "../../ui/class-names.ts";
import { Icon } from "../../ui/icon.tsx";
import { Loading, Skeleton } from "../../ui/skeletons.tsx";
import { dayTitle } from "../../ui/time.ts";

const words = {
  new: "New",
  joined: "joined",
  left: "left",
  removed: (many: boolean) => (many ? "were removed" : "was removed"),
  updated: "The room was changed",
  and: "and",
  others: (count: number) => `${count} ${count === 1 ? "other" : "others"}`,
  newMessages: (count: number) => `${count} new ${count === 1 ? "message" : "messages"}`,
  latest: "Jump to latest",
  loading: "Loading messages",
};

export function DayDivider({ at }: { at: string }) {
  return (
    // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- this one has words in it
    <div className="hr-day" role="separator" aria-label={dayTitle(at)}>
      {dayTitle(at)}
    </div>
  );
}

export function NewLine({ label = words.new }: { label?: string }) {
  return (
    // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- this one has words in it
    <div className="hr-newline" role="separator" aria-label={label}>
      <span>{label}</span>
    </div>
  );
}

export interface SystemLineProps {
  kind: "joined" | "left" | "removed" | "updated";
  /** Display names; those after the second are counted. */
  names: string[];
}

function verbOf(kind: SystemLineProps["kind"], many: boolean): string {
  if (kind === "removed") return words.removed(many);
  return kind === "left" ? words.left : words.joined;
}

/** "Hannah Krüger joined" · "Hannah Krüger and 3 others joined" */
export function SystemLine({ kind, names }: SystemLineProps) {
  const [first, second] = names;
  if (kind === "updated" || !first) return <div className="hr-sys">{words.updated}</div>;
  return (
    <div className="hr-sys">
      <b>
        <bdi>{first}</bdi>
      </b>
      {second && names.length === 2 && (
        <>
          {` ${words.and} `}
          <b>
            <bdi>{second}</bdi>
          </b>
        </>
      )}
      {names.length > 2 && ` ${words.and} ${words.others(names.length - 1)}`} {verbOf(kind, names.length > 1)}
    </div>
  );
}

export interface JumpPillProps {
  /** New messages below; 0 when only scrolled up. */
  count: number;
  onJump: () => void;
}

export function JumpPill({ count, onJump }: JumpPillProps) {
  const quiet = count === 0;
  const label = quiet ? words.latest : `${words.latest}, ${words.newMessages(count)}`;
  return (
    <button
      type="button"
      className={classNames("hr-jump", quiet && "is-quiet")}
      onClick={onJump}
      aria-label={label}
      title={words.latest}
    >
      <Icon icon={ArrowDown} size={16} />
      {!quiet && words.newMessages(count)}
    </button>
  );
}

const shapes = [
  { name: "90px", lines: ["58%", "34%"] },
  { name: "120px", lines: ["46%"] },
  { name: "80px", lines: ["66%", "52%"] },
];

/** At the top of a list that loads older messages (`after={0}`), or in place of one that loads for the first time. */
export function MessageSkeletons({ after }: { after?: number }) {
  return (
    <Loading label={words.loading} {...(after !== undefined && { after })}>
      {shapes.map((shape) => (
        <div key={shape.name} className="hr-sk-msg">
          <Skeleton round />
          <div>
            <Skeleton width={shape.name} />
            {shape.lines.map((width) => (
              <Skeleton key={width} width={width} />
            ))}
          </div>
        </div>
      ))}
    </Loading>
  );
}
