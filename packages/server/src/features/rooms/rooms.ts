// Rooms: the front of the feature. Who may know and enter a room is in rooms.access.ts.
import { Refusal, type RoomWithParticipants } from "@homeroom/protocol";
import type { Handlers } from "../../kit/call.ts";
import type { Kit } from "../../kit/kit.ts";
import { pageOf, pageWindow } from "../../kit/page.ts";
import { together } from "../../kit/together.ts";
import { handOver, leaveEverywhere } from "./departure.ts";
import { enterRoom, enterRoomById } from "./entering.ts";
import { roomDoor } from "./following.ts";
import { kickFrame, membership } from "./membership.ts";
import { peopleOf } from "./memberships.store.ts";
import { quiet } from "./quiet.ts";
import { replayRooms } from "./replay.ts";
import { roles } from "./roles.ts";
import { roomSettings, type RoomsHooks } from "./room-settings.ts";
import { findSheet, listSheets } from "./room-sheets.store.ts";
import { type MessageFacts, type RoomViews, roomViews, toParticipant } from "./room-view.ts";
import { isListed, isMember, requireMember, requireVisible } from "./rooms.access.ts";

export { holdRoom } from "./hold-room.ts";
export { isInRoom, leadsRoom, type RoomDoor } from "./following.ts";
export { findPerson, moderatorsOf, roomIdsOf } from "./memberships.store.ts";
export { type RequestRow, selectRequests } from "./requests.store.ts";
export { type MessageFacts, viewRequests } from "./room-view.ts";
export * from "./rooms.access.ts";
export type { RoomRow } from "./rooms.store.ts";

const reading = (kit: Kit, { viewRooms, viewRoom }: RoomViews): Pick<Handlers, "listRooms" | "getRoom"> => ({
  listRooms: async ({ query }, { caller: { user } }) => {
    const found = await listSheets(kit.db.read, user.id, pageWindow(query));
    const page = pageOf(found, { path: "/api/chat/rooms/", query });
    return { status: 200, body: { ...page, results: await viewRooms(kit.db.read, user, page.results) } };
  },

  getRoom: async ({ params }, { caller: { user } }) => {
    const db = kit.db.read;
    const standing = await requireVisible(db, user, params.id);
    if (isMember(standing)) {
      const [room, people] = await together([viewRoom(db, user, params.id), peopleOf(db, params.id)]);
      // And again: nobody who is removed in between is shown what was said after they had gone.
      await requireMember(db, user, params.id);
      const body: RoomWithParticipants = { ...room, participants: people.map(toParticipant) };
      return { status: 200, body };
    }
    if (!isListed(standing)) throw new Refusal("not_a_member");
    const sheet = await findSheet(db, user.id, params.id);
    const [card] = sheet ? await viewRooms(db, user, [sheet]) : [];
    if (!card) throw new Refusal("not_found");
    return { status: 200, body: card };
  },
});

/** A school without private threads needs no hooks. */
const noHooks: RoomsHooks = { threadIdsOf: () => Promise.resolve([]) };

export const roomsFeature = (kit: Kit, facts: MessageFacts, hooks: RoomsHooks = noHooks) => {
  const views = roomViews(facts);
  const enter = enterRoom(views);
  return {
    operations: {
      ...reading(kit, views),
      ...roomSettings(kit, views, enter, hooks),
      ...membership(kit, views, enter),
      ...roles(kit, views),
      ...quiet(kit, views),
    },
    frames: kickFrame(kit),
    replay: replayRooms,
    hooks: {
      handOver: handOver(enter),
      leaveEverywhere: leaveEverywhere(enter),
      enterRoomById: enterRoomById(enter, views),
    },
    enterRoom: enter,
    door: roomDoor(kit.db.read),
    ...views,
  };
};

export type RoomsFeature = ReturnType<typeof roomsFeature>;
