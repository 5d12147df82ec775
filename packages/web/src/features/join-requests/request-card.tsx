// One person who waits to be let in: who, since when, with which words; and the two answers.
import type { JoinRequest } from "@homeroom/protocol";
import { SIZES } from "@homeroom/protocol/kit/sizes.ts";
import { Check, Info, X } from "lucide-react";
import { useEffect, useId, useRef, useState } from "react";
import { Avatar } from "../../ui/avatar.tsx";
import { Badge } from "../../ui/badge.tsx";
import { Button } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { shortName } from "../../ui/names.ts";
import { TextArea } from "../../ui/text-field.tsx";
import { clockTime, pastTime, shortTime } from "../../ui/time.ts";
import "../../styles/requests.css";

const words = {
  roles: { student: "Student", teacher: "Teacher", admin: "Admin" },
  asked: (role: string, when: string) => `${role} · ${when}`,
  times: (count: number) => (count === 1 ? "Declined once" : `Declined ${count} times`),
  on: (count: number, when: string) => (count === 1 ? `, ${when}` : `, last ${when}`),
  before: (times: string, reason: string) => times + (reason ? `: “${reason}”` : "."),
  approve: "Approve",
  decline: "Decline",
  declineName: (name: string) => `Decline ${name}`,
  cancel: "Cancel",
  reason: "Reason",
  reads: (name: string) => `${name} will see it, optional`,
  full: (taken: number, max: number) => `${taken} of ${max} places`,
  decided: {
    approved: (who: string, when: string) => `Approved by ${who}, ${when}`,
    denied: (who: string, when: string) => `Declined by ${who}, ${when}`,
  },
  somebody: "somebody else",
  approved: (when: string) => `Approved ${when}`,
  denied: (when: string) => `Declined ${when}`,
};

export interface RequestCardProps {
  request: JoinRequest;
  /** The last no to the same person, where it is known. */
  lastNo: JoinRequest | null;
  busy: boolean;
  taken: number;
  max: number;
  /** Milliseconds since 1970. */
  now: number;
  onApprove: (request: JoinRequest) => void;
  /** An empty reason when none was given. */
  onDecline: (request: JoinRequest, reason: string) => void;
}

interface DeclineProps {
  name: string;
  busy: boolean;
  onSend: (reason: string) => void;
  onCancel: () => void;
}

function DeclineForm({ name, busy, onSend, onCancel }: DeclineProps) {
  const [reason, setReason] = useState("");
  const box = useRef<HTMLDivElement>(null);
  // The button that was clicked has gone, and the focus with it.
  useEffect(() => box.current?.querySelector("textarea")?.focus(), []);
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- Esc closes only this, from any field of it
    <div
      ref={box}
      onKeyDown={(event) => {
        if (event.key !== "Escape" || event.defaultPrevented) return;
        event.preventDefault();
        onCancel();
      }}
    >
      <TextArea
        label={words.reason}
        aside={words.reads(name)}
        rows={2}
        maxLength={SIZES.reason}
        value={reason}
        onChange={setReason}
        disabled={busy}
      />
      <div className="hr-req-acts">
        <Button size="sm" onClick={onCancel}>
          {words.cancel}
        </Button>
        <Button variant="outline-danger" size="sm" busy={busy} onClick={() => onSend(reason.trim())}>
          {words.declineName(name)}
        </Button>
      </div>
    </div>
  );
}

function Answers({ request, busy, taken, max, onApprove, onDecline }: RequestCardProps) {
  const [declining, setDeclining] = useState(false);
  const decline = useRef<HTMLButtonElement>(null);
  const wasDeclining = useRef(false);
  const fullId = useId();
  useEffect(() => {
    if (wasDeclining.current && !declining) decline.current?.focus();
    wasDeclining.current = declining;
  }, [declining]);
  if (declining) {
    const send = (reason: string) => onDecline(request, reason);
    const name = shortName(request.user.display_name);
    return <DeclineForm name={name} busy={busy} onSend={send} onCancel={() => setDeclining(false)} />;
  }
  const isFull = taken >= max;
  return (
    <>
      <div className="hr-req-acts">
        <Button ref={decline} size="sm" disabled={busy} onClick={() => setDeclining(true)}>
          {words.decline}
        </Button>
        <Button
          variant="primary"
          size="sm"
          icon={Check}
          busy={busy}
          disabled={isFull}
          aria-describedby={isFull ? fullId : undefined}
          onClick={() => onApprove(request)}
        >
          {words.approve}
        </Button>
      </div>
      {isFull && (
        <p className="hr-req-full" id={fullId}>
          {words.full(taken, max)}
        </p>
      )}
    </>
  );
}

/** Somebody else was faster. */
function Decision({ request }: { request: JoinRequest }) {
  const isIn = request.status === "approved";
  const who = request.processed_by?.display_name ?? words.somebody;
  const when = clockTime(request.processed_at ?? request.created_at);
  return (
    <output className="hr-req-decision">
      <Badge tone={isIn ? "green" : "plain"}>
        <Icon icon={isIn ? Check : X} size={14} />
        {words.decided[isIn ? "approved" : "denied"](who, when)}
      </Badge>
    </output>
  );
}

function Before({ request, lastNo, now }: Pick<RequestCardProps, "request" | "lastNo" | "now">) {
  const count = request.denied_before;
  if (count === 0) return null;
  const when = lastNo?.processed_at ? words.on(count, shortTime(lastNo.processed_at, new Date(now))) : "";
  return (
    <p className="hr-req-warn">
      <Icon icon={Info} size={16} />
      <span>{words.before(words.times(count) + when, lastNo?.reason ?? "")}</span>
    </p>
  );
}

/** Takes the focus when the card before it has gone. */
export function RequestCard(props: RequestCardProps) {
  const { request, now } = props;
  const { user, note } = request;
  const nameId = useId();
  const when = pastTime(request.created_at, new Date(now));
  const isPending = request.status === "pending";
  return (
    <li className="hr-req" tabIndex={-1} aria-labelledby={nameId} data-waits={isPending || undefined}>
      <div className="hr-req-top">
        <Avatar id={user.id} name={user.display_name} staff={user.role !== "student"} size={40} />
        <div className="hr-grow">
          <b className="hr-ell" id={nameId}>
            {user.display_name}
          </b>
          <small>{words.asked(words.roles[user.role], when)}</small>
        </div>
      </div>
      {note && <p className="hr-req-note">{note}</p>}
      <Before {...props} />
      {isPending ? <Answers {...props} /> : <Decision request={request} />}
    </li>
  );
}

/** A line of "Decided today". */
export function DecidedRow({ request }: { request: JoinRequest }) {
  const { user, status, processed_at: at } = request;
  const isIn = status === "approved";
  return (
    <li className="hr-req is-done">
      <Avatar id={user.id} name={user.display_name} staff={user.role !== "student"} size={28} />
      <span className="hr-grow">
        <span className="hr-ell">{user.display_name}</span>
        {request.reason && <small>“{request.reason}”</small>}
      </span>
      <Badge tone={isIn ? "green" : "line"}>
        <Icon icon={isIn ? Check : X} size={14} />
        {words[isIn ? "approved" : "denied"](clockTime(at ?? request.created_at))}
      </Badge>
    </li>
  );
}
