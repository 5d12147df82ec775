// What went wrong, for whoever typed the command: one sentence where we know the trouble, everything where we do not.
import { inspect } from "node:util";
import { Refusal } from "@homeroom/protocol";
import { ConfigError } from "./config.ts";

const FILE_TROUBLE: Readonly<Record<string, string>> = {
  EACCES: "may not be used by this account",
  EPERM: "may not be used by this account",
  EROFS: "is on a disk that cannot be written",
  ENOENT: "is not there",
  ENOTDIR: "is not in a folder",
  EEXIST: "is in the way",
  EISDIR: "is a folder",
  ENOSPC: "does not fit: the disk is full",
};

interface SystemError {
  code?: string;
  path?: string;
  message?: string;
}

export const explain = (error: unknown): string => {
  if (error instanceof Refusal && error.cause) return explain(error.cause);
  if (error instanceof ConfigError || error instanceof Refusal) return error.message;
  const { code = "", path, message = "" } = error as SystemError;
  const trouble = FILE_TROUBLE[code];
  if (path && trouble) return `${path} ${trouble}.`;
  if (error instanceof AggregateError && error.errors.length > 0) return explain(error.errors[0]);
  const isNetwork = /^(ECONN|EHOST|ENET|ENOTFOUND|ETIMEDOUT|EAI_)/.test(code);
  // Class 28: who are you; 3D: there is no such database.
  if (isNetwork || /^(28|3D)/.test(code)) return `DATABASE_URL leads to no database that can be used: ${message}.`;
  if (error instanceof Error && error.name === "SqliteError")
    return `The database in DATA_DIR cannot be used: ${message}.`;
  return inspect(error);
};
