// What a command will not do to a school in earnest, unless it is told twice.
import { type Config, ConfigError } from "../config.ts";

/** Throws with NODE_ENV=production. `told`: how often `--force` was given. */
export const refuseInProduction = (config: Pick<Config, "production">, what: string, told = 0): void => {
  if (!config.production || told >= 2) return;
  throw new ConfigError(
    `${what} is refused with NODE_ENV=production, since it makes accounts whose password everybody knows. ` +
      "Where you want it all the same, give --force twice.",
  );
};
