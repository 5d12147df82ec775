// Vitest's global setup of the groups that need a database: one PostgreSQL for the whole run, whoever asks first.
import type { TestProject } from "vitest/node";
import { type PostgresServer, startPostgres } from "./postgres-server.ts";

declare module "vitest" {
  export interface ProvidedContext {
    postgresUrl: string;
  }
}

// Vitest loads this file anew for every project, so what they share lives on the global object.
const shared = globalThis as { homeroomPostgres?: { server: Promise<PostgresServer>; users: number } };

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const postgres = (shared.homeroomPostgres ??= { server: startPostgres(), users: 0 });
  postgres.users += 1;
  const server = await postgres.server;
  project.provide("postgresUrl", server.url);
  return async () => {
    postgres.users -= 1;
    if (postgres.users > 0) return;
    delete shared.homeroomPostgres;
    await server.stop();
  };
}
