// The ways in: set-up, signing in, making an account.
import { LoginForm } from "../../features/accounts/login-form.tsx";
import { RegisterForm, type RegisterValues } from "../../features/accounts/register-form.tsx";
import { SetupForm } from "../../features/accounts/setup-form.tsx";
import { register, setUp, signIn } from "../actions/session.ts";
import { keepCode, takeCode } from "../pending-code.ts";
import { goTo, type Route } from "../router.ts";
import { useApp, useClient } from "../store.ts";
import { usePageTitle } from "../use-page-title.ts";
import { useSubmit } from "../use-submit.ts";

const words = { login: "Sign in", register: "Make an account", setup: "Set up" };

/** The fields whose mistakes stand at the field; anything else is told above the form. */
const CODES: Record<string, string> = {
  username_taken: "username",
  invite_required: "invite_code",
  setup_code_wrong: "code",
};

function useFieldSubmit() {
  const submit = useSubmit();
  const field = CODES[submit.code ?? ""];
  const sentence = submit.errors?.form;
  const errors = field && sentence ? { fields: { [field]: [sentence] } } : submit.errors;
  return { ...submit, errors };
}

function LoginScreen() {
  const client = useClient();
  const school = useApp((state) => state.school);
  const submit = useSubmit();
  const isWrong = submit.code === "invalid_credentials";
  usePageTitle(words.login);
  return (
    <LoginForm
      schoolName={school?.school_name ?? null}
      registration={school?.registration ?? "closed"}
      busy={submit.busy}
      errors={isWrong ? undefined : submit.errors}
      credentialsWrong={isWrong}
      onSubmit={(values) => void submit.run(() => signIn(client, values))}
      onRegister={() => goTo({ name: "register", code: null })}
    />
  );
}

function RegisterScreen({ code }: { code: string | null }) {
  const client = useClient();
  const school = useApp((state) => state.school);
  const submit = useFieldSubmit();
  usePageTitle(words.register);
  const send = (values: RegisterValues) => {
    // The form has the code; in the address, and kept, it would be offered once more to whoever has just come with it.
    takeCode();
    goTo({ name: "register", code: null }, { replace: true });
    void submit.run(() => register(client, values));
  };
  const toSignIn = (typed: string) => {
    keepCode(typed);
    goTo({ name: "login" });
  };
  return (
    <RegisterForm
      schoolName={school?.school_name ?? null}
      registration={school?.registration === "open" ? "open" : "invite"}
      initialCode={code ?? ""}
      busy={submit.busy}
      errors={submit.errors}
      onSubmit={send}
      onSignIn={toSignIn}
    />
  );
}

function SetupScreen() {
  const client = useClient();
  const codeRequired = useApp((state) => state.school?.code_required ?? false);
  const submit = useFieldSubmit();
  usePageTitle(words.setup);
  return (
    <SetupForm
      codeRequired={codeRequired}
      busy={submit.busy}
      errors={submit.errors}
      onSubmit={(values) => void submit.run(() => setUp(client, values))}
    />
  );
}

export function EntranceScreen({ route }: { route: Route }) {
  switch (route.name) {
    case "setup":
      return <SetupScreen />;
    case "register":
      return <RegisterScreen code={route.code} />;
    default:
      return <LoginScreen />;
  }
}
