// Board of the gallery: every state of messages.
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
