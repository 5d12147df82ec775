// `demo-data`, and what `npm run demo` does before it starts: fills in the demo school.
import type { Config } from "../config.ts";
import { demoSchool } from "../demo/demo-school.ts";
import { refuseInProduction } from "./caution.ts";
import { withQuietKit } from "./quiet-kit.ts";

export const demoData = async (config: Config, told = 0): Promise<string> => {
  refuseInProduction(config, "The demo school", told);
  const isNew = await withQuietKit(config, demoSchool);
  return isNew
    ? "The demo school is there: sign in as teacher1 or student1 with the password homeroom-demo."
    : "The demo school is there already. Nothing was done.";
};
