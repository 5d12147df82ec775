// What stands in the search panel while there are no results: what to do, what was looked for before, what went wrong.
import { Clock } from "lucide-react";
import { Button } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Icon } from "../../ui/icon.tsx";
import { PanelSection } from "../../ui/panel.tsx";
import { Loading, Skeleton } from "../../ui/skeletons.tsx";

const words = {
  hint: "Find what was written",
  hintText: "Type a word, or the beginning of one. Put words in “quotes” to find them side by side.",
  recent: "Searched here before",
  clear: "Forget these",
  short: "One more letter, please.",
  loading: "Searching…",
  none: (query: string) => `Nothing like “${query}”.`,
  noneText: "Try fewer words, or only the beginning of one.",
  everywhere: "Look everywhere",
  anyone: "From anyone",
  failed: "The search did not arrive.",
  retry: "Try again",
  offline: "You are offline. Your search will run when you are back.",
};

export function BeforeTyping(props: { recent: readonly string[]; onPick: (q: string) => void; onForget: () => void }) {
  const { recent, onPick, onForget } = props;
  return (
    <>
      <EmptyState level={3} spot="search" title={words.hint} text={words.hintText} />
      {recent.length > 0 && (
        <PanelSection title={words.recent}>
          {/* oxlint-disable-next-line jsx-a11y/no-redundant-roles -- Safari forgets a list without bullets */}
          <ul role="list" className="hr-searches">
            {recent.map((q) => (
              <li key={q}>
                <button type="button" className="hr-searched" data-found="" onClick={() => onPick(q)}>
                  <Icon icon={Clock} size={16} />
                  <span className="hr-ell" dir="auto">
                    {q}
                  </span>
                </button>
              </li>
            ))}
          </ul>
          <div className="hr-searches-end">
            <Button size="sm" variant="light" onClick={onForget}>
              {words.clear}
            </Button>
          </div>
        </PanelSection>
      )}
    </>
  );
}

export const TooShort = () => <p className="hr-found-note">{words.short}</p>;

const skeletonWidths = ["78%", "52%", "66%", "40%"];

/** As high as results of two lines. */
export function Searching() {
  return (
    <Loading label={words.loading}>
      {skeletonWidths.map((width) => (
        <div key={width} className="hr-found-link">
          <Skeleton width="28px" height="28px" round />
          <span className="hr-found-body is-loading">
            <Skeleton width="45%" height="12px" />
            <Skeleton width={width} height="12px" />
          </span>
        </div>
      ))}
    </Loading>
  );
}

export interface NothingFoundProps {
  query: string;
  onEverywhere?: (() => void) | undefined;
  onAnyone?: (() => void) | undefined;
}

export function NothingFound({ query, onEverywhere, onAnyone }: NothingFoundProps) {
  const actions = (
    <>
      {onAnyone && <Button onClick={onAnyone}>{words.anyone}</Button>}
      {onEverywhere && <Button onClick={onEverywhere}>{words.everywhere}</Button>}
    </>
  );
  return (
    <EmptyState
      level={3}
      spot="search"
      title={words.none(query)}
      text={words.noneText}
      actions={(onAnyone || onEverywhere) && actions}
    />
  );
}

/** `sentence` says what happened; without one, nothing came back. */
export function NotSearched({ sentence, onRetry }: { sentence: string; onRetry: () => void }) {
  return (
    <div className="hr-found-note" role="alert">
      <p>
        {words.failed} {sentence}
      </p>
      <Button size="sm" onClick={onRetry}>
        {words.retry}
      </Button>
    </div>
  );
}

export const Wait = ({ sentence }: { sentence: string }) => <output className="hr-found-note">{sentence}</output>;

export const Offline = () => <Wait sentence={words.offline} />;
