// The words of a message: plain text, with web addresses as links that give nothing away to where they lead.
import type { ReactNode } from "react";

const address = /https?:\/\/[^\s<>"]+/gi;
/** Closes a sentence rather than an address. */
const trailing = /[.,;:!?'’”»]+$/;

/** Without the punctuation that follows an address, and without a bracket that was opened before it. */
function trimmed(found: string): string {
  let url = found.replace(trailing, "");
  while (url.endsWith(")") && url.split(")").length > url.split("(").length) {
    url = url.slice(0, -1).replace(trailing, "");
  }
  return url;
}

export function linked(text: string): ReactNode[] {
  const parts: ReactNode[] = [];
  let end = 0;
  for (const match of text.matchAll(address)) {
    const url = trimmed(match[0]);
    if (!URL.canParse(url)) continue;
    if (match.index > end) parts.push(text.slice(end, match.index));
    parts.push(
      <a key={match.index} href={url} target="_blank" rel="noopener noreferrer nofollow">
        {url}
      </a>,
    );
    end = match.index + url.length;
  }
  if (end < text.length) parts.push(text.slice(end));
  return parts;
}

export function MessageText({ text }: { text: string }) {
  return <>{linked(text)}</>;
}
