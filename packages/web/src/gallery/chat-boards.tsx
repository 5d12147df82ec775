// Boards of the gallery: every state of messages and of the composer.
import { useState } from "react";
import type { ClosedReason } from "../features/messages/composer-closed.tsx";
import type { ComposerContext } from "../features/messages/composer-parts.tsx";
import { Composer, type ComposerProps } from "../features/messages/composer.tsx";
import { DayDivider, MessageSkeletons, NewLine, SystemLine } from "../features/messages/log-lines.tsx";
import { type MessageHandlers, MessageRow } from "../features/messages/message-row.tsx";
import { message, quoted } from "./samples.ts";
import { nothing } from "./screens.tsx";
import { Board, Spec } from "./spec.tsx";

const now = Date.now();
const today = new Date(now).toISOString();
const yesterday = new Date(now - 86_400_000).toISOString();
const edited = { edited_at: today };
const jonas = (text: string) => message("Jonas", "10:30", text);
const handlers: MessageHandlers = { onRetry: nothing, onReclaim: nothing, onDiscard: nothing, onQuoteJump: nothing };

export function Messages() {
  const row = { handlers };
  return (
    <Board title="MessageList" lead="Every kind of message and every state.">
      <Spec name="Group">
        <div className="hr-log-inner">
          <MessageRow {...row} message={message("Linh", "10:21", "I have the second slide ready.")} first />
          <MessageRow
            {...row}
            message={message("Linh", "10:22", "Cheek cells with methylene blue.", edited)}
            first={false}
          />
          <MessageRow {...row} message={message("Linh", "10:23", "They look like fried eggs 🍳")} first={false} />
        </div>
      </Spec>
      <Spec name="Day, system, new">
        <div className="hr-log-inner">
          <DayDivider at={yesterday} />
          <SystemLine kind="joined" names={["Hannah Krüger", "Ben", "Noah", "Emma"]} />
          <MessageRow {...row} message={message("Jonas", "16:40", "See you tomorrow")} first />
          <DayDivider at={today} />
          <NewLine />
          <MessageRow {...row} message={message("Fatima", "08:02", "Good morning! ☀️")} first afterNewLine />
        </div>
      </Spec>
      <Spec name="Mentions me">
        <div className="hr-log-inner">
          <MessageRow
            {...row}
            message={message("Okafor", "10:01", "@Jonas can you explain the picture?")}
            first
            mentionsMe
          />
        </div>
      </Spec>
      <Spec name="Reply">
        <div className="hr-log-inner">
          <MessageRow
            {...row}
            message={message("Linh", "09:53", "Why do some cells have none?", { reply_preview: quoted })}
            first
          />
          <MessageRow
            {...row}
            message={message("Fatima", "10:03", "I don’t think so.", { reply_preview: { ...quoted, deleted: true } })}
            first
          />
        </div>
      </Spec>
      <Spec name="Sending">
        <div className="hr-log-inner">
          <MessageRow {...row} message={jonas("Sent and stored.")} first />
          <MessageRow {...row} message={jonas("On its way to the server")} first={false} send={{ kind: "pending" }} />
          <MessageRow {...row} message={jonas("Written on the train")} first={false} send={{ kind: "waiting" }} />
          <MessageRow
            {...row}
            message={jonas("This one was refused by the server")}
            first={false}
            send={{ kind: "failed", reason: "the room is closed." }}
          />
        </div>
      </Spec>
      <Spec name="Deleted, long words, admin">
        <div className="hr-log-inner">
          <MessageRow {...row} message={message("Jonas", "10:05", "", { deleted: true })} first />
          <MessageRow {...row} message={message("Baumgartner", "10:06", "Donaudampfschifffahrt".repeat(12))} first />
        </div>
      </Spec>
      <Spec name="Loading" note="after 300 ms">
        <MessageSkeletons />
      </Spec>
    </Board>
  );
}

function Box(props: Partial<ComposerProps>) {
  const [value, setValue] = useState(props.value ?? "");
  return (
    <Composer
      roomName="Biology 9b"
      onSend={nothing}
      onCancelContext={nothing}
      {...props}
      value={value}
      onChange={setValue}
    />
  );
}

const reply: ComposerContext = {
  kind: "reply",
  name: "Aylin Demir",
  excerpt: "Same here! My cell is 48 mm long on paper…",
};
const muted: ClosedReason = {
  kind: "muted",
  until: new Date(Date.now() + 240_000).toISOString(),
  reason: "one at a time, please",
};

export function Composers() {
  return (
    <Board title="MessageInput" lead="The box keeps its height and place in all of them.">
      <Spec name="Empty">
        <Box />
      </Spec>
      <Spec name="Writing">
        <Box
          value={"For Monday please bring:\n– the finished drawing\n– your lab coat"}
          typing={["Linh", "Noah", "Emma", "Ben"]}
        />
      </Spec>
      <Spec name="Reply">
        <Box value="Did you measure the wall too?" context={reply} />
      </Spec>
      <Spec name="Edit">
        <Box value="We stop drawing at 10:25." context={{ kind: "edit" }} />
      </Spec>
      <Spec name="Near the limit">
        <Box value={"and so on ".repeat(982).trim()} />
      </Spec>
      <Spec name="Over the limit">
        <Box value={"and so on ".repeat(1015).trim()} />
      </Spec>
      <Spec name="Too fast">
        <Box
          value="hello hello hello"
          notice={{ tone: "note", text: "That was quick. You can send again in 4 seconds." }}
        />
      </Spec>
      <Spec name="Muted">
        <Box closed={muted} />
      </Spec>
      <Spec name="Archived">
        <Box closed={{ kind: "archived" }} />
      </Spec>
    </Board>
  );
}
