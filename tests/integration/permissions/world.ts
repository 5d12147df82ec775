// Rooms with everybody of the policy table in them, each standing to it as their name says; made anew whenever a cell changes one.
import type { Operations, Result, Role } from "@homeroom/protocol";
import { NO_FILE, type Person, type StrictServer } from "../../kit/strict-client.ts";
import { plantThumbs } from "../../kit/uploads.ts";
import { type Actor, PRINCIPALS, type Principal, type ThreadState } from "./policy.ts";

const EXTRAS = {
  /** Written to, kicked, muted, made cohost. */
  victim: "student",
  /** Whom the room may be handed to. */
  colleague: "teacher",
  "other-cohost": "student",
  /** Asked, and was declined. */
  applicant: "student",
  /** In no room at all. */
  stranger: "student",
  "muted-participant": "student",
  "left-participant": "student",
  "kicked-participant": "student",
  participant: "student",
} as const satisfies Record<string, Role>;
type Extra = keyof typeof EXTRAS;

export type Cast = Record<Exclude<Principal, "anonymous"> | Extra, Person>;

/** Null for the anonymous. */
export const personOf = (cast: Cast, actor: Actor): Person | null => (actor === "anonymous" ? null : cast[actor]);

/** One account for each name, for all rooms. */
export const castOf = async (school: StrictServer): Promise<Cast> => {
  const roles: Record<string, Role> = { ...EXTRAS };
  for (const name of PRINCIPALS) if (name !== "anonymous") roles[name] = "student";
  const staff: Record<string, Role> = { host: "teacher", teacher: "teacher", admin: "admin" };
  const cast = (await school.people({ ...roles, ...staff })) as Cast;
  await school.ok(cast.admin, "updateUser", {
    params: { id: String(cast.deactivated.user.id) },
    body: { is_active: false },
  });
  return cast;
};

export interface World {
  room: number;
  state: ThreadState;
  cast: Cast;
  /** What each of them wrote, by name. */
  messages: Map<Actor | Extra, number>;
  /** What each of them wrote and somebody deleted. */
  deleted: Map<Actor | Extra, number>;
  /** The victim's, with thumbnails: one that was sent here, one of a deleted message, and one that was not sent. */
  files: { sent: string; deleted: string; unsent: string };
  /** Requests of this room, pending and declined, and one of another room. */
  requests: { pending: number; decided: number; foreign: number };
  /** Private threads, by the one of the two who is not in `with`. */
  threads: Map<Actor | Extra, PrivateWorld>;
}

interface PrivateWorld {
  id: number;
  mine: number;
  partners: number;
  /** What the partner's message brought. */
  file: string;
}

export interface Wanted {
  state: ThreadState;
  /** Who must stand to the room as their name says; the host and the extras always do. */
  actors: readonly Actor[];
  deletedMessages?: boolean;
  /** Also files: they take time. */
  files?: boolean;
  /** A word in the room's name, another in all that is said there: where they turn up, something was shown. */
  canaries?: { name: string; words: string } | undefined;
  /** Threads of the participants with the victim, or with the host. */
  threadsWith?: "victim" | "host" | undefined;
}

const JOINERS: readonly (Actor | Extra)[] = ["member", "muted", "left", "kicked", "cohost"];
const PARTICIPANTS: readonly Actor[] = ["participant", "muted-participant", "left-participant", "kicked-participant"];
const ALWAYS: readonly (Actor | Extra)[] = ["victim", "colleague", "other-cohost"];

const at = (id: number) => ({ params: { id: String(id) } });
const about = (id: number, user_id: number) => ({ params: { id: String(id), user_id: String(user_id) } });

const NO_FILES = { sent: NO_FILE, deleted: NO_FILE, unsent: NO_FILE };

export class Builder {
  readonly #school: StrictServer;
  readonly #cast: Cast;
  #foreign: Promise<number> | undefined;
  #unsent: Promise<string> | undefined;

  constructor(school: StrictServer, cast: Cast) {
    this.#school = school;
    this.#cast = cast;
  }

  async build(wanted: Wanted): Promise<World> {
    const { host } = this.#cast;
    const room = (
      await this.#school.ok(host, "createRoom", { body: { name: `Biology ${wanted.canaries?.name ?? "7b"}` } })
    ).id;
    const has = (name: Actor | Extra) => (wanted.actors as readonly string[]).includes(name);
    const members = [...JOINERS.filter(has), ...(wanted.threadsWith ? PARTICIPANTS.filter(has) : []), ...ALWAYS];
    await this.#each(members, (person) => this.#school.ok(person, "joinRoom", at(room)));
    const writers = [...members, "host" as const];
    const said = wanted.canaries?.words ?? "Hello";
    const messages = await this.#write(room, writers, said);
    const deleted = wanted.deletedMessages ? await this.#write(room, writers, said) : new Map<Actor | Extra, number>();
    for (const id of deleted.values()) await this.#school.ok(host, "deleteMessage", at(id));
    const files = wanted.files ? await this.#files(room) : NO_FILES;
    const threads = await this.#threads(room, members, wanted, said);
    await this.#stand(room, members);
    const requests = await this.#requests(room);
    await this.#enter(room, wanted.state, threads);
    return { room, state: wanted.state, cast: this.#cast, messages, deleted, files, requests, threads };
  }

  async #each<T>(names: readonly (Actor | Extra)[], work: (person: Person, name: Actor | Extra) => Promise<T>) {
    return Promise.all(names.map((name) => work(this.#cast[name as keyof Cast], name)));
  }

  async #write(
    room: number,
    writers: readonly (Actor | Extra)[],
    content: string,
  ): Promise<Map<Actor | Extra, number>> {
    const written = await this.#each(writers, async (person, name) => {
      const message = await this.#school.ok(person, "sendMessage", { ...at(room), body: { content } });
      return [name, message.id] as const;
    });
    return new Map(written);
  }

  /** As if it were a picture: the thumbnails lie beside it. */
  async #file(by: Person): Promise<string> {
    const file = { name: "notes.txt", bytes: "Light, water, air." };
    const { body } = await this.#school.call(by, "uploadFile", { file });
    const { id } = body as { id: string };
    await plantThumbs(this.#school.server.kit, id);
    return id;
  }

  async #files(room: number): Promise<World["files"]> {
    const school = this.#school;
    const { victim, host } = this.#cast;
    const send = async () => {
      const id = await this.#file(victim);
      const message = await school.ok(victim, "sendMessage", { ...at(room), body: { content: "", attachments: [id] } });
      return { id, message };
    };
    const gone = await send();
    await school.ok(host, "deleteMessage", at(gone.message.id));
    this.#unsent ??= this.#file(victim);
    return { sent: (await send()).id, deleted: gone.id, unsent: await this.#unsent };
  }

  async #threads(
    room: number,
    members: readonly (Actor | Extra)[],
    { threadsWith: withWhom, files }: Wanted,
    content: string,
  ) {
    if (!withWhom) return new Map<Actor | Extra, PrivateWorld>();
    const school = this.#school;
    const partner = this.#cast[withWhom];
    const made = await this.#each(
      members.filter((name) => (PARTICIPANTS as readonly string[]).includes(name)),
      async (person, name) => {
        const body = { user_id: partner.user.id, room_id: room };
        const { id } = await school.ok(person, "openPrivateThread", { body });
        const write = (by: Person, attachments: string[]) =>
          school.ok(by, "sendPrivateMessage", { ...at(id), body: { content, attachments } });
        const mine = await write(person, []);
        const file = files ? await this.#file(partner) : NO_FILE;
        const partners = await write(partner, files ? [file] : []);
        return [name, { id, mine: mine.id, partners: partners.id, file }] as const;
      },
    );
    return new Map<Actor | Extra, PrivateWorld>(made);
  }

  /** Cohosts are named, the muted muted, the gone go. */
  async #stand(room: number, members: readonly (Actor | Extra)[]): Promise<void> {
    const { host } = this.#cast;
    await this.#each(members, async (person, name) => {
      const them = about(room, person.user.id);
      if (name.endsWith("cohost"))
        await this.#school.ok(host, "setRoomRole", { ...them, body: { room_role: "cohost" } });
      if (name.startsWith("muted")) await this.#school.ok(host, "muteMember", { ...them, body: { minutes: 60 } });
      if (name.startsWith("left")) await this.#school.ok(person, "leaveRoom", at(room));
      if (name.startsWith("kicked")) await this.#school.ok(host, "kickMember", them);
    });
  }

  /** Made while the room is private and listed. */
  async #requests(room: number): Promise<World["requests"]> {
    const { host, pending, applicant } = this.#cast;
    const ask = (person: Person, id: number) => this.#school.ok(person, "createJoinRequest", at(id));
    const close = (id: number) =>
      this.#school.ok(host, "updateRoom", { ...at(id), body: { public: false, discoverable: true } });
    const elsewhere = async () => {
      const other = await this.#school.ok(host, "createRoom", { body: { name: "Another room" } });
      await close(other.id);
      return (await ask(pending, other.id)).id;
    };
    this.#foreign ??= elsewhere();
    await close(room);
    const [waiting, declined] = await Promise.all([ask(pending, room), ask(applicant, room)]);
    const params = { id: String(room), request_id: String(declined.id) };
    await this.#school.ok(host, "denyJoin", { params });
    return { pending: waiting.id, decided: declined.id, foreign: await this.#foreign };
  }

  async #enter(room: number, state: ThreadState, threads: World["threads"]): Promise<void> {
    const { host } = this.#cast;
    const change = (body: Partial<Pick<Result<Operations["updateRoom"]>, "public" | "discoverable" | "is_active">>) =>
      this.#school.ok(host, "updateRoom", { ...at(room), body });
    if (state === "D") await this.#school.ok(host, "deleteRoom", at(room));
    if (state === "H") await change({ discoverable: false });
    if (state === "P" || state === "C") await change({ public: true });
    if (state === "A") await change({ public: true, is_active: false });
    if (state !== "C") return;
    for (const { id } of threads.values()) {
      await this.#school.ok(host, "updatePrivateThread", { ...at(id), body: { is_active: false } });
    }
  }
}
