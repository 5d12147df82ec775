// A link as a QR code: drawn as one path, dark on light in both themes, since cameras want it so.
import { useMemo } from "react";
import { encode } from "uqr";

const QUIET = 4;

/** One rectangle per run of dark modules of a row. */
function pathOf(rows: readonly (readonly boolean[])[]): string {
  const parts: string[] = [];
  for (const [y, row] of rows.entries()) {
    for (let x = 0; x < row.length; x += 1) {
      if (!row[x]) continue;
      const start = x;
      while (row[x + 1]) x += 1;
      parts.push(`M${start + QUIET} ${y + QUIET}h${x - start + 1}v1h-${x - start + 1}z`);
    }
  }
  return parts.join("");
}

export function QrCode({ text, label }: { text: string; label: string }) {
  const { size, path } = useMemo(() => {
    const { data } = encode(text, { ecc: "M", border: 0 });
    return { size: data.length + 2 * QUIET, path: pathOf(data) };
  }, [text]);
  return (
    <svg
      className="hr-qr"
      data-bs-theme="light"
      viewBox={`0 0 ${size} ${size}`}
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a drawing made here has no address for an img
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
    >
      <rect className="hr-qr-paper" width={size} height={size} />
      <path className="hr-qr-ink" d={path} />
    </svg>
  );
}
