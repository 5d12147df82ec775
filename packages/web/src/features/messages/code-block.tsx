// A block of code: it scrolls sideways, folds when it is long, and can be copied.
import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { copyText } from "../../ui/clipboard.ts";
import { IconButton } from "../../ui/button.tsx";

const words = {
  code: "Code",
  copy: "Copy code",
  copied: "Copied",
  unfold: (lines: number) => `Show all ${lines} lines`,
  fold: "Show less",
};

/** More lines than this fold. */
const MOST_LINES = 24;
const FOLDED_LINES = 20;
const COPIED_MS = 2_000;

function CopyButton({ text }: { text: string }) {
  const [isCopied, setCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return;
    const timer = setTimeout(() => setCopied(false), COPIED_MS);
    return () => clearTimeout(timer);
  }, [isCopied]);
  // where the browser does not allow it, the text can still be selected
  const copy = async () => setCopied(await copyText(text));
  return (
    <IconButton
      label={isCopied ? words.copied : words.copy}
      icon={isCopied ? Check : Copy}
      size="xs"
      onClick={() => void copy()}
    />
  );
}

export function CodeBlock({ language, text }: { language: string; text: string }) {
  const lines = text.split("\n");
  const isLong = lines.length > MOST_LINES;
  const [isFolded, setFolded] = useState(isLong);
  return (
    <div className="hr-code" dir="ltr">
      <div className="hr-code-bar">
        <span>{language || words.code}</span>
        <CopyButton text={text} />
      </div>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, so the keyboard must reach it */}
      <pre tabIndex={0}>{isFolded && isLong ? lines.slice(0, FOLDED_LINES).join("\n") : text}</pre>
      {isLong && (
        <button type="button" className="hr-code-fold" aria-expanded={!isFolded} onClick={() => setFolded(!isFolded)}>
          {isFolded ? words.unfold(lines.length) : words.fold}
        </button>
      )}
    </div>
  );
}
