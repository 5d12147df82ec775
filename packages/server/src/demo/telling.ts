// Plays a script in one room or private thread, line by line, through the handlers that people's own calls go through.
import type { Message, PrivateMessage, UserCard } from "@homeroom/protocol";
import type { Features } from "../compose.ts";
import type { SignedCall } from "../kit/call.ts";
import type { LogRef } from "../kit/ports.ts";
import type { Share } from "./files.ts";
import { instantOf, type Line, type Scene, type Who } from "./script.ts";

export interface Step {
  at: number;
  run(): Promise<unknown>;
}

/** One place of the script: its log is known once the room or thread was made. */
export interface Stage {
  log: LogRef | null;
  /** Messages by their keys. */
  readonly said: Map<string, { id: number; by: Who }>;
}

export const emptyStage = (): Stage => ({ log: null, said: new Map() });

export const callOf = (user: UserCard): SignedCall => ({ caller: { user, session: "" } });

export type People = ReadonlyMap<Who, UserCard>;

export const personOf = (people: People, who: Who): UserCard => {
  const found = people.get(who);
  if (!found) throw new Error(`the demo school has no ${who}`);
  return found;
};

const saidBefore = ({ said }: Stage, key: string) => {
  const found = said.get(key);
  if (!found) throw new Error(`the script names "${key}" before it was said`);
  return found;
};

const at = (id: number) => ({ params: { id }, query: undefined, body: undefined });

export interface Telling {
  readonly features: Features;
  readonly people: People;
  readonly share: Share;
}

/** The lines of a place as steps, in the order written. */
export const stepsOf = (
  { features, people, share }: Telling,
  stage: Stage,
  scenes: readonly Scene[],
  now: number,
): Step[] =>
  scenes.flatMap(({ daysAgo, lines }) =>
    lines.map((line) => ({
      at: instantOf(now, daysAgo, line.at),
      run: () => play({ features, people, share }, stage, line),
    })),
  );

const play = async (telling: Telling, stage: Stage, line: Line): Promise<void> => {
  const { features, people } = telling;
  const { log } = stage;
  if (!log) throw new Error("the script speaks in a place that is not there yet");
  if ("reads" in line) return readAll(features, log, personOf(people, line.reads));
  if ("says" in line) {
    const { id } = await say(telling, log, stage, personOf(people, line.by), line);
    if (line.key) stage.said.set(line.key, { id, by: line.by });
    return;
  }
  if ("reacts" in line)
    return react(features, log, saidBefore(stage, line.reacts).id, personOf(people, line.by), line.with);
  if ("pins" in line) {
    const call = callOf(personOf(people, line.by));
    await features.pins.operations.pinMessage(at(saidBefore(stage, line.pins).id), call);
    return;
  }
  const target = saidBefore(stage, "edits" in line ? line.edits : line.deletes);
  const call = callOf(personOf(people, target.by));
  const { messages, threads } = features;
  if ("edits" in line) {
    const input = { ...at(target.id), body: { content: line.to } };
    if (log.kind === "room") await messages.operations.editMessage(input, call);
    else await threads.operations.editPrivateMessage(input, call);
  } else if (log.kind === "room") await messages.operations.deleteMessage(at(target.id), call);
  else await threads.operations.deletePrivateMessage(at(target.id), call);
};

const react = async (
  { reactions: { operations } }: Features,
  log: LogRef,
  id: number,
  user: UserCard,
  emoji: string,
): Promise<void> => {
  const add = log.kind === "room" ? operations.addReaction : operations.addPrivateReaction;
  await add({ ...at(id), params: { id, emoji } }, callOf(user));
};

const say = async (
  { features: { messages, threads }, share }: Telling,
  log: LogRef,
  stage: Stage,
  user: UserCard,
  line: Extract<Line, { says: string }>,
): Promise<Message | PrivateMessage> => {
  const attachments: string[] = [];
  for (const key of line.files ?? []) attachments.push(await share(callOf(user), key));
  const body = {
    content: line.says,
    ...(line.quotes && { reply_to: saidBefore(stage, line.quotes).id }),
    ...(line.thread && { thread_root: saidBefore(stage, line.thread).id }),
    ...(line.alsoInRoom && { also_in_room: true }),
    ...(attachments.length > 0 && { attachments }),
  };
  const input = { ...at(log.id), body };
  const send = log.kind === "room" ? messages.operations.sendMessage : threads.operations.sendPrivateMessage;
  return (await send(input, callOf(user))).body;
};

/** Everything that is there by now; in a room also what is new in the threads that they follow. */
const readAll = async ({ messages, threads }: Features, log: LogRef, user: UserCard): Promise<void> => {
  const call = callOf(user);
  const everything = { ...at(log.id), body: { seq: Number.MAX_SAFE_INTEGER } };
  if (log.kind === "thread") {
    await threads.operations.readPrivateThread(everything, call);
    return;
  }
  await messages.operations.readRoom(everything, call);
  const { listThreads, getThread, readThread } = messages.operations;
  const followed = (await listThreads({ params: undefined, query: {}, body: undefined }, call)).body.results;
  for (const { id, room } of followed) {
    if (room !== log.id) continue;
    const { results } = (await getThread({ ...at(id), query: { limit: 100 } }, call)).body;
    await readThread({ ...at(id), body: { seq: results.at(-1)?.seq ?? 0 } }, call);
  }
};
