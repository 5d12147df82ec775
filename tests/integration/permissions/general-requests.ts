// How the operations that are about no room are asked for, with an account of their own where one is used up.
import { type LooseCall, NO_FILE, NO_ID, PASSWORD, type Person, type StrictServer } from "../../kit/strict-client.ts";
import { kindOf, type Principal } from "./policy.ts";
import { type Cast, personOf } from "./world.ts";

interface Asked {
  person: Person | null;
  call: LooseCall;
}
type Ask = (school: StrictServer, cast: Cast, principal: Principal) => Promise<Asked>;

const plain =
  (call: LooseCall = {}): Ask =>
  (_school, cast, principal) =>
    Promise.resolve({ person: personOf(cast, principal), call });

const idOf = (person: { user: { id: number } } | null) => ({ params: { id: person?.user.id ?? NO_ID } });

const signIn = async (school: StrictServer, { user }: Person) => {
  const body = { username: user.username, password: PASSWORD };
  return (await school.call(null, "login", { body })).body as { refresh: string };
};

/** A new account of the same kind, and its refresh token; the deactivated is deactivated after it has one. */
const fresh = async (school: StrictServer, cast: Cast, principal: Principal) => {
  const kind = kindOf(principal);
  if (kind === "anonymous") return { person: null, refresh: undefined };
  const person = await school.person(kind === "deactivated" ? "student" : kind);
  const { refresh } = await signIn(school, person);
  if (kind === "deactivated") {
    await school.ok(cast.admin, "updateUser", { params: { id: String(person.user.id) }, body: { is_active: false } });
  }
  return { person, refresh };
};

/** One that they are not asking with; any number for those who cannot ask. */
const aSessionOf = async (school: StrictServer, person: Person): Promise<number> => {
  const { status, body } = await school.call(person, "listSessions");
  if (status !== 200) return NO_ID;
  const { results } = body as { results: { id: number; current: boolean }[] };
  return (results.find(({ current }) => !current) ?? results[0])?.id ?? NO_ID;
};

const byRefreshToken: Ask = async (school, cast, principal) => {
  const { refresh } = await fresh(school, cast, principal);
  return { person: null, call: { body: refresh === undefined ? {} : { refresh } } };
};

/** A code that `owner` made, to be withdrawn by the principal. */
const codeBy =
  (ownerOf: (cast: Cast, principal: Principal) => Person): Ask =>
  async (school, cast, principal) => {
    const owner = ownerOf(cast, principal);
    const room =
      owner.user.role === "teacher"
        ? (await school.ok(owner, "createRoom", { body: { name: "Codes" } })).id
        : undefined;
    const invite = await school.ok(owner, "createInvite", { body: { role: "student", ...(room && { room }) } });
    return { person: personOf(cast, principal), call: { params: { id: invite.id } } };
  };

/** A code of an admin, for people of a role, with a room of its own or without one; to be used by the principal. */
const codeFor =
  (role: "student" | "teacher", hasRoom: boolean): Ask =>
  async (school, cast, principal) => {
    const { id } = await school.ok(cast.colleague, "createRoom", { body: { name: "Codes" } });
    const { code } = await school.ok(cast.admin, "createInvite", { body: { role, ...(hasRoom && { room: id }) } });
    return { person: personOf(cast, principal), call: { body: { code } } };
  };

const NOTES = { name: "notes.txt", bytes: "Light, water, air." };

/** A file that somebody uploaded and did not send; any id for those who cannot upload. */
const uploadedBy =
  (ownerOf: (cast: Cast, principal: Principal) => Person | null): Ask =>
  async (school, cast, principal) => {
    const owner = ownerOf(cast, principal);
    const answer = owner && (await school.call(owner, "uploadFile", { file: NOTES }));
    const id = (answer?.body as { id: string } | undefined)?.id ?? NO_FILE;
    return { person: personOf(cast, principal), call: { params: { id } } };
  };

const own = (cast: Cast, principal: Principal): Person => {
  const person = personOf(cast, principal);
  return person && kindOf(principal) !== "deactivated" && person.user.role !== "student" ? person : cast.colleague;
};

let names = 0;

export const GENERAL_REQUESTS: Readonly<Record<string, Ask>> = {
  getSetup: plain(),
  setUp: plain({ body: { school_name: "School", username: "root", password: PASSWORD, display_name: "Root" } }),
  register: (_school, cast, principal) => {
    const body = { username: `newcomer-${++names}`, password: PASSWORD };
    return Promise.resolve({ person: personOf(cast, principal), call: { body } });
  },
  login: async (school, cast, principal) => {
    const { person } = await fresh(school, cast, principal);
    return { person: null, call: { body: { username: person?.user.username ?? "nobody", password: PASSWORD } } };
  },
  refresh: byRefreshToken,
  logout: async (school, cast, principal) => ({ person: (await fresh(school, cast, principal)).person, call: {} }),
  getSession: plain(),
  getMe: plain(),
  updateMe: plain({ body: { email: null } }),
  listSessions: plain(),
  endSession: async (school, cast, principal) => {
    const { person } = await fresh(school, cast, principal);
    return { person, call: { params: { id: await aSessionOf(school, person ?? cast.host) } } };
  },
  "endSession:foreign": async (school, cast, principal) => ({
    person: personOf(cast, principal),
    call: { params: { id: await aSessionOf(school, cast.victim) } },
  }),
  endOtherSessions: async (school, cast, principal) => ({
    person: (await fresh(school, cast, principal)).person,
    call: {},
  }),
  changePassword: async (school, cast, principal) => ({
    person: (await fresh(school, cast, principal)).person,
    call: { body: { current_password: PASSWORD, new_password: "another horse" } },
  }),
  createTicket: plain(),
  listUsers: plain(),
  listRooms: plain(),
  listThreads: plain(),
  listPrivateThreads: plain(),
  searchMessages: plain({ query: { q: "hello" } }),
  listInvites: plain(),
  createInvite: plain({ body: { role: "student" } }),
  "createInvite:teacher": plain({ body: { role: "teacher" } }),
  "createInvite:admin": plain({ body: { role: "admin" } }),
  deleteInvite: codeBy((cast) => cast.colleague),
  "deleteInvite:own": codeBy(own),
  redeemInvite: codeFor("student", true),
  "redeemInvite:teachers": codeFor("teacher", true),
  "redeemInvite:no-room": codeFor("student", false),
  uploadFile: plain({ file: NOTES }),
  discardUpload: uploadedBy((cast, principal) =>
    kindOf(principal) === "deactivated" ? null : personOf(cast, principal),
  ),
  "discardUpload:foreign": uploadedBy((cast) => cast.victim),
  "getAttachment:own": uploadedBy((cast, principal) =>
    kindOf(principal) === "deactivated" ? null : personOf(cast, principal),
  ),
  createRoom: plain({ body: { name: "A room" } }),
  updateUser: async (school, cast, principal) => ({
    person: personOf(cast, principal),
    call: { ...idOf(await school.person()), body: { role: "teacher" } },
  }),
  "updateUser:self": (_school, cast, principal) => {
    const person = personOf(cast, principal);
    return Promise.resolve({ person, call: { ...idOf(person), body: { role: "student" } } });
  },
  "updateUser:nobody": plain({ params: { id: NO_ID }, body: { role: "teacher" } }),
  healthz: plain(),
  readyz: plain(),
};
