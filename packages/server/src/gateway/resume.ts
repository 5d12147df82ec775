// Resume: the past of a log from the database, in pages, then live without hole or inversion.
import { CLOSE, type ClientFrameOf, Refusal, type ServerFrame } from "@homeroom/protocol";
import type { Directory } from "../kit/call.ts";
import { logField, logRef } from "../kit/ports.ts";
import type { Subscription } from "./channel.ts";
import type { Connection } from "./connection.ts";
import { errorFrame } from "./frames.ts";
import type { Pages } from "./pages.ts";

export interface ResumeDeps {
  directory: Directory;
  pages: Pages;
}

type Asked = ClientFrameOf<"resume">["logs"][number];

export const resume = async (
  deps: ResumeDeps,
  connection: Connection,
  frame: ClientFrameOf<"resume">,
): Promise<void> => {
  for (const asked of frame.logs) {
    if (connection.closed) return;
    connection.queueFrame(await resumeOne(deps, connection, asked, frame.ref));
    connection.flush();
    await connection.drained();
  }
};

const resumeOne = async (
  deps: ResumeDeps,
  connection: Connection,
  asked: Asked,
  ref: string | undefined,
): Promise<ServerFrame | null> => {
  const tags = ref === undefined ? {} : { ref };
  const log = nameOf(asked, connection);
  if (!log) return errorFrame(new Refusal("bad_request", { detail: "Name a room or a thread." }), tags);
  const subscription = connection.subscriptions.get(log.id);
  if (!subscription || subscription.channel.log.kind !== log.kind) {
    return errorFrame(new Refusal("not_a_member"), tags, { log });
  }
  const { channel } = subscription;
  if (asked.epoch !== channel.epoch || asked.after > Math.max(channel.heard, subscription.sent)) {
    const head = Math.max(channel.cursor, subscription.sent);
    subscription.sent = head;
    return { type: "reset", ...logField(log), epoch: channel.epoch, head, ...tags };
  }
  const head = await replay(deps, connection, subscription, asked.after).catch((error: unknown) => {
    // Half a resume must not leave the socket open and deaf: it comes back and asks again.
    connection.close(CLOSE.OVERLOADED, "try_again");
    throw error;
  });
  return head === null ? null : { type: "resumed", ...logField(log), head, ...tags };
};

/** Null where the socket lost the log (or closed) meanwhile: whoever took it away has said so. */
const replay = async (
  { directory, pages }: ResumeDeps,
  connection: Connection,
  subscription: Subscription,
  from: number,
): Promise<number | null> => {
  const { channel } = subscription;
  const isStillMine = () => !connection.closed && connection.subscriptions.get(channel.log.id) === subscription;
  subscription.replaying = true;
  let after = from;
  for (;;) {
    const part = await pages.read(channel.log, after);
    // Asked after the page was read: who may hear the log now might hear all of the page.
    const allowed = await directory.mayFollow(connection.caller.user.id, channel.log);
    if (!allowed || !isStillMine()) return null;
    for (const [i, piece] of part.pieces.entries()) {
      connection.queue(piece, 0);
      // The last one goes with the answer: one write.
      if (part.isEnd && i === part.pieces.length - 1) break;
      connection.flush();
      await connection.drained();
      if (!isStillMine()) return null;
    }
    after = part.last;
    if (part.isEnd && after >= channel.cursor) break;
  }
  // From here on without waiting: what the channel has above `after` is still to come, what is below was sent.
  subscription.sent = after;
  subscription.replaying = false;
  return after;
};

const nameOf = (asked: Asked, { scope }: Connection) => {
  if (asked.room !== undefined && asked.thread === undefined) return logRef("room", asked.room);
  if (asked.thread !== undefined && asked.room === undefined) return logRef("thread", asked.thread);
  return asked.room === undefined && asked.thread === undefined && scope.kind !== "user" ? scope.log : null;
};
