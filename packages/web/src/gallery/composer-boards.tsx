// Boards of the gallery: every state of the composer, and the emoji picker.
import { useEffect, useRef, useState } from "react";
import { createEmojiKit } from "../features/emoji/emoji-kit.tsx";
import { createEmojiMemory } from "../features/emoji/emoji-memory.ts";
import type { ClosedReason } from "../features/messages/composer-closed.tsx";
import type { ComposerContext } from "../features/messages/composer-parts.tsx";
import { Composer, type ComposerHandle, type ComposerProps } from "../features/messages/composer.tsx";
import { useTypeToFocus } from "../features/messages/use-type-to-focus.ts";
import { people } from "./samples.ts";
import { Board, Spec } from "./spec.tsx";

const nothing = () => {};
const emoji = createEmojiKit(createEmojiMemory(localStorage, 0), nothing);
const rooms = ["Biology 9b", "Physics 10", "Marine biology", "Theatre AG"].map((name, index) => ({
  id: index + 11,
  name,
}));

function Box(props: Partial<ComposerProps>) {
  const [value, setValue] = useState(props.value ?? "");
  return (
    <Composer
      roomName="Biology 9b"
      boxId={null}
      people={people}
      rooms={rooms}
      emoji={emoji}
      onSend={() => setValue("")}
      onCancelContext={nothing}
      {...props}
      value={value}
      onChange={setValue}
    />
  );
}

/** Types for the one who looks at it. */
function Asking({ text }: { text: string }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const area = box.current?.querySelector("textarea");
    if (!area || area.value) return;
    area.focus();
    document.execCommand("insertText", false, text);
  }, [text]);
  return (
    <div ref={box} className="gallery-asking">
      <Box />
    </div>
  );
}

const reply: ComposerContext = {
  kind: "reply",
  name: "Aylin Demir",
  excerpt: "Same here! My cell is 48 mm long on paper…",
};
const now = Date.now();
const muted: ClosedReason = {
  kind: "muted",
  until: new Date(now + 240_000).toISOString(),
  by: "Dr. Vogel",
  reason: "one at a time, please",
};
const closed: [string, ClosedReason][] = [
  ["Muted", muted],
  ["Archived", { kind: "archived" }],
  ["Other person left", { kind: "left", name: "Aylin Demir" }],
  ["Thread closed", { kind: "thread-closed" }],
  ["Room of a private chat closed", { kind: "room-closed" }],
  ["Not a member", { kind: "not-member" }],
];

function Also() {
  const [checked, setChecked] = useState(false);
  return <Box label="Reply in thread" alsoIn={{ label: "Also send to Biology 9b", checked, onChange: setChecked }} />;
}

function Typed() {
  const ref = useRef<ComposerHandle>(null);
  useTypeToFocus(ref);
  return <Box ref={ref} roomName="anywhere" />;
}

/** Draft and edit in one box, as the room has it. */
function Editing() {
  const [editing, setEditing] = useState(false);
  const [texts, setTexts] = useState({ draft: "", edit: "We stop drawing at 10:25." });
  const which = editing ? "edit" : "draft";
  return (
    <Composer
      roomName="drafts"
      boxId={null}
      value={texts[which]}
      onChange={(text) => setTexts({ ...texts, [which]: text })}
      onSend={() => setEditing(false)}
      context={editing ? { kind: "edit" } : null}
      onCancelContext={() => setEditing(false)}
      onEditLast={() => setEditing(true)}
    />
  );
}

function Writing() {
  return (
    <>
      <Spec name="Empty">
        <Box />
      </Spec>
      <Spec name="Writing">
        <Box
          value={"For Monday please bring:\n– the finished drawing\n– your lab coat, **no open shoes**"}
          typing={["Linh", "Noah", "Emma", "Ben"]}
        />
      </Spec>
      <Spec name="Reply">
        <Box value="Did you measure the wall too?" context={reply} />
      </Spec>
      <Spec name="Edit">
        <Box value="We stop drawing at 10:25." context={{ kind: "edit" }} />
      </Spec>
      <Spec name="Edit the last" note="arrow up">
        <Editing />
      </Spec>
      <Spec name="Enter makes a new line">
        <Box value="Dear all," enterSends={false} typing={["Dr. Vogel"]} />
      </Spec>
      <Spec name="Thread">
        <Also />
      </Spec>
      <Spec name="Private">
        <div data-hr-space="private">
          <Box label="Message Aylin privately" value="See you tomorrow!" />
        </div>
      </Spec>
      <Spec name="Typing anywhere">
        <Typed />
      </Spec>
    </>
  );
}

export function Composers() {
  return (
    <Board title="MessageInput" lead="The box keeps its height and place in all of them.">
      <Writing />
      <Spec name="Near the limit">
        <Box value={"and so on ".repeat(982).trim()} />
      </Spec>
      <Spec name="Over the limit">
        <Box value={"and so on ".repeat(1015).trim()} />
      </Spec>
      <Spec name="Slow mode">
        <Box value="I found it!" wait={{ kind: "slow", until: now + 18_000, total: 30 }} />
      </Spec>
      <Spec name="Too fast">
        <Box value="hello hello hello" wait={{ kind: "quick", until: now + 9_000, total: 9 }} />
      </Spec>
      <Spec name="Notice">
        <Box
          value="Did everybody get the worksheet?"
          notice={{ tone: "plain", text: "Offline. Your message is sent when you are back." }}
        />
      </Spec>
      {closed.map(([name, reason]) => (
        <Spec key={name} name={name}>
          <Box closed={reason} value={reason.kind === "muted" ? "and so on" : ""} />
        </Spec>
      ))}
    </Board>
  );
}

export function Suggesting({ text }: { text: string }) {
  return (
    <Board title="Suggestions" lead="While somebody types @, : or #.">
      <Spec name={text}>
        <Asking text={text} />
      </Spec>
    </Board>
  );
}
