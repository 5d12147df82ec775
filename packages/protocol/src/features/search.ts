// Search: messages by their words, over what the caller may read now.
import { z } from "zod";
import { operation } from "../kit/operation.ts";
import { LogQuery, page, text } from "../kit/primitives.ts";
import { SIZES } from "../kit/sizes.ts";
import { Message, PrivateMessage } from "./messages.ts";

const { limit, before } = LogQuery.shape;
const id = before;

export const searchMessages = operation({
  method: "get",
  path: "/api/chat/search/",
  authz: "user",
  summary: 'Messages that have all the words (the last one may be unfinished) and "phrases", newest first',
  /** `before` is a message's id; `room` and `thread` narrow it down to one of them. */
  query: z.strictObject({
    q: text({ min: 1, max: SIZES.search }),
    room: id,
    thread: id,
    from: id,
    before,
    limit,
  }),
  responses: { 200: page(z.union([Message, PrivateMessage])) },
  errors: ["not_found", "not_a_member"],
});
