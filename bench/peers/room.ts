// What both yardsticks say in their rooms: messages as large as Homeroom's, which they keep nowhere.
import { flushCompileCache } from "node:module";

interface Told {
  content: string;
  client_id: string;
}

let last = 0;

/** `user` is the number that the socket's address names; nobody checks it. */
export const messageOf = ({ content, client_id }: Told, user: string) => {
  const id = ++last;
  return {
    id,
    room: 1,
    seq: id,
    client_id,
    sender: {
      id: Number(user),
      username: `load${user}`,
      display_name: `Load ${user}`,
      role: "student",
      avatar_url: null,
    },
    content,
    reply_to: null,
    reply_preview: null,
    thread_root: null,
    also_in_room: false,
    replies: null,
    attachments: [],
    reactions: [],
    pinned: false,
    created_at: new Date().toISOString(),
    edited_at: null,
    deleted: false,
  };
};

export const userOf = (address: string): string => /user=(\d+)/.exec(address)?.[1] ?? "0";

export const sayReady = (address: unknown): void => {
  // Node writes it only when a process ends by itself.
  flushCompileCache();
  if (typeof address === "object" && address !== null && "port" in address)
    console.log(`ready on port ${String(address.port)}`);
};
