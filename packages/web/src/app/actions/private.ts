// Private chats: opening one, from a message or with a person of a room.
import { ApiError } from "../../kit/failures.ts";
import { addToast, type Core, update } from "../core.ts";
import { goTo } from "../router.ts";
import { learnThread } from "../state.ts";

const words = { restricted: "Private chats are not allowed here. Ask your teacher." };

type With = { message_id: number } | { user_id: number; room_id: number };

/** Opens the chat beside its room. Where the school or the room allows none, that is said. */
export async function openPrivate(core: Core, whom: With): Promise<void> {
  try {
    const thread = await core.api.post("/api/chat/private-threads/", { body: whom, idempotencyKey: core.randomId() });
    update(core, (state) => learnThread(state, thread));
    goTo({ name: "room", id: thread.room, panel: { kind: "private", id: thread.id } });
  } catch (error) {
    if (!(error instanceof ApiError) || error.code !== "private_threads_restricted") throw error;
    addToast(core, { tone: "info", text: words.restricted });
  }
}
