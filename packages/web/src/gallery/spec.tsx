// A board of the gallery: a title, and boxes that each show one state.
import type { ReactNode } from "react";

export function Board({ title, lead, children }: { title: string; lead: string; children: ReactNode }) {
  return (
    <main className="gallery-board">
      <h1>{title}</h1>
      <p>{lead}</p>
      <div className="gallery-columns">{children}</div>
    </main>
  );
}

export interface SpecProps {
  name: string;
  note?: string;
  /** Without the sheet of paper behind it. */
  bare?: boolean;
  children: ReactNode;
}

export function Spec({ name, note, bare = false, children }: SpecProps) {
  return (
    <section className="gallery-spec" aria-label={name}>
      <h2>
        {name} <span>{note}</span>
      </h2>
      {bare ? children : <div className="hr-sheet">{children}</div>}
    </section>
  );
}
