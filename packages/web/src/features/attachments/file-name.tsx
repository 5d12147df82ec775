// A file's name on one line: where it is too long its middle goes, since its end says what it is.
import { shownName } from "./file-types.ts";

/** Characters of the end that always stay. */
const TAIL = 9;

export function FileName({ name }: { name: string }) {
  const shown = shownName(name);
  const at = Math.max(0, shown.length - TAIL);
  // never between the halves of a character
  const cut = /[\uDC00-\uDFFF]/.test(shown.charAt(at)) ? at - 1 : at;
  return (
    <bdi className="hr-file-name" title={shown}>
      <bdi className="hr-ell">{shown.slice(0, cut)}</bdi>
      <bdi>{shown.slice(cut)}</bdi>
    </bdi>
  );
}
