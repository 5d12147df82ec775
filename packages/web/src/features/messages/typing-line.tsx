// Who is typing. Its space is always there; it says nothing aloud.
import type { ReactNode } from "react";

const words = {
  one: "is typing",
  many: "are typing",
  and: "and",
  others: (count: number) => `${count} others`,
};

/** Names as they are called: "Linh", "Dr. Vogel". */
function sentence(names: string[]): ReactNode {
  const [a, b, c] = names;
  if (names.length === 1) {
    return (
      <>
        <b>{a}</b> {words.one}
      </>
    );
  }
  if (names.length === 2) {
    return (
      <>
        <b>{a}</b> {words.and} <b>{b}</b> {words.many}
      </>
    );
  }
  const rest = names.length === 3 ? c : words.others(names.length - 2);
  return (
    <>
      <b>{a}</b>, <b>{b}</b> {words.and} <b>{rest}</b> {words.many}
    </>
  );
}

export function TypingLine({ names }: { names: string[] }) {
  return (
    <span className="hr-typing" aria-live="off">
      {names.length > 0 && (
        <>
          <span className="hr-dots" aria-hidden="true">
            <i />
            <i />
            <i />
          </span>
          <span className="hr-ell">{sentence(names)}</span>
        </>
      )}
    </span>
  );
}
