// Who waits to be let in: approve or decline from where the eye already is; below, what was decided today.
import type { JoinRequest } from "@homeroom/protocol";
import { useLayoutEffect, useRef, useState } from "react";
import { Announcer } from "../../ui/announcer.tsx";
import { Button } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Panel, PanelSection } from "../../ui/panel.tsx";
import { Loading, Skeleton } from "../../ui/skeletons.tsx";
import { lastNoTo } from "./join-requests.state.ts";
import { DecidedRow, RequestCard } from "./request-card.tsx";
import "../../styles/requests.css";

const words = {
  title: "Join requests",
  places: (taken: number, max: number) => `${taken} of ${max.toLocaleString("en-GB")} places taken`,
  waiting: (count: number) => `${count} waiting`,
  approveAll: "Approve all",
  sure: (count: number) => `Let all ${count} in?`,
  yes: (count: number) => `Approve ${count}`,
  cancel: "Cancel",
  decided: "Decided today",
  empty: "Nobody is waiting",
  emptyText: "New requests show up here and as a number on the room.",
  loading: "Loading the requests",
  failed: "The requests did not arrive",
  failedText: "The server did not answer. Nobody is lost, we just could not fetch them.",
  retry: "Try again",
};

/** Over so many, "Approve all" asks first. */
const MANY = 5;

export interface RequestsPanelProps {
  status: "loading" | "ready" | "error";
  /** Those who wait; among them may be some that another host decided while they were looked at. */
  cards: readonly JoinRequest[];
  decided: readonly JoinRequest[];
  /** All that is known, for what was said to the same person before. */
  all: readonly JoinRequest[];
  taken: number;
  max: number;
  /** Milliseconds since 1970. */
  now: number;
  /** Requests whose decision is on its way. */
  busy: ReadonlySet<number>;
  /** What was decided last, read out politely. */
  said: string;
  onApprove: (request: JoinRequest) => void;
  /** An empty reason when none was given. */
  onDecline: (request: JoinRequest, reason: string) => void;
  onApproveAll: () => void;
  onRetry: () => void;
  onClose: () => void;
}

/** Whose answer the focus waits for: one card's, or all of them. */
type Answered = { id: number; at: number } | "all";

/**
 * A card that was answered goes, and the focus with it: the next card takes it, or the panel's heading.
 * `acted` is called with the card's request when somebody answers it, with null when they answer all.
 */
function useNextCard(waiting: readonly JoinRequest[], isBusy: boolean) {
  const list = useRef<HTMLUListElement>(null);
  const last = useRef<Answered | null>(null);
  useLayoutEffect(() => {
    const answered = last.current;
    if (!answered) return;
    if (answered === "all" ? isBusy : waiting.some((request) => request.id === answered.id)) return;
    last.current = null;
    const cards = [...(list.current?.querySelectorAll<HTMLElement>("[data-waits]") ?? [])];
    const heading = list.current?.closest(".hr-panel-frame")?.querySelector<HTMLElement>("h2");
    (cards[answered === "all" ? 0 : answered.at] ?? cards.at(-1) ?? heading)?.focus();
  }, [waiting, isBusy]);
  const acted = (request: JoinRequest | null) => {
    last.current = request ? { id: request.id, at: waiting.findIndex((one) => one.id === request.id) } : "all";
  };
  return { list, acted };
}

interface HeadProps {
  waiting: number;
  isFull: boolean;
  isBusy: boolean;
  onApproveAll: () => void;
}

function Head({ waiting, isFull, isBusy, onApproveAll }: HeadProps) {
  const [asking, setAsking] = useState(false);
  const approve = () => {
    setAsking(false);
    onApproveAll();
  };
  if (asking && waiting > 1) {
    return (
      <div className="hr-panel-sec hr-req-head">
        <span className="hr-grow">{words.sure(waiting)}</span>
        {/* oxlint-disable-next-line jsx-a11y/no-autofocus -- in place of the button that was just pressed; the safe one */}
        <Button size="sm" autoFocus onClick={() => setAsking(false)}>
          {words.cancel}
        </Button>
        <Button size="sm" variant="primary" onClick={approve}>
          {words.yes(waiting)}
        </Button>
      </div>
    );
  }
  return (
    <div className="hr-panel-sec hr-req-head">
      <h3 className="hr-grow">{words.waiting(waiting)}</h3>
      {waiting > 1 && (
        <Button size="sm" busy={isBusy} disabled={isFull} onClick={waiting > MANY ? () => setAsking(true) : approve}>
          {words.approveAll}
        </Button>
      )}
    </div>
  );
}

function LoadingCards() {
  return (
    <Loading label={words.loading}>
      <div className="hr-panel-sec hr-req-head" />
      {[1, 2].map((key) => (
        <div key={key} className="hr-req">
          <div className="hr-req-top">
            <Skeleton width="40px" height="40px" round />
            <Skeleton width="55%" height="14px" />
          </div>
        </div>
      ))}
    </Loading>
  );
}

function Failed({ onRetry }: { onRetry: () => void }) {
  const retry = <Button onClick={onRetry}>{words.retry}</Button>;
  return <EmptyState alert level={3} spot="plug" title={words.failed} text={words.failedText} actions={retry} />;
}

function Decided({ requests }: { requests: readonly JoinRequest[] }) {
  if (requests.length === 0) return null;
  return (
    <PanelSection title={words.decided}>
      {/* oxlint-disable-next-line jsx-a11y/no-redundant-roles -- Safari forgets a list without bullets */}
      <ul role="list">
        {requests.map((request) => (
          <DecidedRow key={request.id} request={request} />
        ))}
      </ul>
    </PanelSection>
  );
}

function Cards(props: RequestsPanelProps) {
  const { cards, all, taken, max, now, busy, onApprove, onDecline } = props;
  const waiting = cards.filter((request) => request.status === "pending");
  const { list, acted } = useNextCard(waiting, busy.size > 0);
  const approveAll = () => {
    props.onApproveAll();
    acted(null);
  };
  return (
    <>
      {waiting.length > 0 && (
        <Head waiting={waiting.length} isFull={taken >= max} isBusy={busy.size > 1} onApproveAll={approveAll} />
      )}
      {cards.length === 0 && <EmptyState level={3} spot="shield" title={words.empty} text={words.emptyText} />}
      {/* oxlint-disable-next-line jsx-a11y/no-redundant-roles -- as above */}
      <ul ref={list} role="list" className={waiting.length > 0 ? undefined : "hr-req-list"}>
        {cards.map((request) => (
          <RequestCard
            key={request.id}
            request={request}
            lastNo={lastNoTo(all, request)}
            busy={busy.has(request.id)}
            taken={taken}
            max={max}
            now={now}
            onApprove={(one) => (acted(one), onApprove(one))}
            onDecline={(one, reason) => (acted(one), onDecline(one, reason))}
          />
        ))}
      </ul>
      <Decided requests={props.decided} />
    </>
  );
}

export function RequestsPanel(props: RequestsPanelProps) {
  const { status, taken, max, said, onRetry, onClose } = props;
  return (
    <Panel title={words.title} sub={words.places(taken, max)} onClose={onClose}>
      {status === "loading" && <LoadingCards />}
      {status === "error" && <Failed onRetry={onRetry} />}
      {status === "ready" && <Cards {...props} />}
      <Announcer text={said} />
    </Panel>
  );
}
