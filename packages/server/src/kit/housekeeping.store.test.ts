// What is cleared away daily, over both databases: only what is of no use any more, and all of it.
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { eachDatabase, type OpenDatabase } from "../../../../tests/kit/databases.ts";
import { featuresKit, type FeaturesKit } from "../../../../tests/kit/features.ts";
import { callOf } from "../../../../tests/kit/kit.ts";
import { chores } from "../compose.ts";
import { issueTokens } from "../features/accounts/accounts.ts";
import { startHousekeeping, sweep } from "./housekeeping.ts";

const DAY_MS = 86_400_000;
const HOUR_S = 3_600;

eachDatabase((open) => {
  let opened: OpenDatabase;
  let kit: FeaturesKit;
  beforeAll(async () => {
    opened = await open();
    kit = featuresKit(opened);
  });
  afterAll(() => opened.drop());
  beforeEach(() => void (kit.base.now += 30 * DAY_MS));

  const sessions = async () =>
    (await kit.db.read.selectFrom("sessions").select("user_id").execute()).map(({ user_id }) => user_id);

  test("sessions go a day after they expired or were ended, with their tickets, and the others stay", async () => {
    await sweep(kit.kit, chores);
    const [expired, ended, live] = [await kit.user(), await kit.user(), await kit.user()];
    await issueTokens(kit.kit, [expired.id], HOUR_S);
    await issueTokens(kit.kit, [ended.id, live.id], 7 * 24 * HOUR_S);
    const now = kit.base.now;
    await kit.db.write(async (tx) => {
      const mine = await tx.selectFrom("sessions").select("id").where("user_id", "=", ended.id).executeTakeFirst();
      const ticket = { digest: "a ticket", session_id: mine?.id ?? "", expires_at: now };
      await tx.insertInto("tickets").values(ticket).execute();
      await tx.updateTable("sessions").set({ ended_at: now }).where("user_id", "=", ended.id).execute();
    });
    kit.base.now = now + DAY_MS;
    await sweep(kit.kit, chores);
    expect((await sessions()).toSorted((a, b) => a - b)).toEqual([expired.id, ended.id, live.id]);
    kit.base.now = now + DAY_MS + HOUR_S * 1_000 + 1;
    await sweep(kit.kit, chores);
    expect(await sessions()).toEqual([live.id]);
  });

  test("more than go in one transaction go in several", async () => {
    const user = await kit.user();
    await issueTokens(kit.kit, Array<number>(1_100).fill(user.id), HOUR_S);
    kit.base.now += 2 * DAY_MS;
    await sweep(kit.kit, chores);
    expect(await sessions()).not.toContain(user.id);
  });

  test("an Idempotency-Key is remembered for a week", async () => {
    const teacher = await kit.user("teacher");
    const create = async () => {
      const input = { params: undefined, query: undefined, body: { name: "Biology" } };
      return (await kit.handlers.createRoom(input, callOf(teacher, "key"))).body.id;
    };
    const first = await create();
    kit.base.now += 7 * DAY_MS;
    await sweep(kit.kit, chores);
    expect(await create()).toBe(first);
    kit.base.now += 1;
    await sweep(kit.kit, chores);
    expect(await create()).not.toBe(first);
  });

  test("it begins when the server starts, and what fails is written down and ends nothing", async () => {
    const swept: number[] = [];
    const failed: string[] = [];
    const logger = { ...kit.kit.logger, error: (_: object, what: string) => void failed.push(what) };
    const stop = startHousekeeping({ ...kit.kit, logger }, [
      {
        what: "nothing",
        clear: (_tx, now) => {
          swept.push(now);
          return Promise.resolve(0);
        },
      },
      { what: "trouble", clear: () => Promise.reject(new Error("no luck")) },
    ]);
    await vi.waitFor(() => expect(failed).toEqual(["clearing away failed"]));
    await stop();
    expect(swept).toEqual([kit.base.now]);
  });
});
