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
    await resumeOne(deps, connection, asked, frame.ref);
    connection.flush();
    await connection.drained();
  }
};

/** Queues its answer itself, in the same breath in which the log goes on live: nothing of it may come in between. */
const resumeOne = async (
  deps: ResumeDeps,
  connection: Connection,
  asked: Asked,
  ref: string | undefined,
): Promise<void> => {
  const tags = ref === undefined ? {} : { ref };
  const answer = (frame: ServerFrame) => connection.queueFrame(frame);
  const log = nameOf(asked, connection);
  if (!log) return answer(errorFrame(new Refusal("bad_request", { detail: "Name a room or a thread." }), tags));
  const subscription = connection.subscriptions.get(log.id);
  if (!subscription || subscription.channel.log.kind !== log.kind) {
    return answer(errorFrame(new Refusal("not_a_member"), tags, { log }));
  }
  const { channel } = subscription;
  if (asked.epoch !== channel.epoch || asked.after > Math.max(channel.heard, subscription.sent)) {
    const head = Math.max(channel.cursor, subscription.sent);
    subscription.sent = head;
    return answer({ type: "reset", ...logField(log), epoch: channel.epoch, head, ...tags });
  }
  const done = (head: number) => answer({ type: "resumed", ...logField(log), head, ...tags });
  await replay(deps, connection, subscription, asked.after, done).catch((error: unknown) => {
    // Half a resume must not leave the socket open and deaf: it comes back and asks again.
    connection.close(CLOSE.OVERLOADED, "try_again");
    throw error;
  });
};

/** Not done where the socket lost the log (or closed) meanwhile: whoever took it away has said so. */
const replay = async (
  { directory, pages }: ResumeDeps,
  connection: Connection,
  subscription: Subscription,
  from: number,
  done: (head: number) => void,
): Promise<void> => {
  const { channel } = subscription;
  const isStillMine = () => !connection.closed && connection.subscriptions.get(channel.log.id) === subscription;
  subscription.replaying = true;
  let after = from;
  for (;;) {
    const part = await pages.read(channel.log, after);
    // Asked after the page was read: who may hear the log now might hear all of the page.
    const allowed = await directory.mayFollow(connection.caller.user.id, channel.log);
    if (!allowed || !isStillMine()) return;
    for (const [i, piece] of part.pieces.entries()) {
      connection.queue(piece, 0);
      // The last one goes with the answer: one write.
      if (part.isEnd && i === part.pieces.length - 1) break;
      connection.flush();
      await connection.drained();
      if (!isStillMine()) return;
    }
    after = part.last;
    if (part.isEnd && after >= channel.cursor) break;
  }
  // From here on without waiting: what the channel has above `after` is still to come, what is below was sent.
  subscription.sent = after;
  done(after);
  subscription.replaying = false;
};

const nameOf = (asked: Asked, { scope }: Connection) => {
  if (asked.room !== undefined && asked.thread === undefined) return logRef("room", asked.room);
  if (asked.thread !== undefined && asked.room === undefined) return logRef("thread", asked.thread);
  return asked.room === undefined && asked.thread === undefined && scope.kind !== "user" ? scope.log : null;
};
