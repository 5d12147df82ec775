// Where one is signed in, and signing out there.
import type { Session } from "@homeroom/protocol";
import { MonitorSmartphone } from "lucide-react";
import { Badge } from "../../ui/badge.tsx";
import { Button } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Loading, Skeleton } from "../../ui/skeletons.tsx";
import { pastTime } from "../../ui/time.ts";
import "../../styles/you.css";

const words = {
  loading: "Loading your devices",
  failed: "The list of your devices did not arrive.",
  retry: "Try again",
  unknown: "Unknown device",
  here: "This device",
  seen: (when: string) => `last here ${when}`,
  end: "Sign out",
  endThere: (device: string) => `Sign out on ${device}`,
  endOthers: "Sign out everywhere else",
  alone: "You are signed in on this device only.",
};

export interface DeviceListProps {
  /** Null while it is being fetched. */
  sessions: readonly Session[] | null;
  failed: boolean;
  busy: ReadonlySet<number>;
  busyOthers: boolean;
  onEnd: (session: Session) => void;
  onEndOthers: () => void;
  onRetry: () => void;
}

type DeviceProps = Pick<DeviceListProps, "onEnd" | "busy"> & { session: Session };

function Device({ session, busy, onEnd }: DeviceProps) {
  const name = session.user_agent || words.unknown;
  return (
    <li className="hr-device">
      <Icon icon={MonitorSmartphone} />
      <div className="hr-grow">
        <div className="hr-ell">{name}</div>
        <small>
          {session.current ? <Badge tone="green">{words.here}</Badge> : words.seen(pastTime(session.last_seen_at))}
        </small>
      </div>
      {!session.current && (
        <Button size="sm" busy={busy.has(session.id)} aria-label={words.endThere(name)} onClick={() => onEnd(session)}>
          {words.end}
        </Button>
      )}
    </li>
  );
}

export function DeviceList(props: DeviceListProps) {
  const { sessions, failed, onRetry, onEndOthers, busyOthers } = props;
  if (failed) {
    return (
      <p className="hr-rooms-note" role="alert">
        {words.failed}{" "}
        <Button variant="link" onClick={onRetry}>
          {words.retry}
        </Button>
      </p>
    );
  }
  if (!sessions) {
    return (
      <Loading label={words.loading}>
        <Skeleton width="60%" height="40px" />
      </Loading>
    );
  }
  const others = sessions.filter((session) => !session.current);
  return (
    <>
      {/* Safari forgets that a list without bullets is a list; the role reminds it. */}
      {/* oxlint-disable-next-line jsx-a11y/no-redundant-roles */}
      <ul role="list" className="hr-devices">
        {sessions.map((session) => (
          <Device key={session.id} session={session} {...props} />
        ))}
      </ul>
      {others.length === 0 ? (
        <p className="hr-you-note">{words.alone}</p>
      ) : (
        <Button busy={busyOthers} onClick={onEndOthers}>
          {words.endOthers}
        </Button>
      )}
    </>
  );
}
