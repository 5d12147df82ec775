// All features together on a test kit, below the gateway: any operation of the contract, asked by anybody.
import type { Operations, PrivateThread, Role, Room, UserCard } from "@homeroom/protocol";
import { composeFeatures, handlersOf } from "../../packages/server/src/compose.ts";
import { readConfig } from "../../packages/server/src/config.ts";
import type { Handlers } from "../../packages/server/src/kit/call.ts";
import type { Kit } from "../../packages/server/src/kit/kit.ts";
import type { OpenDatabase } from "./databases.ts";
import { testBrowser } from "./feature-kit.ts";
import { asSent, callOf, testKit } from "./kit.ts";

interface Given {
  params?: object;
  query?: object;
  body?: object;
}
type Body<K extends keyof Operations> = Awaited<ReturnType<Handlers[K]>>["body"];

export const SECRET = "a secret of the tests, long enough";

/** `over` replaces parts of the kit, such as its throttle. */
export const featuresKit = ({ db }: OpenDatabase, env: Record<string, string> = {}, over: Partial<Kit> = {}) => {
  const base = testKit(db);
  const config = readConfig({ LIMITS: "off", REGISTRATION: "open", JWT_SECRET: SECRET, ...env });
  const kit: Kit = { ...base.kit, config, ...over };
  const features = composeFeatures(kit);
  const no = () => Promise.reject(new Error("not here"));
  const handlers = handlersOf(features, { healthz: no, readyz: no });
  let made = 0;
  const ask = async <K extends keyof Operations>(user: UserCard, name: K, given: Given = {}): Promise<Body<K>> => {
    const handler = handlers[name] as (input: object, call: object) => Promise<{ body: Body<K> }>;
    const input = { params: undefined, query: {}, body: undefined, ...given };
    return asSent((await handler(input, callOf(user))).body);
  };
  return {
    base,
    db,
    kit,
    features,
    handlers,
    ask,
    /** A new account with a name of its own. */
    user: (role: Role = "student") => base.addUser(`${role}${++made}`, role),
    /** A public room of this host, with these people in it. */
    room: async (host: UserCard, members: readonly UserCard[] = [], body: object = {}): Promise<Room> => {
      const room = await ask(host, "createRoom", { body: { name: "Biology 7b", ...body } });
      for (const member of members) await ask(member, "joinRoom", { params: { id: room.id } });
      return room;
    },
    say: (user: UserCard, room: number, content: string, more: object = {}) =>
      ask(user, "sendMessage", { params: { id: room }, body: { content, ...more } }),
    openThread: (user: UserCard, room: number, other: UserCard): Promise<PrivateThread> =>
      ask(user, "openPrivateThread", { body: { room_id: room, user_id: other.id } }),
    tell: (user: UserCard, thread: number, content: string) =>
      ask(user, "sendPrivateMessage", { params: { id: thread }, body: { content } }),
    /** Makes an account with a code, as a visitor does. */
    register: (username: string, invite_code: string) =>
      handlers.register(
        { params: undefined, query: undefined, body: { username, password: "correct horse", invite_code } },
        testBrowser(),
      ),
  };
};

export type FeaturesKit = ReturnType<typeof featuresKit>;
