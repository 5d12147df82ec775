// Grey shapes in place of what is loading, with the geometry of what will come; silent and only after 300 ms.
import type { CSSProperties, ReactNode } from "react";
import { classNames } from "./class-names.ts";
import { Delayed } from "./delayed.tsx";

export interface SkeletonProps {
  width?: string;
  height?: string;
  round?: boolean;
}

export function Skeleton({ width, height, round = false }: SkeletonProps) {
  const style: CSSProperties = { width, height };
  return <span className={classNames("hr-sk", round && "is-round")} style={style} />;
}

export interface LoadingProps {
  /** Said to assistive technology. */
  label: string;
  /** Milliseconds before anything is drawn. */
  after?: number;
  children: ReactNode;
}

export function Loading({ label, after = 300, children }: LoadingProps) {
  return (
    // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- an output may not hold blocks
    <div role="status">
      <span className="hr-vh">{label}</span>
      <div aria-hidden="true">
        <Delayed after={after}>{children}</Delayed>
      </div>
    </div>
  );
}
