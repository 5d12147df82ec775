// Boards of the gallery: what a message can hold, what can be done with it, and a long list of them to walk through.
import type { Replies } from "@homeroom/protocol";
import { useState } from "react";
import { MessageList } from "../features/messages/message-list.tsx";
import { type MessageHandlers, type MessageReader, MessageRow } from "../features/messages/message-row.tsx";
import { PinnedBar } from "../features/messages/pinned-bar.tsx";
import { namesLine, type ReactionCount } from "../features/messages/reaction-chips.tsx";
import type { ListedMessage, Row } from "../features/messages/rows.ts";
import { message, people, person, quoted } from "./samples.ts";
import { nothing } from "./screens.tsx";
import { Board, Spec } from "./spec.tsx";

const ME = 2;
const nameOf = (id: number) => people.find((one) => one.id === id)?.display_name;

export const reader: MessageReader = {
  me: ME,
  namesOf: (ids) => namesLine(ids, ids.length, ME, nameOf),
  quick: ["👍", "✅", "😂", "❤️", "💡"],
  mentionOf: (name) => {
    const found = people.find((one) => one.username.startsWith(name));
    return found ? { name: found.display_name, mine: found.id === ME } : null;
  },
};

export const handlers: MessageHandlers = {
  onReply: nothing,
  onThread: nothing,
  onPrivate: nothing,
  onPin: nothing,
  onCopy: nothing,
  onCopyLink: nothing,
  onMarkUnread: nothing,
  onDelete: nothing,
  onEdit: nothing,
  onReact: nothing,
  onPickReaction: nothing,
  onQuoteJump: nothing,
};

const may = { canReply: true, canReact: true, canThread: true, canPrivate: true, canPin: true, canDelete: true };
const row = { handlers, reader, ...may };
const reactions: ReactionCount[] = [
  { emoji: "🔬", count: 5, user_ids: [1, 2, 3, 4, 5] },
  { emoji: "👍", count: 3, user_ids: [3, 4, 6] },
];
const many = [..."😀😎🎉🔥💡✅👀🙏🍎🐙🌍🎈🚀🧪🍀🎲"].map((emoji, index) => ({
  emoji,
  count: index + 1,
  user_ids: [1 + (index % 7)],
}));
const today = new Date().toISOString();
const replies: Replies = {
  count: 6,
  last_at: today,
  people: [person("Vogel"), person("Linh"), person("Aylin"), person("Fatima")],
  unread_count: 2,
  following: true,
};

const code = `Try this:
\`\`\`python
from statistics import mean
lengths = [0.12, 0.14, 0.11]  # mm, and a line that is much too long for the room that there is for it on this page
print("mean:", mean(lengths))
\`\`\`
and tell me with \`statistics.mean\` what you get.`;
const long = `\`\`\`\n${Array.from({ length: 40 }, (_, index) => `line ${index + 1}`).join("\n")}\n\`\`\``;
const list = `**For Monday:**
- the *finished* drawing
- your **lab coat**
  - washed, ~~please~~
1. read [the page](https://example.org/cells_(plants)), see also https://example.org/a/very/long/address/that/goes/on?and=on&and=on#end
2. answer

> A thin slice, they said.
> > And thinner still.

Thanks, @linh.nguyen and @jonas.brandt!`;
const zalgo = `Z${"\u0300\u0301\u0316\u0317".repeat(60)}algo ${"H\u0353\u0354\u0355\u0310\u0311\u0312".repeat(20)}`;

function Formats() {
  return (
    <>
      <Spec name="Marks, lists, quotes">
        <div className="hr-log-inner">
          <MessageRow {...row} message={message("Vogel", "10:18", list, { edited_at: today })} first />
        </div>
      </Spec>
      <Spec name="Code">
        <div className="hr-log-inner">
          <MessageRow {...row} message={message("Linh", "10:18", code)} first />
          <MessageRow {...row} message={message("Linh", "10:19", long)} first={false} />
        </div>
      </Spec>
      <Spec name="Hostile">
        <div className="hr-log-inner">
          <MessageRow {...row} message={message("Jonas", "10:20", "x".repeat(600))} first />
          <MessageRow {...row} message={message("Jonas", "10:21", zalgo)} first={false} />
          <MessageRow
            {...row}
            message={message("Jonas", "10:21", "\u202Eterces eht si siht", { edited_at: today })}
            first
          />
          <MessageRow {...row} message={message("Jonas", "10:21", "<img src=x onerror=alert(1)>")} first={false} />
          <MessageRow {...row} message={message("Jonas", "10:21", "[x](javascript:alert(1))")} first={false} />
          <MessageRow {...row} message={message("Jonas", "10:22", "😀".repeat(50))} first={false} />
        </div>
      </Spec>
      <Spec name="Right to left">
        <div className="hr-log-inner">
          <MessageRow
            {...row}
            message={message("Fatima", "10:23", "مرحبا، هل **انتهيتم**؟ (PDF)\n- واحد\n- اثنان", { edited_at: today })}
            first
          />
        </div>
      </Spec>
      <Spec name="Emoji alone">
        <div className="hr-log-inner">
          <MessageRow {...row} message={message("Linh", "10:24", "🎉🍳")} first />
        </div>
      </Spec>
    </>
  );
}

export function MessageParts() {
  const pins = [
    { id: 1, author: "Dr. Miriam Vogel", excerpt: "Worksheet “Cell structure” – hand in by Friday, 12:00" },
    { id: 2, author: "Aylin Demir", excerpt: "The page with the pictures" },
  ];
  return (
    <Board title="Message" lead="What a message can hold and what can be done with it.">
      <Spec name="Pinned bar">
        <PinnedBar pins={pins} onJump={nothing} onUnpin={nothing} />
        <PinnedBar pins={pins.slice(1)} onJump={nothing} />
      </Spec>
      <Spec name="Reactions, thread">
        <div className="hr-log-inner">
          <MessageRow
            {...row}
            message={message("Jonas", "09:49", "The dark dots should be the nuclei, I think.", { reactions, replies })}
            first
          />
          <MessageRow {...row} canEdit canPrivate={false} message={message("Jonas", "09:50", "Mine")} first={false} />
          <MessageRow {...row} message={message("Linh", "09:52", "So many", { reactions: many })} first />
        </div>
      </Spec>
      <Spec name="Mentions me, open thread, pinned, from a thread">
        <div className="hr-log-inner">
          <MessageRow
            {...row}
            message={message(
              "Okafor",
              "10:01",
              "Nice. @jonas.brandt can you explain the picture in one sentence? @linh.nguyen you are next.",
              { reactions: reactions.slice(1) },
            )}
            first
            mentionsMe
          />
          <MessageRow {...row} open message={message("Linh", "10:02", "Why?", { replies })} first />
          <MessageRow {...row} message={message("Aylin", "10:03", "Look here", { pinned: true })} first />
          <MessageRow
            {...row}
            message={message("Fatima", "10:04", "It does not.", {
              thread_root: 5,
              also_in_room: true,
              reply_preview: quoted,
            })}
            first
          />
        </div>
      </Spec>
      <Spec name="Deleted">
        <div className="hr-log-inner">
          <MessageRow {...row} message={message("Jonas", "10:05", "", { deleted: true })} first />
          <MessageRow
            {...row}
            deletedBy="Dr. Miriam Vogel"
            message={message("Linh", "10:06", "", { deleted: true, replies })}
            first
          />
        </div>
      </Spec>
      <Formats />
    </Board>
  );
}

const DAYS = 12;
const PER_DAY = 60;

function longList(): Row[] {
  return Array.from({ length: DAYS }, (_, day): Row[] => {
    const at = (minute: number) =>
      new Date(Date.now() - (DAYS - 1 - day) * 86_400_000 - (PER_DAY - minute) * 1_000).toISOString();
    const messages = Array.from({ length: PER_DAY }, (_, minute): Row => {
      const seq = day * PER_DAY + minute + 1;
      const sender = people[(seq >> 2) % people.length] ?? person("Jonas");
      const words = seq % 9 === 0 ? list : `Message ${seq}, https://example.org/${seq}`;
      const shown = { ...message("Jonas", "10:00", words), sender, id: seq, seq, created_at: at(minute) };
      const isFirst = seq % 4 === 0 || minute === 0;
      const full = { ...shown, ...(seq % 7 === 0 && { reactions }) } as unknown as ListedMessage;
      return { kind: "message", key: `m${seq}`, message: full, first: isFirst, afterNewLine: false };
    });
    const rows: Row[] = [{ kind: "day", key: `d${day}`, at: at(0) }, ...messages];
    if (day === DAYS - 2) rows.splice(30, 0, { kind: "new", key: "new" });
    return rows;
  }).flat();
}

const allowed = () => ({ ...may, canEdit: false, mentionsMe: false });
const stored = () => undefined;

export function LongList() {
  const [rows] = useState(longList);
  const [unread, setUnread] = useState(DAYS * 3);
  return (
    <main className="gallery-list hr-sheet" aria-label="Room">
      <MessageList
        rows={rows}
        hasOlder={false}
        hasNewer={false}
        olderFailed={false}
        place={null}
        startAt={null}
        handlers={handlers}
        reader={reader}
        allowed={allowed}
        sendState={stored}
        flashId={null}
        newer={0}
        newCount={unread}
        onMarkRead={() => setUnread(0)}
        onOlder={nothing}
        onNewer={nothing}
        onJump={nothing}
        onEscape={nothing}
        onSeen={nothing}
        onLeave={nothing}
      />
    </main>
  );
}
