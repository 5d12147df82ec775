// What stands in the composer's place while writing is not possible; the text typed so far is kept elsewhere.
import { BookOpen, MessageSquareOff } from "lucide-react";
import { Icon } from "../../ui/icon.tsx";
import { laterTime } from "../../ui/time.ts";

const words = {
  archived: "This room is closed.",
  archivedText: "You can still read it.",
  muted: (when: string) => `You can write again ${when}.`,
  mutedReason: (reason: string) => `You were muted: “${reason}”`,
  mutedText: "A host of this room muted you.",
};

export type ClosedReason =
  | { kind: "archived" }
  | { kind: "muted" /** The instant from which writing is possible. */; until: string; reason?: string | null };

export function ComposerClosed({ closed }: { closed: ClosedReason }) {
  if (closed.kind === "archived") {
    return (
      <output className="hr-closed">
        <Icon icon={BookOpen} />
        <span>
          <b>{words.archived}</b> {words.archivedText}
        </span>
      </output>
    );
  }
  return (
    <output className="hr-closed">
      <Icon icon={MessageSquareOff} />
      <span>
        <b>{words.muted(laterTime(closed.until))}</b>{" "}
        {closed.reason ? words.mutedReason(closed.reason) : words.mutedText}
      </span>
    </output>
  );
}
