// Small drawings for empty states: ink lines, and one thing in chalk yellow.
import type { ReactNode } from "react";

export type SpotName = "hello" | "door" | "plug" | "search" | "shield";

const drawings: Record<SpotName, ReactNode> = {
  hello: (
    <>
      <path
        d="M28 14h42a10 10 0 0 1 10 10v24a10 10 0 0 1-10 10h-26l-12 10v-10h-4a10 10 0 0 1-10-10v-24a10 10 0 0 1 10-10z"
        fill="var(--hr-sheet)"
      />
      <path
        d="M72 32h34a10 10 0 0 1 10 10v20a10 10 0 0 1-10 10h-4v10l-12-10h-18a10 10 0 0 1-10-10v-20a10 10 0 0 1 10-10z"
        fill="var(--hr-chalk)"
      />
      <path d="M34 30h30M34 41h18" />
      <path d="M78 55c4 6 17 6 21 0" />
      <path d="M80 45v1M97 45v1" strokeWidth="3.4" />
      <path d="M108 10v8M104 14h8M14 72h6M17 69v6" opacity=".55" />
    </>
  ),
  door: (
    <>
      <path d="M44 84V22a8 8 0 0 1 8-8h28a8 8 0 0 1 8 8v62" fill="var(--hr-sheet)" />
      <path d="M30 84h72" />
      <circle cx="79" cy="52" r="2.6" fill="var(--hr-ink-2)" />
      <rect x="53" y="24" width="26" height="16" rx="4" fill="var(--hr-chalk)" />
      <path d="M18 40v8M14 44h8M112 26v8M108 30h8" opacity=".55" />
    </>
  ),
  plug: (
    <>
      <path d="M10 62c18 0 18-22 36-22" />
      <rect x="46" y="26" width="26" height="28" rx="8" fill="var(--hr-sheet)" />
      <path d="M72 34h9M72 46h9" />
      <rect x="91" y="26" width="20" height="28" rx="8" fill="var(--hr-chalk)" />
      <path d="M111 40c14 0 12 26-8 30" />
      <path d="M82 16l-3-7M88 17l2-8M85 66v7" opacity=".55" />
    </>
  ),
  search: (
    <>
      <circle cx="58" cy="42" r="27" fill="var(--hr-sheet)" />
      <path d="M78 61l20 20" strokeWidth="4" />
      <path d="M46 38h24M46 48h14" />
      <circle cx="104" cy="22" r="8" fill="var(--hr-chalk)" />
      <path d="M16 20v8M12 24h8" opacity=".55" />
    </>
  ),
  shield: (
    <>
      <path d="M66 12l28 10v22c0 20-12 32-28 40-16-8-28-20-28-40V22z" fill="var(--hr-sheet)" />
      <path d="M54 46l9 9 17-18" stroke="var(--hr-primary)" strokeWidth="4" />
      <circle cx="106" cy="68" r="8" fill="var(--hr-chalk)" />
      <path d="M20 34v8M16 38h8" opacity=".55" />
    </>
  ),
};

export function Spot({ name }: { name: SpotName }) {
  return (
    <svg
      className="hr-spot"
      viewBox="0 0 132 96"
      fill="none"
      stroke="var(--hr-ink-2)"
      strokeWidth="2.2"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      {drawings[name]}
    </svg>
  );
}
