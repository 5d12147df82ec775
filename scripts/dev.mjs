// `npm run dev`: the server and the web client side by side, each reloading when its files change.
import { spawn } from "node:child_process";
import { root, toolEnv } from "./setup.mjs";

// The client's development server passes API and socket calls on to this address.
const env = { HOMEROOM_DEV_SERVER: `http://127.0.0.1:${process.env.PORT ?? 8000}`, ...toolEnv };

const children = [
  start("node", ["--watch", "--watch-preserve-output", "packages/server/src/main.ts"]),
  start("vite", ["dev", "packages/web", "--clearScreen", "false"]),
];

let isStopping = false;

function start(command, args) {
  const child = spawn(command, args, { cwd: root, env, stdio: "inherit" });
  child.on("exit", (code) => stop(code ?? 0));
  return child;
}

/** When one of the two ends, or on Ctrl+C, both end. */
function stop(code) {
  if (isStopping) return;
  isStopping = true;
  process.exitCode = code;
  for (const child of children) if (child.exitCode === null) child.kill("SIGTERM");
}

for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => stop(0));
