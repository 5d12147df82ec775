// One's own page, filled: what is saved where, and where one is signed in.
import type { Me, Session } from "@homeroom/protocol";
import { useCallback, useEffect, useState } from "react";
import { DeviceList } from "../../features/accounts/device-list.tsx";
import { PreferencesForm } from "../../features/accounts/preferences-form.tsx";
import { PasswordForm, ProfileForm } from "../../features/accounts/profile-forms.tsx";
import { YouView } from "../../features/accounts/you-view.tsx";
import { setPreferences, usePreferences } from "../../ui/preferences.ts";
import { getThemeSetting, setThemeSetting } from "../../ui/theme.ts";
import { usePhone } from "../../ui/use-media-query.ts";
import { changePassword, changeProfile, endOtherSessions, endSession, signOut } from "../actions/session.ts";
import { addToast, complain } from "../core.ts";
import { backToRooms } from "../router.ts";
import { useClient } from "../store.ts";
import { useSubmit } from "../use-submit.ts";

const words = {
  saved: "Saved.",
  changed: "Your password is changed. Other devices are signed out.",
  ended: (device: string) => `Signed out on ${device || "that device"}.`,
  endedOthers: "Signed out everywhere else.",
};

function ProfilePart({ me }: { me: Me }) {
  const client = useClient();
  const submit = useSubmit();
  const save = async (changed: Parameters<typeof changeProfile>[1]) => {
    const isDone = await submit.run(() => changeProfile(client, changed));
    if (isDone) addToast(client, { tone: "done", text: words.saved });
  };
  // What the server made of it is what the fields begin with next.
  const key = `${me.display_name} ${me.email}`;
  return <ProfileForm key={key} profile={me} busy={submit.busy} errors={submit.errors} onSave={(c) => void save(c)} />;
}

function PasswordPart({ onChanged }: { onChanged: () => void }) {
  const client = useClient();
  const submit = useSubmit();
  const [round, setRound] = useState(0);
  const change = async (current: string, next: string) => {
    const isDone = await submit.run(() => changePassword(client, current, next));
    if (!isDone) return;
    setRound((n) => n + 1);
    addToast(client, { tone: "done", text: words.changed });
    onChanged();
  };
  return (
    <PasswordForm
      key={round}
      busy={submit.busy}
      errors={submit.errors}
      wrong={submit.code === "invalid_credentials"}
      onPassword={(current, next) => void change(current, next)}
    />
  );
}

const PAGE = "100";

/** The list is fetched when somebody looks, and again after each change. */
function useSessions() {
  const client = useClient();
  const [sessions, setSessions] = useState<readonly Session[] | null>(null);
  const [hasFailed, setFailed] = useState(false);
  const load = useCallback(() => {
    const take = (page: { results: Session[] }) => (setSessions(page.results), setFailed(false));
    client.api.get("/api/auth/sessions/", { query: { limit: PAGE } }).then(take, () => setFailed(true));
  }, [client]);
  useEffect(load, [load]);
  return { sessions, hasFailed, load };
}

function DevicesPart({ sessions, hasFailed, load }: ReturnType<typeof useSessions>) {
  const client = useClient();
  const [busy, setBusy] = useState<ReadonlySet<number>>(new Set());
  const [isEnding, setEnding] = useState(false);
  const end = async (session: Session) => {
    setBusy((ids) => new Set(ids).add(session.id));
    try {
      await endSession(client, session.id);
      addToast(client, { tone: "done", text: words.ended(session.user_agent) });
    } catch (error) {
      complain(client, error);
    } finally {
      setBusy((ids) => new Set([...ids].filter((id) => id !== session.id)));
      load();
    }
  };
  const endOthers = async () => {
    setEnding(true);
    try {
      await endOtherSessions(client);
      addToast(client, { tone: "done", text: words.endedOthers });
    } catch (error) {
      complain(client, error);
    } finally {
      setEnding(false);
      load();
    }
  };
  return (
    <DeviceList
      sessions={sessions}
      failed={hasFailed}
      busy={busy}
      busyOthers={isEnding}
      onEnd={(session) => void end(session)}
      onEndOthers={() => void endOthers()}
      onRetry={load}
    />
  );
}

function PreferencesPart() {
  const preferences = usePreferences();
  const [theme, setTheme] = useState(getThemeSetting);
  const choose = (next: typeof theme) => {
    setThemeSetting(next);
    setTheme(next);
  };
  return <PreferencesForm theme={theme} preferences={preferences} onTheme={choose} onChange={setPreferences} />;
}

export function YouScreen({ me }: { me: Me }) {
  const client = useClient();
  const phone = usePhone();
  const devices = useSessions();
  return (
    <YouView
      me={me}
      onBack={phone ? undefined : backToRooms}
      profile={<ProfilePart me={me} />}
      preferences={<PreferencesPart />}
      password={<PasswordPart onChanged={devices.load} />}
      devices={<DevicesPart {...devices} />}
      onSignOut={() => void signOut(client).catch((error: unknown) => complain(client, error))}
    />
  );
}
