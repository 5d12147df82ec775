// The client for the pictures: built once into a folder of its own, served before a server; and its gallery.
import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { stripVTControlCharacters } from "node:util";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
const vite = fileURLToPath(new URL("../../node_modules/.bin/vite", import.meta.url));

export interface Served {
  /** Without a slash at the end. */
  url: string;
  end: () => void;
}

const start = (args: string[], env: Record<string, string> = {}, stderr: "inherit" | "ignore" = "inherit") =>
  spawn(vite, args, { cwd: root, env: { ...process.env, ...env }, stdio: ["ignore", "pipe", stderr] });

/** What is in the working tree, apart from the build that the server itself serves. */
export const buildClient = (folder: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const build = start(["build", "packages/web", "--outDir", folder, "--emptyOutDir", "--logLevel", "error"]);
    build.once("exit", (code) => (code === 0 ? resolve() : reject(new Error("The web client could not be built."))));
  });

const address = (child: ChildProcess): Promise<Served> =>
  new Promise((resolve, reject) => {
    if (!child.stdout) throw new Error("A server says its address on stdout.");
    createInterface({ input: child.stdout }).on("line", (line) => {
      const url = /Local:\s+(http:\S+?)\/?$/.exec(stripVTControlCharacters(line).trim())?.[1];
      if (url) resolve({ url, end: () => void child.kill() });
    });
    child.once("exit", (code) => reject(new Error(`Vite ended with ${code}.`)));
  });

// A free port: Vite takes the next one where this is taken.
const port = () => String(20_000 + Math.floor(Math.random() * 20_000));

/** The built client, with its calls passed on to a server. */
export const serveClient = (folder: string, server: string): Promise<Served> => {
  const args = ["preview", "packages/web", "--outDir", folder, "--host", "127.0.0.1", "--port", port()];
  // It complains of every socket that a closing window leaves.
  return address(start(args, { HOMEROOM_DEV_SERVER: server }, "ignore"));
};

/** Every component with sample data; it is not part of the build. */
export const serveGallery = (): Promise<Served> =>
  address(start(["dev", "packages/web", "--host", "127.0.0.1", "--port", port()]));
