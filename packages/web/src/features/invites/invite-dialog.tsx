// The codes that let people into a room: making one, showing it to a class, taking it back.
import type { Invite } from "@homeroom/protocol";
import { ArrowLeft, Copy, Link as LinkIcon, Printer, QrCode as QrIcon, Trash2 } from "lucide-react";
import { useState } from "react";
import { Button, IconButton } from "../../ui/button.tsx";
import { FormError } from "../../ui/form-error.tsx";
import { Modal } from "../../ui/modal.tsx";
import { SelectField } from "../../ui/select-field.tsx";
import { Loading, Skeleton } from "../../ui/skeletons.tsx";
import { describeInvite, linkOf, type NewInviteFields, stateOf } from "./invites.ts";
import { QrCode } from "./qr-code.tsx";
import "../../styles/invite.css";

const words = {
  title: (room: string) => `Invite people to ${room}`,
  lead: "Who has a code gets in at once: with the account they have, or by making one.",
  codes: "Codes for this room",
  none: "There is no code yet. Make one and show it to the class.",
  loading: "Loading the codes",
  failed: "The codes did not arrive.",
  retry: "Try again",
  uses: "How many people?",
  days: "How long?",
  anyUses: "Any number",
  people: (count: number) => (count === 1 ? "1 person" : `${count} people`),
  forEver: "For ever",
  daysLong: (count: number) => (count === 1 ? "A day" : `${count} days`),
  make: "Make a code",
  show: (code: string) => `Show ${code} large`,
  copyCode: (code: string) => `Copy the code ${code}`,
  copyLink: (code: string) => `Copy the link with ${code}`,
  revoke: (code: string) => `Withdraw ${code}`,
  sure: (code: string) => `Withdraw ${code}? Nobody can come in with it any more. Who came with it stays.`,
  keep: "Keep it",
  yes: "Withdraw code",
  back: "All codes",
  print: "Print",
  copy: "Copy link",
  enterAt: (place: string) => `Go to ${place} and type this code:`,
  qr: (code: string) => `QR code of the link with ${code}`,
  close: "Close",
};

export interface InviteDialogProps {
  roomName: string;
  /** Undefined while they are on their way. */
  invites: readonly Invite[] | undefined;
  hasFailed: boolean;
  /** Where this Homeroom is: "https://chat.school.example". */
  origin: string;
  /** Milliseconds since 1970. */
  now: number;
  /** A code is being made. */
  busy: boolean;
  error?: string | null;
  onMake: (fields: NewInviteFields) => void;
  onCopy: (text: string, what: "code" | "link") => void;
  /** True when it is withdrawn. */
  onRevoke: (invite: Invite) => Promise<boolean>;
  onRetry: () => void;
  onClose: () => void;
}

const USES = [0, 1, 10, 30, 100];
const DAYS = [1, 7, 30, 0];
const first: NewInviteFields = { uses: 30, days: 7 };

function MakeForm({ busy, error, onMake }: Pick<InviteDialogProps, "busy" | "error" | "onMake">) {
  const [fields, setFields] = useState(first);
  return (
    <form
      className="hr-invite-make"
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) onMake(fields);
      }}
    >
      <FormError text={error} />
      <div className="hr-pair">
        <SelectField
          label={words.uses}
          value={String(fields.uses)}
          options={USES.map((count) => ({
            value: String(count),
            label: count === 0 ? words.anyUses : words.people(count),
          }))}
          onChange={(uses) => setFields({ ...fields, uses: Number(uses) })}
        />
        <SelectField
          label={words.days}
          value={String(fields.days)}
          options={DAYS.map((count) => ({
            value: String(count),
            label: count === 0 ? words.forEver : words.daysLong(count),
          }))}
          onChange={(days) => setFields({ ...fields, days: Number(days) })}
        />
      </div>
      <Button type="submit" variant="primary" busy={busy}>
        {words.make}
      </Button>
    </form>
  );
}

type RowProps = Pick<InviteDialogProps, "origin" | "now" | "onCopy" | "onRevoke"> & {
  invite: Invite;
  onShow: () => void;
};

function SureRow({ invite, onRevoke, onKeep }: Pick<RowProps, "invite" | "onRevoke"> & { onKeep: () => void }) {
  const [busy, setBusy] = useState(false);
  const revoke = async () => {
    setBusy(true);
    if (!(await onRevoke(invite))) setBusy(false);
  };
  return (
    <li className="hr-invite is-asking">
      <p role="alert">{words.sure(invite.code)}</p>
      <div className="hr-invite-acts">
        {/* oxlint-disable-next-line jsx-a11y/no-autofocus -- the safe answer takes the focus of the button it replaces */}
        <Button size="sm" autoFocus onClick={onKeep}>
          {words.keep}
        </Button>
        <Button size="sm" variant="danger" busy={busy} onClick={() => void revoke()}>
          {words.yes}
        </Button>
      </div>
    </li>
  );
}

function InviteRow({ invite, origin, now, onCopy, onRevoke, onShow }: RowProps) {
  const [asking, setAsking] = useState(false);
  if (asking) return <SureRow invite={invite} onRevoke={onRevoke} onKeep={() => setAsking(false)} />;
  const { code } = invite;
  const isGood = stateOf(invite, now) === "good";
  return (
    <li className="hr-invite">
      <div className="hr-grow">
        <b className={isGood ? "hr-invite-code" : "hr-invite-code is-over"}>{code}</b>
        <small>{describeInvite(invite, now)}</small>
      </div>
      <div className="hr-invite-acts">
        {isGood && (
          <>
            <IconButton size="sm" label={words.show(code)} icon={QrIcon} onClick={onShow} />
            <IconButton size="sm" label={words.copyCode(code)} icon={Copy} onClick={() => onCopy(code, "code")} />
            <IconButton
              size="sm"
              label={words.copyLink(code)}
              icon={LinkIcon}
              onClick={() => onCopy(linkOf(code, origin), "link")}
            />
          </>
        )}
        <IconButton size="sm" label={words.revoke(code)} icon={Trash2} onClick={() => setAsking(true)} />
      </div>
    </li>
  );
}

function Codes({ props, onShow }: { props: InviteDialogProps; onShow: (invite: Invite) => void }) {
  const { invites, hasFailed, onRetry } = props;
  if (!invites && hasFailed) {
    return (
      <div className="hr-rooms-note" role="alert">
        {words.failed}{" "}
        <Button variant="link" onClick={onRetry}>
          {words.retry}
        </Button>
      </div>
    );
  }
  if (!invites) {
    return (
      <Loading label={words.loading}>
        <Skeleton width="100%" height="52px" />
      </Loading>
    );
  }
  if (invites.length === 0) return <p className="hr-muted">{words.none}</p>;
  return (
    // oxlint-disable-next-line jsx-a11y/no-redundant-roles -- Safari forgets a list without bullets
    <ul role="list" aria-label={words.codes}>
      {invites.map((invite) => (
        <InviteRow key={invite.id} {...props} invite={invite} onShow={() => onShow(invite)} />
      ))}
    </ul>
  );
}

/** For the projector and for the wall: nothing but the code is printed. */
function Poster({ roomName, code, origin }: { roomName: string; code: string; origin: string }) {
  return (
    <div className="hr-poster">
      <h3>{roomName}</h3>
      <QrCode text={linkOf(code, origin)} label={words.qr(code)} />
      <p>{words.enterAt(origin.replace(/^https?:\/\//, ""))}</p>
      <output className="hr-poster-code">{code}</output>
    </div>
  );
}

export function InviteDialog(props: InviteDialogProps) {
  const { roomName, invites, origin, now, onCopy, onClose } = props;
  const [shownId, setShownId] = useState<number | null>(null);
  const shown = invites?.find(({ id }) => id === shownId);
  if (shown && stateOf(shown, now) === "good") {
    const { code } = shown;
    const footer = (
      <>
        <Button variant="light" icon={ArrowLeft} onClick={() => setShownId(null)}>
          {words.back}
        </Button>
        <Button icon={LinkIcon} onClick={() => onCopy(linkOf(code, origin), "link")}>
          {words.copy}
        </Button>
        <Button variant="primary" icon={Printer} onClick={() => window.print()}>
          {words.print}
        </Button>
      </>
    );
    return (
      <Modal open title={words.title(roomName)} onClose={onClose} footer={footer}>
        <Poster roomName={roomName} code={code} origin={origin} />
      </Modal>
    );
  }
  return (
    <Modal open title={words.title(roomName)} sub={words.lead} onClose={onClose}>
      <MakeForm {...props} />
      <div className="hr-invites">
        <Codes props={props} onShow={({ id }) => setShownId(id)} />
      </div>
    </Modal>
  );
}
