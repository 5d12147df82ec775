// `user:add`: an account from the command line, of any role.
import { operations, Refusal, type Role } from "@homeroom/protocol";
import { type Config, ConfigError } from "../config.ts";
import { createUser } from "../features/accounts/accounts.ts";
import { withQuietKit } from "./quiet-kit.ts";

export interface NewAccount {
  username: string;
  role: Role;
  password: string;
  displayName?: string | undefined;
}

const OPTIONS: Readonly<Record<string, string>> = {
  username: "--username",
  password: "--password",
  display_name: "--display-name",
};

/** By the rules that registering has. */
const checked = ({ username, password, displayName = username }: NewAccount) => {
  const parsed = operations.register.body.safeParse({ username, password, display_name: displayName });
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const option = OPTIONS[String(issue?.path[0])] ?? "An option";
  throw new ConfigError(`${option}: ${issue?.message ?? "Cannot be used."}`);
};

export const userAdd = async (config: Config, asked: NewAccount): Promise<string> => {
  const { username, password, display_name = username } = checked(asked);
  const user = await withQuietKit(config, (kit) =>
    createUser(kit, { username, display_name, role: asked.role, password }),
  ).catch((error: unknown) => {
    if (!(error instanceof Refusal) || error.key !== "username_taken") throw error;
    throw new ConfigError(`The user name "${username}" is taken. Choose another --username.`);
  });
  return `${user.username} can sign in now (role: ${user.role}).`;
};
