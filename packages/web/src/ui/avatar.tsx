// A person as initials on one of ten colours: students are circles, staff are squircles.
import type { PresenceState } from "@homeroom/protocol";
import type { CSSProperties } from "react";
import { classNames } from "./class-names.ts";
import { colourOf } from "./colour.ts";
import { firstGrapheme, initialsOf } from "./names.ts";

const words = {
  presence: { online: "here", away: "away", offline: "not here" } satisfies Record<PresenceState, string>,
};

export interface AvatarProps {
  id: number | string;
  name: string;
  staff?: boolean;
  /** Pixels. At 26 and under one letter is drawn. */
  size?: number;
  presence?: PresenceState;
}

const shape = { online: false, away: "is-away", offline: "is-off" } as const;

/** Hidden from assistive technology but for the presence in words: the name always stands beside it. */
export function Avatar({ id, name, staff = false, size = 36, presence }: AvatarProps) {
  const initials = initialsOf(name);
  const mini = size <= 26;
  return (
    <span
      className={classNames("hr-av", `hr-av-${colourOf(id)}`, staff && "is-staff", mini && "is-mini")}
      style={{ "--s": `${size}px` } as CSSProperties}
      data-initials={initials}
      data-initial={firstGrapheme(initials)}
    >
      {presence && (
        <>
          <i className={classNames("hr-dot", shape[presence])} aria-hidden="true" />
          <span className="hr-vh">{words.presence[presence]}</span>
        </>
      )}
    </span>
  );
}

export interface AvatarStackProps {
  people: { id: number | string; name: string; staff?: boolean }[];
  size?: number;
}

export function AvatarStack({ people, size = 24 }: AvatarStackProps) {
  return (
    <span className="hr-av-stack" aria-hidden="true">
      {people.map((person) => (
        <Avatar key={person.id} {...person} size={size} />
      ))}
    </span>
  );
}
