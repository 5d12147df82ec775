// Accounts: set-up, registering, signing in and out, sessions, profile, codes, people.
import { z } from "zod";
import { operation } from "../kit/operation.ts";
import { Empty, Id, Instant, page, PageQuery, PathId, text } from "../kit/primitives.ts";
import { SIZES } from "../kit/sizes.ts";

export const Role = z.enum(["student", "teacher", "admin"]);
export type Role = z.infer<typeof Role>;

/** What anybody who shares a room with somebody may see of them. */
export const UserCard = z
  .strictObject({
    id: Id,
    username: z.string(),
    display_name: z.string(),
    role: Role,
    avatar_url: z.string().nullable(),
  })
  .meta({ id: "UserCard" });
export type UserCard = z.infer<typeof UserCard>;

/** One's own account. */
export const Me = UserCard.extend({ email: z.string().nullable(), created_at: Instant }).meta({ id: "Me" });
export type Me = z.infer<typeof Me>;

const Username = z
  .string()
  .trim()
  .normalize("NFKC")
  .regex(/^[\p{L}\p{N}._-]{2,40}$/u, "2 to 40 letters, digits, dots, dashes or underscores.");
const Password = z
  .string()
  .min(SIZES.password_min, `Must have at least ${SIZES.password_min} characters.`)
  .max(SIZES.password_max, `Must have at most ${SIZES.password_max} characters.`);
const DisplayName = text({ min: 1, max: SIZES.display_name });
const Email = z.email().max(200);
export const InviteCode = z.string().trim().min(1).max(64);

const Tokens = z.strictObject({ access: z.string(), refresh: z.string(), user: Me }).meta({ id: "Tokens" });
const CookieTokens = z.strictObject({ access: z.string(), csrf: z.string(), user: Me }).meta({ id: "CookieTokens" });

const SetupState = z
  .strictObject({
    /** No account exists yet. */
    needed: z.boolean(),
    /** The caller comes from another machine and must give the code that the server printed. */
    code_required: z.boolean(),
    school_name: z.string().nullable(),
    registration: z.enum(["open", "invite", "closed"]),
    /** Who may write to whom privately, and whether staff may look at it: what the screen offers, and what it tells. */
    private_threads: z.enum(["off", "staff", "supervised", "open"]),
  })
  .meta({ id: "SetupState" });
export type SetupState = z.infer<typeof SetupState>;

export const getSetup = operation({
  method: "get",
  path: "/api/setup/",
  authz: "anyone",
  summary: "Whether this school still has to be set up",
  responses: { 200: SetupState },
});

export const setUp = operation({
  method: "post",
  path: "/api/setup/",
  authz: "anyone",
  summary: "Make the school and its first admin",
  body: z.strictObject({
    school_name: text({ min: 1, max: 100 }),
    username: Username,
    password: Password,
    display_name: DisplayName,
    code: z.string().trim().max(64).optional(),
    session: z.literal("cookie").optional(),
  }),
  responses: { 201: z.union([Tokens, CookieTokens]) },
  errors: ["already_set_up", "setup_code_wrong"],
});

export const register = operation({
  method: "post",
  path: "/api/auth/register/",
  authz: "anyone",
  summary: "Make an account, with a code where the school wants one",
  body: z.strictObject({
    username: Username,
    password: Password,
    display_name: DisplayName.optional(),
    email: Email.optional(),
    invite_code: InviteCode.optional(),
    session: z.literal("cookie").optional(),
  }),
  responses: { 201: z.union([Tokens, CookieTokens]) },
  errors: ["username_taken", "registration_closed", "invite_required"],
});

export const login = operation({
  method: "post",
  path: "/api/auth/login/",
  authz: "anyone",
  summary: "Sign in; with session=cookie for the web client",
  body: z.strictObject({
    username: text({ min: 1, max: 200 }),
    password: z.string().min(1).max(SIZES.password_max),
    session: z.literal("cookie").optional(),
  }),
  responses: { 200: z.union([Tokens, CookieTokens]) },
  errors: ["invalid_credentials", "login_locked"],
});

export const refresh = operation({
  method: "post",
  path: "/api/auth/refresh/",
  authz: "anyone",
  summary: "Exchange a refresh token, or the session cookie, for fresh tokens",
  body: z.strictObject({ refresh: z.string().max(4096).optional() }).optional(),
  responses: {
    200: z.union([
      z.strictObject({ access: z.string(), refresh: z.string() }),
      z.strictObject({ access: z.string(), csrf: z.string() }),
    ]),
  },
  errors: ["token_invalid", "token_expired", "csrf_failed"],
});

export const logout = operation({
  method: "post",
  path: "/api/auth/logout/",
  authz: "anyone",
  summary: "End this session: by access token, refresh token or cookie",
  body: z.strictObject({ refresh: z.string().max(4096).optional() }).optional(),
  responses: { 200: Empty },
  errors: ["csrf_failed"],
});

export const getSession = operation({
  method: "get",
  path: "/api/auth/session/",
  authz: "anyone",
  summary: "Who is signed in, if anybody; never a 401",
  responses: { 200: z.strictObject({ user: Me.nullable(), csrf: z.string().optional() }) },
});

/** A place where somebody is signed in. `last_seen_at` is right to within some minutes. */
export const Session = z
  .strictObject({
    id: Id,
    created_at: Instant,
    last_seen_at: Instant,
    /** In a few words, such as "Firefox on Windows"; empty where nothing is known. */
    user_agent: z.string(),
    /** The one that asks. */
    current: z.boolean(),
  })
  .meta({ id: "Session" });
export type Session = z.infer<typeof Session>;

export const listSessions = operation({
  method: "get",
  path: "/api/auth/sessions/",
  authz: "self",
  summary: "Where I am signed in, last seen first",
  query: PageQuery,
  responses: { 200: page(Session) },
});

export const endOtherSessions = operation({
  method: "post",
  path: "/api/auth/sessions/end-others/",
  authz: "self",
  summary: "Sign out everywhere but here",
  body: Empty.optional(),
  responses: { 200: Empty },
});

export const endSession = operation({
  method: "delete",
  path: "/api/auth/sessions/{id}/",
  authz: "self",
  summary: "Sign out in one place: its tokens are dead, its sockets close",
  params: z.strictObject({ id: PathId }),
  responses: { 204: null },
});

export const getMe = operation({
  method: "get",
  path: "/api/auth/me/",
  authz: "self",
  summary: "My account",
  responses: { 200: Me },
});

export const updateMe = operation({
  method: "patch",
  path: "/api/auth/me/",
  authz: "self",
  summary: "Change my display name or e-mail",
  body: z.strictObject({ display_name: DisplayName.optional(), email: Email.nullable().optional() }),
  responses: { 200: Me },
});

export const changePassword = operation({
  method: "post",
  path: "/api/auth/password/",
  authz: "self",
  summary: "Change my password; every other session ends",
  body: z.strictObject({ current_password: z.string().min(1).max(SIZES.password_max), new_password: Password }),
  responses: { 200: Empty },
  errors: ["invalid_credentials", "login_locked"],
});

export const createTicket = operation({
  method: "post",
  path: "/api/auth/ws-ticket/",
  authz: "self",
  summary: "A single-use ticket for a socket, so that no token stands in a URL",
  body: Empty.optional(),
  responses: { 200: z.strictObject({ ticket: z.string(), expires_in: z.int() }) },
});

export const Invite = z
  .strictObject({
    id: Id,
    code: z.string(),
    role: Role,
    room: Id.nullable(),
    max_uses: z.int().nullable(),
    uses: z.int(),
    expires_at: Instant.nullable(),
    created_at: Instant,
  })
  .meta({ id: "Invite" });
export type Invite = z.infer<typeof Invite>;

export const listInvites = operation({
  method: "get",
  path: "/api/invites/",
  authz: "staff",
  summary: "The codes that I made; for admins, all codes",
  query: PageQuery,
  responses: { 200: page(Invite) },
});

export const createInvite = operation({
  method: "post",
  path: "/api/invites/",
  authz: "staff",
  summary: "Make a code: admins for any role, teachers for students of a room of theirs",
  body: z.strictObject({
    role: Role,
    room: Id.optional(),
    max_uses: z.int().min(1).max(10_000).optional(),
    expires_at: z.iso.datetime({ offset: true }).optional(),
  }),
  responses: { 201: Invite },
  idempotent: true,
});

export const deleteInvite = operation({
  method: "delete",
  path: "/api/invites/{id}/",
  authz: "staff",
  summary: "Withdraw a code; who used it stays",
  params: z.strictObject({ id: PathId }),
  responses: { 204: null },
});

export const listUsers = operation({
  method: "get",
  path: "/api/users/",
  authz: "user",
  summary: "People I share a room with; for staff, everybody",
  query: PageQuery.extend({ search: text({ max: 100 }).optional() }),
  responses: { 200: page(UserCard) },
});

export const updateUser = operation({
  method: "patch",
  path: "/api/users/{id}/",
  authz: "admin",
  summary: "Change somebody's role, or deactivate their account",
  params: z.strictObject({ id: PathId }),
  body: z.strictObject({ role: Role.optional(), is_active: z.boolean().optional() }),
  responses: { 200: UserCard.extend({ is_active: z.boolean() }) },
  errors: ["last_admin", "cannot_target_self"],
});
