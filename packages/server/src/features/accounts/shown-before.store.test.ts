// A token that was shown before: whom it spoke for, and whether it still does, on both databases.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { featuresKit, type FeaturesKit } from "../../../../../tests/kit/features.ts";
import { freshDatabases, type OpenDatabase } from "../../../../../tests/kit/databases.ts";
import type { Doorman } from "../../kit/call.ts";
import { issueToken } from "./accounts.ts";

describe.each(["sqlite", "postgres"] as const)("a token that was shown before, on %s,", (dialect) => {
  let opened: OpenDatabase;
  let kit: FeaturesKit;
  let doorman: Doorman;
  beforeAll(async () => {
    opened = await freshDatabases[dialect]();
    kit = featuresKit(opened);
    ({ doorman } = kit.features.accounts);
  });
  afterAll(() => opened.drop());

  const signIn = async (): Promise<string> => issueToken(kit.kit, (await kit.user()).id, 600);
  const still = (access: string) => doorman.recognise(access)?.still;

  test("is known again, and its session is asked about each time", async () => {
    const access = await signIn();
    expect(doorman.recognise(access)).toBe(null);
    const caller = await doorman.identify(access);
    expect(doorman.recognise(access)?.caller).toEqual(caller);
    expect(await still(access)).toBe(true);
    await opened.db.write((tx) =>
      tx.updateTable("sessions").set({ ended_at: 1 }).where("id", "=", caller.session).execute(),
    );
    expect(await Promise.all([still(access), still(access)])).toEqual([false, false]);
    expect(doorman.recognise(access)).toBe(null);
  });

  test("does not speak for the same person any more when their card has changed", async () => {
    const access = await signIn();
    const { user } = await doorman.identify(access);
    await opened.db.write((tx) => tx.updateTable("users").set({ role: "teacher" }).where("id", "=", user.id).execute());
    expect(await still(access)).toBe(false);
    expect((await doorman.identify(access)).user.role).toBe("teacher");
    expect(await still(access)).toBe(true);
  });

  test("is not known any more when it has expired", async () => {
    const access = await signIn();
    await doorman.identify(access);
    kit.base.now += 11 * 60_000;
    expect(doorman.recognise(access)).toBe(null);
  });
});
