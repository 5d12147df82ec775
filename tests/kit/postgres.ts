// Gives a test an empty PostgreSQL database of its own, on the server that the run started.
import { randomBytes } from "node:crypto";
import pg from "pg";
import { inject } from "vitest";
import "./postgres.global.ts";

/** An empty database; `drop` ends whatever is still connected to it. */
export interface FreshDatabase {
  url: string;
  drop(): Promise<void>;
}

/** Creates an empty database (about 30 ms). Only in the groups models, api, sockets and integration. */
export async function freshDatabase(): Promise<FreshDatabase> {
  const server = inject("postgresUrl");
  const name = `t_${randomBytes(8).toString("hex")}`;
  await administer(server, `create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    drop: () => administer(server, `drop database if exists ${name} with (force)`),
  };
}

async function administer(server: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
