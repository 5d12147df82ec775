// `npm run dev`: the server and the web client side by side, each reloading when its files change.
import { spawn } from "node:child_process";
import { root, toolEnv } from "./setup.mjs";

const children = [
  start("node", ["--watch", "--watch-preserve-output", "packages/server/src/main.ts"]),
  start("vite", ["dev", "packages/web", "--clearScreen", "false"]),
];

let isStopping = false;

function start(command, args) {
  const child = spawn(command, args, { cwd: root, env: toolEnv, stdio: "inherit" });
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
