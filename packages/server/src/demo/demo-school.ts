// A school that has been chatting for some days: made by its people's own calls, at the times when they made them.
import type { UserCard } from "@homeroom/protocol";
import { composeFeatures, type Features } from "../compose.ts";
import { ConfigError } from "../config.ts";
import { createUser, hashPassword } from "../features/accounts/accounts.ts";
import { noThrottle } from "../gateway/limits.ts";
import type { Kit } from "../kit/kit.ts";
import { logRef } from "../kit/ports.ts";
import { biologyToday } from "./biology-today.ts";
import { biologyWeek } from "./biology-week.ts";
import {
  beginDemo,
  type DemoState,
  demoState,
  endDemo,
  nameSchoolIfNameless,
  takenNames,
} from "./demo-school.store.ts";
import { sharing } from "./files.ts";
import { maths, privateTalk, staff } from "./other-rooms.ts";
import { instantOf, PEOPLE, type Who } from "./script.ts";
import { callOf, emptyStage, type People, personOf, type Stage, type Step, stepsOf } from "./telling.ts";

const SCHOOL = "Gymnasium am Lindenberg";
const PASSWORD = "homeroom-demo";
/** Two things never happen in the same moment. */
const BETWEEN_MS = 3_000;

interface Stages {
  biology: Stage;
  maths: Stage;
  staff: Stage;
  private: Stage;
}

/** Fills it in; false where it is there already. Throws a sentence where other accounts stand in its way. */
export const demoSchool = async (kit: Kit): Promise<boolean> => {
  if (isThere(await demoState(kit.db.read))) return false;
  const taken = await takenNames(
    kit.db.read,
    PEOPLE.map(({ username }) => username),
  );
  if (taken.length > 0) {
    throw new ConfigError(`The demo school cannot be filled in: there are accounts named ${taken.join(", ")} already.`);
  }
  if (!(await kit.db.write(beginDemo))) return !isThere(await demoState(kit.db.read));
  await tell(kit);
  await kit.db.write(endDemo);
  return true;
};

const isThere = (state: DemoState): boolean => {
  if (state !== "begun") return state === "done";
  throw new ConfigError(
    "The demo school was begun and is not finished. If nobody else is filling it in, use another DATA_DIR or DATABASE_URL.",
  );
};

const tell = async (kit: Kit): Promise<void> => {
  const now = kit.clock.now();
  let then = instantOf(now, 9, "08:00");
  const past: Kit = {
    ...kit,
    clock: { now: () => then },
    throttle: noThrottle,
    fanout: { publish: () => undefined, whisper: () => undefined, isOnline: () => false },
    config: { ...kit.config, privateThreads: "supervised" },
  };
  const people = await addPeople(past);
  const features = composeFeatures(past);
  const telling = { features, people, share: sharing(past, features) };
  const stages = { biology: emptyStage(), maths: emptyStage(), staff: emptyStage(), private: emptyStage() };
  const steps = [
    ...opening(features, people, stages, now),
    ...stepsOf(telling, stages.biology, [...biologyWeek, biologyToday], now),
    ...stepsOf(telling, stages.maths, maths, now),
    ...stepsOf(telling, stages.staff, staff, now),
    ...stepsOf(telling, stages.private, [privateTalk], now),
  ];
  for (const step of steps.toSorted((a, b) => a.at - b.at)) {
    then = Math.max(step.at, then + BETWEEN_MS);
    await step.run();
  }
};

const addPeople = async (kit: Kit): Promise<People> => {
  await kit.db.write((tx) => nameSchoolIfNameless(tx, SCHOOL));
  const password_hash = await hashPassword(PASSWORD);
  const people = new Map<Who, UserCard>();
  for (const person of PEOPLE) people.set(person.username, await createUser(kit, { ...person, password_hash }));
  return people;
};

/** How the rooms came to be, and who is in them. */
const opening = (features: Features, people: People, stages: Stages, now: number): Step[] => {
  const step = (daysAgo: number, at: string, run: Step["run"]): Step => ({ at: instantOf(now, daysAgo, at), run });
  const doors = doorsOf(features, people);
  const { biology, maths: olympiad, staff: room } = stages;
  return [
    step(8, "09:00", () => doors.make(biology, "teacher1", BIOLOGY)),
    step(8, "09:05", () => doors.make(olympiad, "teacher1", MATHS)),
    step(8, "12:00", () => doors.make(room, "teacher2", STAFF)),
    step(8, "12:20", () => doors.letIn(room, "teacher1", "teacher2", "It is me, Katrin.")),
    // So far it was listed, or nobody could have asked.
    step(8, "12:30", () => doors.hide(room, "teacher2")),
    ...(["student1", "student3", "student2", "student4"] as const).map((who, i) =>
      step(7, `13:${10 + i}`, () => doors.join(biology, who)),
    ),
    step(5, "14:00", () => doors.letIn(olympiad, "student1", "teacher1", "I like puzzles!")),
    step(1, "15:30", () => doors.ask(olympiad, "student2", "Lena told me about the socks. May I try too?")),
    step(1, "19:01", () => doors.talkPrivately(stages.private, "student1", saidIn(biology, "table"))),
  ];
};

const saidIn = (stage: Stage, key: string) => () => stage.said.get(key)?.id ?? 0;

const BIOLOGY = { name: "Biology 7b", description: "The cress experiment, and whatever else grows.", public: true };
const MATHS = { name: "Maths olympiad", description: "One problem a week. Ask to join.", public: false };
const STAFF = { name: "Staff room", description: "For teachers only.", public: false };

const doorsOf = ({ rooms, requests, threads }: Features, people: People) => {
  const call = (who: Who) => callOf(personOf(people, who));
  const into = (stage: Stage) => ({ params: { id: stage.log?.id ?? 0 }, query: undefined, body: undefined });
  const ask = async (stage: Stage, who: Who, note: string) =>
    (await requests.operations.createJoinRequest({ ...into(stage), body: { note } }, call(who))).body;
  return {
    make: async (stage: Stage, host: Who, body: { name: string; description: string; public: boolean }) => {
      const made = await rooms.operations.createRoom({ params: undefined, query: undefined, body }, call(host));
      stage.log = logRef("room", made.body.id);
    },
    join: (stage: Stage, who: Who) => rooms.operations.joinRoom(into(stage), call(who)),
    ask,
    letIn: async (stage: Stage, who: Who, host: Who, note: string) => {
      const { id } = await ask(stage, who, note);
      const room = into(stage);
      return requests.operations.approveJoin({ ...room, params: { ...room.params, request_id: id } }, call(host));
    },
    hide: (stage: Stage, host: Who) =>
      rooms.operations.updateRoom({ ...into(stage), body: { discoverable: false } }, call(host)),
    talkPrivately: async (stage: Stage, who: Who, messageId: () => number) => {
      const body = { message_id: messageId() };
      const made = await threads.operations.openPrivateThread({ params: undefined, query: undefined, body }, call(who));
      stage.log = logRef("thread", made.body.id);
    },
  };
};
