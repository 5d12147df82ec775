// The test groups: which file names belong to which, and what each group may use.
import { defineConfig } from "vitest/config";

const source = "packages/{protocol,server}/src/**";
const postgres = ["./tests/kit/postgres.global.ts"];
const minute = 60_000;
/**
 * Files share what they have loaded: anew for each it would take longer than these tests do. Not for groups whose
 * clients hold the server against its contract after every test: `tests/kit/socket.ts` says so where it is loaded.
 */
const together = { isolate: false };

export default defineConfig({
  test: {
    // Two cores is what a school's machine has, and what the gate is measured on. A third file has them while others
    // wait: for a server that was killed, for a scanner, for the disk.
    maxWorkers: 3,
    reporters: ["default"],
    // Machines may be busy: what is waited for is waited for, and a test that must be quick says so itself.
    expect: { poll: { timeout: 10_000 } },
    projects: [
      {
        extends: true,
        test: {
          ...together,
          name: "unit",
          include: [`${source}/*.test.ts`, "{bench,scripts}/**/*.test.ts"],
          exclude: [`${source}/*.{store,api,socket}.test.ts`],
        },
      },
      {
        extends: true,
        test: { ...together, name: "web", include: ["packages/web/src/**/*.test.{ts,tsx}"] },
      },
      {
        extends: true,
        test: {
          ...together,
          name: "models",
          include: ["packages/server/src/**/*.store.test.ts"],
          globalSetup: postgres,
          testTimeout: minute / 2,
          hookTimeout: minute,
        },
      },
      {
        extends: true,
        test: {
          name: "api",
          include: ["{packages/server/src,tests}/**/*.api.test.ts"],
          globalSetup: postgres,
          testTimeout: minute / 2,
          hookTimeout: minute,
        },
      },
      {
        extends: true,
        test: {
          name: "sockets",
          include: ["{packages/server/src,tests}/**/*.socket.test.ts"],
          globalSetup: postgres,
          testTimeout: minute / 2,
          hookTimeout: minute,
        },
      },
      {
        extends: true,
        test: {
          name: "integration",
          include: ["tests/integration/**/*.test.ts"],
          exclude: ["**/*.{api,socket}.test.ts"],
          globalSetup: postgres,
          testTimeout: 5 * minute,
          hookTimeout: minute,
        },
      },
      {
        extends: true,
        test: {
          name: "e2e",
          include: ["tests/e2e/**/*.test.ts"],
          exclude: ["**/*.{api,socket}.test.ts"],
          // Browsers come last and two at a time: they take a core each.
          sequence: { groupOrder: 1 },
          maxWorkers: 2,
          testTimeout: 2 * minute,
          hookTimeout: 2 * minute,
          // A busy machine may take its time; what is right at once does not wait.
          expect: { poll: { timeout: minute / 6 } },
        },
      },
    ],
  },
});
