// Who waits to be let in: approve or decline from where the eye already is.
import type { JoinRequest } from "@homeroom/protocol";
import { SIZES } from "@homeroom/protocol/kit/sizes.ts";
import { TriangleAlert } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { Avatar } from "../../ui/avatar.tsx";
import { Button } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Panel } from "../../ui/panel.tsx";
import { TextArea } from "../../ui/text-field.tsx";
import { shortTime } from "../../ui/time.ts";

const words = {
  title: "Join requests",
  places: (taken: number, max: number) => `${taken} of ${max} places`,
  asked: (username: string, when: string) => `${username} · asked ${when}`,
  before: (count: number) => `Declined ${count === 1 ? "once" : `${count} times`} before.`,
  approve: "Approve",
  decline: "Decline",
  cancel: "Cancel",
  reason: "Reason",
  optional: "optional",
  reasonHint: "The person reads this.",
  empty: "Nobody is waiting",
  emptyText: "New requests show up here and as a number on the room.",
};

export interface RequestsPanelProps {
  requests: JoinRequest[];
  taken: number;
  max: number;
  /** Requests whose decision is on its way. */
  busy: ReadonlySet<number>;
  onApprove: (request: JoinRequest) => void;
  /** An empty reason when none was given. */
  onDecline: (request: JoinRequest, reason: string) => void;
  onClose: () => void;
}

interface CardProps extends Pick<RequestsPanelProps, "onApprove" | "onDecline"> {
  request: JoinRequest;
  busy: boolean;
  full: boolean;
}

function DeclineForm({
  busy,
  onSend,
  onCancel,
}: {
  busy: boolean;
  onSend: (reason: string) => void;
  onCancel: () => void;
}) {
  const [reason, setReason] = useState("");
  const box = useRef<HTMLDivElement>(null);
  // The button that was clicked has gone, and the focus with it.
  useEffect(() => box.current?.querySelector("textarea")?.focus(), []);
  return (
    <div ref={box}>
      <TextArea
        label={words.reason}
        aside={words.optional}
        rows={2}
        maxLength={SIZES.reason}
        value={reason}
        onChange={setReason}
        hint={{ text: words.reasonHint }}
      />
      <div className="hr-req-acts">
        <Button variant="light" size="sm" onClick={onCancel}>
          {words.cancel}
        </Button>
        <Button variant="danger" size="sm" busy={busy} onClick={() => onSend(reason.trim())}>
          {words.decline}
        </Button>
      </div>
    </div>
  );
}

function RequestCard({ request, busy, full, onApprove, onDecline }: CardProps) {
  const [declining, setDeclining] = useState(false);
  const { user, note, denied_before: before } = request;
  return (
    <li className="hr-req">
      <div className="hr-req-top">
        <Avatar id={user.id} name={user.display_name} staff={user.role !== "student"} />
        <div className="hr-grow">
          <b className="hr-ell">{user.display_name}</b>
          <small>{words.asked(user.username, shortTime(request.created_at))}</small>
        </div>
      </div>
      {note && <p className="hr-req-note">{note}</p>}
      {before > 0 && (
        <p className="hr-req-warn">
          <Icon icon={TriangleAlert} size={16} />
          {words.before(before)}
        </p>
      )}
      {declining ? (
        <DeclineForm busy={busy} onSend={(reason) => onDecline(request, reason)} onCancel={() => setDeclining(false)} />
      ) : (
        <div className="hr-req-acts">
          <Button size="sm" disabled={busy} onClick={() => setDeclining(true)}>
            {words.decline}
          </Button>
          <Button variant="primary" size="sm" busy={busy} disabled={full} onClick={() => onApprove(request)}>
            {words.approve}
          </Button>
        </div>
      )}
    </li>
  );
}

export function RequestsPanel({ requests, taken, max, busy, onApprove, onDecline, onClose }: RequestsPanelProps) {
  return (
    <Panel title={words.title} sub={words.places(taken, max)} onClose={onClose}>
      {requests.length === 0 && <EmptyState level={3} spot="shield" title={words.empty} text={words.emptyText} />}
      {/* oxlint-disable-next-line jsx-a11y/no-redundant-roles -- Safari forgets a list without bullets */}
      <ul role="list" className="hr-req-list">
        {requests.map((request) => (
          <RequestCard
            key={request.id}
            request={request}
            busy={busy.has(request.id)}
            full={taken >= max}
            onApprove={onApprove}
            onDecline={onDecline}
          />
        ))}
      </ul>
    </Panel>
  );
}
