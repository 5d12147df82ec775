// Signing in, up and out, and what is fetched for whoever is signed in.
import type { Me, SetupState } from "@homeroom/protocol";
import type { RegisterValues } from "../../features/accounts/register-form.tsx";
import type { SetupValues } from "../../features/accounts/setup-form.tsx";
import type { LoginValues } from "../../features/accounts/login-form.tsx";
import { type Core, update } from "../core.ts";
import { takeDrafts } from "../drafts.ts";
import { currentRoute, goTo } from "../router.ts";
import { initialState } from "../state.ts";
import { takeTrays } from "../trays.ts";
import { beginVisit } from "../visit.ts";
import { loadPrivateThreads } from "./private-threads.ts";
import { loadFollowed } from "./reply-threads.ts";
import { loadRooms } from "./rooms.ts";

/** What the page begins with: who is here, or how to get in. */
export async function boot(core: Core): Promise<void> {
  update(core, (state) => ({ ...state, phase: "booting" }));
  try {
    const [me, school] = await Promise.all([core.session.boot(), core.api.get("/api/setup/")]);
    update(core, (state) => ({ ...state, school }));
    if (me) void enter(core, me);
    else update(core, (state) => ({ ...state, phase: "out" }));
  } catch {
    update(core, (state) => ({ ...state, phase: "unreachable" }));
  }
}

/** Begins the signed-in life: what is kept here, the rooms, the socket. Resolves when the rooms are there, or failed. */
function enter(core: Core, me: Me): Promise<unknown> {
  const isSame = core.store.getState().me?.id === me.id;
  if (!isSame) beginVisit(core);
  update(core, (state) => ({ ...(isSame ? state : { ...initialState, school: state.school }), phase: "in", me }));
  const keepsake = core.keepsake();
  if (keepsake && !isSame) {
    const pending = keepsake.pending();
    update(core, (state) => ({ ...state, messages: { ...state.messages, pending } }));
    takeDrafts(core, () => keepsake.drafts());
    takeTrays(core);
  }
  core.connection.start();
  const rooms = loadRooms(core);
  void rooms.then(() => Promise.all([loadPrivateThreads(core), loadFollowed(core)]));
  return rooms;
}

/** A class code leads into its room: it is the only one that a new account is in. */
function openTheirRoom(core: Core): void {
  const [room, ...others] = Object.values(core.store.getState().rooms.byId).filter(({ my_role }) => my_role !== null);
  if (room && others.length === 0 && currentRoute().name !== "room") goTo({ name: "room", id: room.id });
}

export async function signIn(core: Core, values: LoginValues): Promise<void> {
  void enter(core, await core.session.signIn(values));
}

export async function register(core: Core, values: RegisterValues): Promise<void> {
  const grant = await core.api.post("/api/auth/register/", { body: { ...values, ...core.session.mode } });
  const entered = enter(core, core.session.accept(grant));
  if (values.invite_code) void entered.then(() => openTheirRoom(core));
}

export async function setUp(core: Core, values: SetupValues): Promise<void> {
  const grant = await core.api.post("/api/setup/", { body: { ...values, ...core.session.mode } });
  const school: SetupState = await core.api.get("/api/setup/");
  update(core, (state) => ({ ...state, school }));
  void enter(core, core.session.accept(grant));
}

/** Leaves nothing of this person on the screen; drafts and unsent messages stay on the device. */
export async function signOut(core: Core): Promise<void> {
  await core.session.signOut();
  core.connection.stop();
  update(core, (state) => ({ ...initialState, phase: "out", school: state.school }));
}

/** From "you were signed out" to the way in; what is on the screen goes. */
export const toSignIn = (core: Core): void =>
  update(core, (state) => ({ ...initialState, phase: "out", school: state.school }));

/** @param changed what is new, and nothing else */
export async function changeProfile(
  core: Core,
  changed: { display_name?: string; email?: string | null },
): Promise<void> {
  const me = await core.api.patch("/api/auth/me/", { body: changed });
  update(core, (state) => ({ ...state, me }));
}

export async function endSession(core: Core, id: number): Promise<void> {
  await core.api.delete("/api/auth/sessions/{id}/", { params: { id } });
}

export async function endOtherSessions(core: Core): Promise<void> {
  await core.api.post("/api/auth/sessions/end-others/", { body: {} });
}

export async function changePassword(core: Core, current_password: string, new_password: string): Promise<void> {
  await core.api.post("/api/auth/password/", { body: { current_password, new_password } });
}
