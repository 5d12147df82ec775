// A password that is not on the command line, where everybody on the machine could read it.
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";
import { Writable } from "node:stream";
import { ConfigError } from "../config.ts";

/** Asks without showing what is typed; where nobody sits at the keyboard, takes the first line of standard input. */
export const readPassword = async (input: NodeJS.ReadStream = process.stdin): Promise<string> => {
  const typed = input.isTTY ? await ask(input) : (await text(input)).split(/\r?\n/, 1)[0];
  if (!typed) throw new ConfigError("A password is missing: give --password, or write it to standard input.");
  return typed;
};

const ask = (input: NodeJS.ReadStream): Promise<string> =>
  new Promise((resolve, reject) => {
    const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
    const line = createInterface({ input, output: nowhere, terminal: true });
    process.stderr.write("Password (it is not shown): ");
    line.once("line", (typed) => {
      resolve(typed);
      line.close();
    });
    line.once("SIGINT", () => line.close());
    line.once("close", () => {
      process.stderr.write("\n");
      reject(new ConfigError("No account was made."));
    });
  });
