// The commands: `npm run homeroom -- <command>`. Each works beside a live server, on the same database.
import { Command, InvalidArgumentError, Option } from "commander";
import { demoData } from "./commands/demo-data.ts";
import { loadData } from "./commands/load-data.ts";
import { migrate } from "./commands/migrate.ts";
import { readPassword } from "./commands/password.ts";
import { userAdd } from "./commands/user-add.ts";
import { readConfig } from "./config.ts";
import { explain } from "./explain.ts";

const ROLES = ["student", "teacher", "admin"] as const;

const wholeNumber =
  (least: number, most: number) =>
  (typed: string): number => {
    const number = Number(typed);
    if (/^\d+$/.test(typed) && number >= least && number <= most) return number;
    throw new InvalidArgumentError(`It must be a whole number from ${least} to ${most}.`);
  };

const forceOption = () =>
  new Option("--force", "also with NODE_ENV=production; must be given twice")
    .argParser((_value, told: number) => told + 1)
    .default(0, "no");

const say = (sentence: string): void => console.log(sentence);

const program = new Command("homeroom").description(
  "Commands for a Homeroom, beside its running server or without it. Settings come from the environment.",
);

program
  .command("migrate")
  .description("bring the database up to date")
  .action(async () => say(await migrate(readConfig(process.env))));

program
  .command("user:add")
  .description("add an account")
  .requiredOption("--username <name>", "what they sign in with")
  .addOption(new Option("--role <role>", "what they are").choices(ROLES).makeOptionMandatory())
  .option("--password <password>", "left out, it is asked for or read from standard input")
  .option("--display-name <name>", "what others see (the user name, if left out)")
  .action(
    async (given: { username: string; role: (typeof ROLES)[number]; password?: string; displayName?: string }) => {
      const config = readConfig(process.env);
      const password = given.password ?? (await readPassword());
      say(await userAdd(config, { ...given, password }));
    },
  );

program
  .command("demo-data")
  .description("fill in the demo school")
  .addOption(forceOption())
  .action(async (given: { force: number }) => say(await demoData(readConfig(process.env), given.force)));

program
  .command("load-data")
  .description("a room with many people and messages, for benchmarks")
  .requiredOption("--users <number>", "people load0, load1 …", wholeNumber(1, 100_000))
  .requiredOption("--messages <number>", "messages in their room", wholeNumber(0, 100_000_000))
  .requiredOption("--out <file>", "gets a socket's address with its token for each of them, a line each")
  .addOption(forceOption())
  .action(async (given: { users: number; messages: number; out: string; force: number }) =>
    say(await loadData(readConfig(process.env), given)),
  );

try {
  await program.parseAsync();
} catch (error) {
  console.error(explain(error));
  process.exitCode = 1;
}
