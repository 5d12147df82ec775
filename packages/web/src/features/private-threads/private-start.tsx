// What stands above the first message of a private chat: who can read it, and the message that it began with.
import type { ReactNode } from "react";
import { EmptyState } from "../../ui/empty-state.tsx";
import { shortName } from "../../ui/names.ts";
import { dayTitle } from "../../ui/time.ts";
import { type Oversight, OversightNote } from "./oversight.tsx";

const words = {
  from: "Started from a message in",
  aRoom: "a room",
  first: (name: string, day: string) => `You and ${name}, started ${day}`,
  firstText: "Nobody has written yet. You can be the first.",
};

export interface PrivateStartProps extends Oversight {
  isReviewed: boolean;
  /** The room of the message that it began with; null where its name is not known. */
  origin: { room: string | null; quote: ReactNode } | null;
}

export function PrivateStart({ origin, ...oversight }: PrivateStartProps) {
  return (
    <div className="hr-private-start">
      <OversightNote {...oversight} />
      {origin && (
        <>
          <div className="hr-sys">
            {words.from} <b>{origin.room ?? words.aRoom}</b>
          </div>
          {origin.quote}
        </>
      )}
    </div>
  );
}

/** "Today, 14 November" within a sentence. */
const dayInside = (at: string) => {
  const day = dayTitle(at);
  return /^(Today|Yesterday)/.test(day) ? day.split(",")[0]?.toLowerCase() : day;
};

export function FirstMessageState({ partner, createdAt }: { partner: string; createdAt: string }) {
  const title = words.first(shortName(partner), dayInside(createdAt) ?? "");
  return <EmptyState spot="hello" title={title} text={words.firstText} level={3} />;
}
