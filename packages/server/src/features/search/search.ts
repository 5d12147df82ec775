// Search: the front of the feature. Where the caller may look is asked of the gates of rooms and private threads, before
// the search, so that the index is never asked about anything else, and again when what was found has been read.
import { Refusal, SIZES, type UserCard } from "@homeroom/protocol";
import type { Handlers } from "../../kit/call.ts";
import type { Kit } from "../../kit/kit.ts";
import { type LogRef, logRef } from "../../kit/ports.ts";
import { messagesIn } from "../messages/messages.ts";
import type { PrivateThreadsFeature } from "../private-threads/private-threads.ts";
import { requireMember, type RoomDoor } from "../rooms/rooms.ts";
import { termsOf } from "./query.ts";
import { findMessages } from "./search.store.ts";

type Operations = Pick<Handlers, "searchMessages">;
type Query = Parameters<Operations["searchMessages"]>[0]["query"];

const PATH = "/api/chat/search/";

export const searchFeature = (
  kit: Kit,
  rooms: Pick<RoomDoor, "logsOf">,
  threads: Pick<PrivateThreadsFeature, "logsOf" | "enter">,
): { operations: Operations } => {
  const { db } = kit;

  /** Where the caller may look now. Throws as reading the named room or thread does. */
  const readable = async (user: UserCard, { room, thread }: Query): Promise<readonly LogRef[]> => {
    if (room !== undefined) {
      await requireMember(db.read, user, room);
      return [logRef("room", room)];
    }
    if (thread !== undefined) return [await threads.enter(user, thread)];
    return (await Promise.all([rooms.logsOf(user.id), threads.logsOf(user.id)])).flat();
  };

  return {
    operations: {
      searchMessages: async ({ query }, { caller: { user } }) => {
        if (query.room !== undefined && query.thread !== undefined) {
          const only = ["Only one of these."];
          throw new Refusal("bad_request", { fields: { room: only, thread: only } });
        }
        kit.throttle.take(["search", String(user.id)]);
        const limit = query.limit ?? SIZES.page_default;
        const mine = () => readable(user, query);
        const logs = await mine();
        const ids = await findMessages(db.read, db.dialect, {
          terms: termsOf(query.q),
          logIds: logs.map(({ id }) => id),
          senderId: query.from,
          before: query.before,
          rows: limit + 1,
        });
        const results = await messagesIn(db.read, mine, ids.slice(0, limit), user.id);
        return { status: 200, body: { results, next: nextOf(query, limit, ids), previous: null } };
      },
    },
  };
};

/** The one row too many tells whether there is more. */
const nextOf = (query: Query, limit: number, ids: readonly number[]): string | null => {
  if (ids.length <= limit) return null;
  const asked = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...query, limit, before: ids[limit - 1] })) {
    if (value !== undefined) asked.set(name, String(value));
  }
  return `${PATH}?${asked.toString()}`;
};
