// The policy table: who may do what, and how the others are told. Written from the contract, apart from the code, on purpose.
// A cell is a status of success or one of the words below. Read by permissions.api.test.ts and permissions.socket.test.ts.

/** What a word in a cell stands for: `status code`. */
export const WORDS: Readonly<Record<string, string>> = {
  br: "400 bad_request",
  cs: "400 cannot_target_self",
  ch: "400 cannot_target_host",
  na: "401 not_authenticated",
  ti: "401 token_invalid",
  ic: "401 invalid_credentials",
  fo: "403 forbidden",
  nm: "403 not_a_member",
  mu: "403 muted",
  ki: "403 kicked",
  jr: "403 join_request_required",
  nf: "404 not_found",
  su: "409 already_set_up",
  ri: "409 room_inactive",
  rp: "409 room_is_public",
  nc: "409 not_a_member",
  ht: "409 host_must_transfer",
  am: "409 already_member",
  ap: "409 already_pending",
  dn: "409 already_processed",
  md: "409 message_deleted",
  tc: "409 thread_inactive",
};

/** Of a room: never in it, asked to be let in, in it, in it and muted, was in it, was removed from it … */
export const PRINCIPALS = [
  "anonymous",
  "outsider",
  "pending",
  "member",
  "muted",
  "left",
  "kicked",
  "teacher",
  "cohost",
  "host",
  "admin",
  "deactivated",
] as const;
export type Principal = (typeof PRINCIPALS)[number];

/** P public, L private and listed, H private and hidden, A archived (public before), D deleted. */
export const ROOM_STATES = { P: "public", L: "listed", H: "hidden", A: "archived", D: "deleted" } as const;
export type RoomState = keyof typeof ROOM_STATES;

/**
 * The columns: outsider pending member muted left kicked teacher cohost host admin. Nobody signed in is always `na`, the
 * deactivated `ti`; a deleted room is `nf` for everybody unless a row says otherwise. The outsider is a student and so is the
 * cohost; teacher and admin are in no room of this table. After a colon stands which case of the operation it is.
 */
const ROOMS = `
getRoom                    PL    200 200 200 200 200 200 200 200 200 200
getRoom                    HA    nf  nm  200 200 nm  nm  nf  200 200 nf
updateRoom                 PL    nm  nm  fo  fo  nm  nm  nm  fo  200 nm
updateRoom                 HA    nf  nm  fo  fo  nm  nm  nf  fo  200 nf
deleteRoom                 PL    nm  nm  fo  fo  nm  nm  nm  fo  204 nm
deleteRoom                 HA    nf  nm  fo  fo  nm  nm  nf  fo  204 nf
joinRoom                   P     200 200 200 200 200 ki  200 200 200 200
joinRoom                   L     jr  jr  200 200 jr  ki  jr  200 200 jr
joinRoom                   H     nf  jr  200 200 jr  ki  nf  200 200 nf
joinRoom                   A     nf  ri  200 200 ri  ki  nf  200 200 nf
leaveRoom                  PL    nc  nc  200 200 nc  nc  nc  200 ht  nc
leaveRoom                  HA    nf  nc  200 200 nc  nc  nf  200 ht  nf
kickMember                 PL    nm  nm  fo  fo  nm  nm  nm  200 200 nm
kickMember                 HA    nf  nm  fo  fo  nm  nm  nf  200 200 nf
kickMember:self            PL    nm  nm  fo  fo  nm  nm  nm  cs  cs  nm
kickMember:self            HA    nf  nm  fo  fo  nm  nm  nf  cs  cs  nf
kickMember:host            PL    nm  nm  fo  fo  nm  nm  nm  ch  cs  nm
kickMember:host            HA    nf  nm  fo  fo  nm  nm  nf  ch  cs  nf
kickMember:other-cohost    PL    nm  nm  fo  fo  nm  nm  nm  fo  200 nm
kickMember:stranger        PL    nm  nm  fo  fo  nm  nm  nm  nf  nf  nm
kickMember:stranger        HA    nf  nm  fo  fo  nm  nm  nf  nf  nf  nf
transferHost               PL    nm  nm  fo  fo  nm  nm  nm  fo  200 nm
transferHost               HA    nf  nm  fo  fo  nm  nm  nf  fo  200 nf
transferHost:student       PL    nm  nm  fo  fo  nm  nm  nm  fo  br  nm
transferHost:self          PL    nm  nm  fo  fo  nm  nm  nm  fo  cs  nm
transferHost:stranger      PL    nm  nm  fo  fo  nm  nm  nm  fo  nf  nm
setRoomRole                PL    nm  nm  fo  fo  nm  nm  nm  fo  200 nm
setRoomRole                HA    nf  nm  fo  fo  nm  nm  nf  fo  200 nf
setRoomRole:self           PL    nm  nm  fo  fo  nm  nm  nm  fo  ch  nm
setRoomRole:other-cohost   PL    nm  nm  fo  fo  nm  nm  nm  fo  200 nm
setRoomRole:stranger       PL    nm  nm  fo  fo  nm  nm  nm  fo  nf  nm
muteMember                 PL    nm  nm  fo  fo  nm  nm  nm  200 200 nm
muteMember                 HA    nf  nm  fo  fo  nm  nm  nf  200 200 nf
muteMember:self            PL    nm  nm  fo  fo  nm  nm  nm  cs  cs  nm
muteMember:host            PL    nm  nm  fo  fo  nm  nm  nm  ch  cs  nm
muteMember:other-cohost    PL    nm  nm  fo  fo  nm  nm  nm  fo  200 nm
muteMember:stranger        PL    nm  nm  fo  fo  nm  nm  nm  nf  nf  nm
unmuteMember               PL    nm  nm  fo  fo  nm  nm  nm  200 200 nm
unmuteMember               HA    nf  nm  fo  fo  nm  nm  nf  200 200 nf
unmuteMember:other-cohost  PL    nm  nm  fo  fo  nm  nm  nm  fo  200 nm
quietRoom                  PL    nm  nm  200 200 nm  nm  nm  200 200 nm
quietRoom                  HA    nf  nm  200 200 nm  nm  nf  200 200 nf
unquietRoom                PL    nm  nm  200 200 nm  nm  nm  200 200 nm
unquietRoom                HA    nf  nm  200 200 nm  nm  nf  200 200 nf
createJoinRequest          P     rp  rp  am  am  rp  201 rp  am  am  rp
createJoinRequest          L     201 ap  am  am  201 201 201 am  am  201
createJoinRequest          H     nf  ap  am  am  201 201 nf  am  am  nf
createJoinRequest          A     nf  rp  am  am  rp  ri  nf  am  am  nf
withdrawJoinRequest        PLHA nf  204 nf  nf  nf  nf  nf  nf  nf  nf
listJoinRequests           PL    nm  nm  fo  fo  nm  nm  nm  200 200 nm
listJoinRequests           HA    nf  nm  fo  fo  nm  nm  nf  200 200 nf
approveJoin                PL    nm  nm  fo  fo  nm  nm  nm  200 200 nm
approveJoin                H     nf  nm  fo  fo  nm  nm  nf  200 200 nf
approveJoin                A     nf  nm  fo  fo  nm  nm  nf  ri  ri  nf
approveJoin:foreign        PL    nm  nm  fo  fo  nm  nm  nm  nf  nf  nm
approveJoin:foreign        HA    nf  nm  fo  fo  nm  nm  nf  nf  nf  nf
approveJoin:decided        PL    nm  nm  fo  fo  nm  nm  nm  dn  dn  nm
denyJoin                   PL    nm  nm  fo  fo  nm  nm  nm  200 200 nm
denyJoin                   HA    nf  nm  fo  fo  nm  nm  nf  200 200 nf
denyJoin:foreign           PL    nm  nm  fo  fo  nm  nm  nm  nf  nf  nm
denyJoin:foreign           HA    nf  nm  fo  fo  nm  nm  nf  nf  nf  nf
denyJoin:decided           PL    nm  nm  fo  fo  nm  nm  nm  dn  dn  nm
listMessages               PL    nm  nm  200 200 nm  nm  nm  200 200 nm
listMessages               HA    nf  nm  200 200 nm  nm  nf  200 200 nf
searchMessages:room        PL    nm  nm  200 200 nm  nm  nm  200 200 nm
searchMessages:room        HA    nf  nm  200 200 nm  nm  nf  200 200 nf
sendMessage                PL    nm  nm  201 mu  nm  nm  nm  201 201 nm
sendMessage                H     nf  nm  201 mu  nm  nm  nf  201 201 nf
sendMessage                A     nf  nm  ri  mu  nm  nm  nf  ri  ri  nf
sendMessage:others-file    PL    nm  nm  br  mu  nm  nm  nm  br  br  nm
sendMessage:others-file    H     nf  nm  br  mu  nm  nm  nf  br  br  nf
sendMessage:sent-file      PL    nm  nm  br  mu  nm  nm  nm  br  br  nm
getAttachment              PLHA  nf  nf  200 200 nf  nf  nf  200 200 nf
getAttachment:deleted      PLHA  nf  nf  nf  nf  nf  nf  nf  nf  nf  nf
getAttachment:unsent       PLHA  nf  nf  nf  nf  nf  nf  nf  nf  nf  nf
getThumbnail               PLHA  nf  nf  200 200 nf  nf  nf  200 200 nf
getThumbnail:deleted       PLHA  nf  nf  nf  nf  nf  nf  nf  nf  nf  nf
discardUpload:sent         PLHA  nf  nf  nf  nf  nf  nf  nf  nf  nf  nf
editMessage                PLHA  nf  nf  fo  fo  nf  nf  nf  fo  fo  nf
editMessage:own            PLH   nf  nf  200 mu  nf  nf  nf  200 200 nf
editMessage:own            A     nf  nf  ri  mu  nf  nf  nf  ri  ri  nf
editMessage:deleted        PLH   nf  nf  md  mu  nf  nf  nf  md  md  nf
deleteMessage              PLH   nf  nf  fo  fo  nf  nf  nf  204 204 nf
deleteMessage              A     nf  nf  fo  fo  nf  nf  nf  ri  ri  nf
deleteMessage:own          PLH   nf  nf  204 204 nf  nf  nf  204 204 nf
deleteMessage:own          A     nf  nf  ri  ri  nf  nf  nf  ri  ri  nf
deleteMessage:deleted      PLH   nf  nf  204 204 nf  nf  nf  204 204 nf
addReaction                PLH   nf  nf  200 mu  nf  nf  nf  200 200 nf
addReaction                A     nf  nf  ri  mu  nf  nf  nf  ri  ri  nf
addReaction:deleted        PLH   nf  nf  md  mu  nf  nf  nf  md  md  nf
addReaction:no-emoji       PLHAD br  br  br  br  br  br  br  br  br  br
removeReaction             PLH   nf  nf  200 mu  nf  nf  nf  200 200 nf
removeReaction             A     nf  nf  ri  mu  nf  nf  nf  ri  ri  nf
removeReaction:deleted     PLH   nf  nf  md  mu  nf  nf  nf  md  md  nf
pinMessage                 PLH   nf  nf  fo  fo  nf  nf  nf  200 200 nf
pinMessage                 A     nf  nf  fo  fo  nf  nf  nf  ri  ri  nf
pinMessage:deleted         PLH   nf  nf  fo  fo  nf  nf  nf  md  md  nf
unpinMessage               PLH   nf  nf  fo  fo  nf  nf  nf  200 200 nf
unpinMessage               A     nf  nf  fo  fo  nf  nf  nf  ri  ri  nf
unpinMessage:deleted       PLH   nf  nf  fo  fo  nf  nf  nf  md  md  nf
listPins                   PL    nm  nm  200 200 nm  nm  nm  200 200 nm
listPins                   HA    nf  nm  200 200 nm  nm  nf  200 200 nf
readRoom                   PL    nm  nm  200 200 nm  nm  nm  200 200 nm
readRoom                   HA    nf  nm  200 200 nm  nm  nf  200 200 nf
getThread                  PLHA  nf  nf  200 200 nf  nf  nf  200 200 nf
followThread               PLHA  nf  nf  200 200 nf  nf  nf  200 200 nf
unfollowThread             PLHA  nf  nf  200 200 nf  nf  nf  200 200 nf
readThread                 PLHA  nf  nf  200 200 nf  nf  nf  200 200 nf
openPrivateThread          PL    nm  nm  201 201 nm  nm  nm  201 201 nm
openPrivateThread          H     nf  nm  201 201 nm  nm  nf  201 201 nf
openPrivateThread          A     nf  nm  ri  ri  nm  nm  nf  ri  ri  nf
openPrivateThread:message  PLH   nf  nf  201 201 nf  nf  nf  201 201 nf
openPrivateThread:message  A     nf  nf  ri  ri  nf  nf  nf  ri  ri  nf
openPrivateThread:self     PL    nm  nm  cs  cs  nm  nm  nm  cs  cs  nm
openPrivateThread:stranger PL    nm  nm  nf  nf  nm  nm  nm  nf  nf  nm
createInvite:room          PL    fo  fo  fo  fo  fo  fo  nm  fo  201 201
createInvite:room          HA    fo  fo  fo  fo  fo  fo  nf  fo  201 201
createInvite:room          D     fo  fo  fo  fo  fo  fo  nf  fo  nf  nf
`;

/** The same columns of a room, but each of the first four is one of the two people of a private thread there. */
export const THREAD_PRINCIPALS = [
  "participant",
  "muted-participant",
  "left-participant",
  "kicked-participant",
  "outsider",
  "pending",
  "member",
  "left",
  "kicked",
  "teacher",
  "cohost",
  "host",
  "admin",
] as const;
export type Actor = Principal | (typeof THREAD_PRINCIPALS)[number];

/** Besides the states of its room: C, closed by staff, in a public room. */
export type ThreadState = RoomState | "C";

/**
 * `:partner` is about what the other one wrote, `:host` about a thread with the host, which outlives a membership. The
 * cohost of the table is a student, and no staff.
 */
const THREADS = `
getPrivateThread             PLHAC 200 200 200 200 nf nf nf nf nf nf nf  nf  nf
listPrivateMessages          PLHAC 200 200 200 200 nf nf nf nf nf nf nf  nf  nf
searchMessages:thread        PLHAC 200 200 200 200 nf nf nf nf nf nf nf  nf  nf
getAttachment:private        PLHAC 200 200 200 200 nf nf nf nf nf nf nf  nf  nf
getThumbnail:private         PLHAC 200 200 200 200 nf nf nf nf nf nf nf  nf  nf
readPrivateThread            PLHAC 200 200 200 200 nf nf nf nf nf nf nf  nf  nf
sendPrivateMessage           PLH   201 mu  nm  nm  nf nf nf nf nf nf nf  nf  nf
sendPrivateMessage           A     ri  mu  nm  nm  nf nf nf nf nf nf nf  nf  nf
sendPrivateMessage           C     tc  mu  nm  nm  nf nf nf nf nf nf nf  nf  nf
sendPrivateMessage:host      PLH   201 201 201 201 nf nf nf nf nf nf nf  *   nf
editPrivateMessage           PLH   200 mu  nm  nm  nf nf nf nf nf nf nf  nf  nf
editPrivateMessage           A     ri  mu  nm  nm  nf nf nf nf nf nf nf  nf  nf
editPrivateMessage           C     tc  mu  nm  nm  nf nf nf nf nf nf nf  nf  nf
editPrivateMessage:partner   PLHAC fo  fo  fo  fo  nf nf nf nf nf nf nf  nf  nf
deletePrivateMessage         PLH   204 204 nm  nm  nf nf nf nf nf nf nf  nf  nf
deletePrivateMessage         A     ri  ri  nm  nm  nf nf nf nf nf nf nf  nf  nf
deletePrivateMessage         C     tc  tc  nm  nm  nf nf nf nf nf nf nf  nf  nf
deletePrivateMessage:partner PLHAC fo  fo  fo  fo  nf nf nf nf nf nf nf  nf  nf
addPrivateReaction           PLH   200 mu  nm  nm  nf nf nf nf nf nf nf  nf  nf
addPrivateReaction           A     ri  mu  nm  nm  nf nf nf nf nf nf nf  nf  nf
addPrivateReaction           C     tc  mu  nm  nm  nf nf nf nf nf nf nf  nf  nf
removePrivateReaction        PLH   200 mu  nm  nm  nf nf nf nf nf nf nf  nf  nf
removePrivateReaction        A     ri  mu  nm  nm  nf nf nf nf nf nf nf  nf  nf
removePrivateReaction        C     tc  mu  nm  nm  nf nf nf nf nf nf nf  nf  nf
updatePrivateThread          PLHAC fo  fo  nm  nm  nf nf nf nf nf nf nf  200 nf
`;

/** What is about no room: anonymous, student, teacher, admin, deactivated. */
const GENERAL = `
getSetup                 200 200 200 200 200
setUp                    su  su  su  su  su
register                 201 201 201 201 201
login                    ic  200 200 200 ic
refresh                  na  200 200 200 ti
logout                   200 200 200 200 200
getSession               200 200 200 200 200
getMe                    na  200 200 200 ti
updateMe                 na  200 200 200 ti
listSessions             na  200 200 200 ti
endSession               na  204 204 204 ti
endSession:foreign       na  nf  nf  nf  ti
endOtherSessions         na  200 200 200 ti
changePassword           na  200 200 200 ti
createTicket             na  200 200 200 ti
listUsers                na  200 200 200 ti
listRooms                na  200 200 200 ti
listThreads              na  200 200 200 ti
listPrivateThreads       na  200 200 200 ti
searchMessages           na  200 200 200 ti
listInvites              na  fo  200 200 ti
createInvite             na  fo  br  201 ti
createInvite:teacher     na  fo  fo  201 ti
createInvite:admin       na  fo  fo  201 ti
deleteInvite             na  fo  nf  204 ti
deleteInvite:own         na  fo  204 204 ti
redeemInvite             na  200 200 200 ti
redeemInvite:teachers    na  br  200 200 ti
redeemInvite:no-room     na  br  br  br  ti
uploadFile               na  201 201 201 ti
discardUpload            na  204 204 204 ti
discardUpload:foreign    na  nf  nf  nf  ti
getAttachment:own        na  200 200 200 ti
createRoom               na  fo  201 201 ti
updateUser               na  fo  fo  200 ti
updateUser:self          na  fo  fo  cs  ti
updateUser:nobody        na  fo  fo  nf  ti
healthz                  200 200 200 200 200
readyz                   200 200 200 200 200
`;

export interface Row<P extends string = string> {
  /** `operation` or `operation:case`. */
  key: string;
  operation: string;
  variant: string;
  state: string;
  cells: ReadonlyMap<P, string>;
}

const linesOf = (table: string) =>
  table
    .trim()
    .split("\n")
    .map((line) => line.trim().split(/\s+/));

const rowOf = <P extends string>(key: string, state: string, names: readonly P[], cells: readonly string[]): Row<P> => {
  const [operation = "", variant = ""] = key.split(":");
  if (cells.length !== names.length) throw new Error(`${key} ${state} has ${cells.length} cells, not ${names.length}`);
  const pairs = names.map((name, i): [P, string] => [name, cells[i] ?? ""]);
  const known = ([, cell]: [P, string]) => /^2\d\d$|^\*$/.test(cell) || cell in WORDS;
  const strange = pairs.find((pair) => !known(pair));
  if (strange) throw new Error(`${key} ${state}: what is ${strange[1]}?`);
  // A star is a cell that cannot be, or that another row says.
  return { key, operation, variant, state, cells: new Map(pairs.filter(([, cell]) => cell !== "*")) };
};

const signedInOnly = (cells: readonly string[]) => ["na", ...cells, "ti"];

/** One row per state of the table; the deleted are added where the table leaves them to the rule. */
const perState = <P extends string>(table: string, names: readonly P[]): Row<P>[] => {
  const rows = linesOf(table).flatMap(([key = "", states = "", ...cells]) =>
    [...states].map((state) => rowOf(key, state, names, signedInOnly(cells))),
  );
  const said = new Set(rows.filter(({ state }) => state === "D").map(({ key }) => key));
  const silent = new Set(rows.map(({ key }) => key).filter((key) => !said.has(key)));
  const gone = [...silent].map((key) => rowOf(key, "D", names, signedInOnly(names.slice(2).map(() => "nf"))));
  return [...rows, ...gone];
};

export const ROOM_POLICY: readonly Row<Principal>[] = perState(ROOMS, PRINCIPALS);

const THREAD_ACTORS = ["anonymous", ...THREAD_PRINCIPALS, "deactivated"] as const;
export const THREAD_POLICY: readonly Row<Actor>[] = perState(THREADS, THREAD_ACTORS);

const KINDS = ["anonymous", "student", "teacher", "admin", "deactivated"] as const;
export const kindOf = (principal: Principal): (typeof KINDS)[number] => {
  if (principal === "anonymous" || principal === "deactivated" || principal === "admin") return principal;
  return principal === "host" || principal === "teacher" ? "teacher" : "student";
};

/** For each of the principals of a room, though none of it is about a room. */
export const GENERAL_POLICY: readonly Row<Principal>[] = linesOf(GENERAL).map(([key = "", ...kinds]) =>
  rowOf(
    key,
    "-",
    PRINCIPALS,
    PRINCIPALS.map((principal) => kinds[KINDS.indexOf(kindOf(principal))] ?? ""),
  ),
);

/** `200` or `403 muted`, whatever the cell says. */
export const meaning = (cell: string): string => WORDS[cell] ?? cell;

/** How a room's own socket is answered: let in, let into the lobby, or closed with a code. Columns as for rooms. */
const ROOM_DOOR = `
room-door PL    4403 lobby hello hello 4403 4403 4403 hello hello 4403
room-door HA    4404 lobby hello hello 4403 4403 4404 hello hello 4404
room-door D     4404 4404  4404  4404  4404 4404 4404 4404  4404  4404
`;
const THREAD_DOOR = `
thread-door PLHAC hello hello hello hello 4404 4404 4404 4404 4404 4404 4404 4404 4404
thread-door D     4404  4404  4404  4404  4404 4404 4404 4404 4404 4404 4404 4404 4404
`;

const doors = <P extends string>(table: string, names: readonly P[]): Row<P>[] =>
  linesOf(table).flatMap(([key = "", states = "", ...cells]) =>
    [...states].map((state): Row<P> => {
      const all = ["4401", ...cells, "4401"];
      const pairs = names.map((name, i): [P, string] => [name, all[i] ?? ""]);
      return { key, operation: key, variant: "", state, cells: new Map(pairs) };
    }),
  );

export const ROOM_DOOR_POLICY: readonly Row<Principal>[] = doors(ROOM_DOOR, PRINCIPALS);
export const THREAD_DOOR_POLICY: readonly Row<Actor>[] = doors(THREAD_DOOR, THREAD_ACTORS);

/**
 * A frame has the verdict of the request that does the same: what may not be sent is not announced as being typed either.
 * To resume is to ask for what the socket follows: whatever else is named is `nm`, whether it exists or not.
 */
export const FRAMES = [
  { type: "chat_message", log: "room", as: "sendMessage" },
  { type: "typing", log: "room", as: "sendMessage" },
  { type: "stop_typing", log: "room", as: "sendMessage" },
  { type: "kick_user", log: "room", as: "kickMember" },
  { type: "read", log: "room", as: "readRoom" },
  { type: "resume", log: "room", as: null },
  { type: "private_message", log: "thread", as: "sendPrivateMessage" },
  { type: "typing", log: "thread", as: "sendPrivateMessage" },
  { type: "stop_typing", log: "thread", as: "sendPrivateMessage" },
  { type: "read", log: "thread", as: "readPrivateThread" },
  { type: "resume", log: "thread", as: null },
] as const;
export type FrameCase = (typeof FRAMES)[number];
