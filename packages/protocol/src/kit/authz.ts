// Who may use an operation or a frame, and who hears an event. Words for people and for the OpenAPI page; the gates enforce them.

/**
 * - `anyone`: no sign-in needed
 * - `user`: anybody signed in; `self`: only about oneself; `staff`: teachers and admins; `admin`
 * - `visible`: whoever may see the room's card; `member`, `host`, `host_or_cohost`: by the role in the room
 * - `participant`: one of the two of a private thread; `staff_of_room`: a teacher or admin who is host or cohost of its room
 * - `sender`: who wrote the message; `sender_or_moderator`: that, or host or cohost of its room
 */
export type Authz =
  | "anyone"
  | "user"
  | "self"
  | "staff"
  | "admin"
  | "visible"
  | "member"
  | "host"
  | "host_or_cohost"
  | "participant"
  | "staff_of_room"
  | "sender"
  | "sender_or_moderator";

/**
 * - `log`: every member of the room, or both participants of the thread, the sender included
 * - `others`: the same without the one it is about
 * - `moderators`: hosts and cohosts; `user`: all sockets of one person; `socket`: the one socket that asked
 */
export type Audience = "log" | "others" | "moderators" | "user" | "socket";
