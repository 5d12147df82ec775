// Those who ask to be let in, and then need no answer: a code opened the room, or their account is not in use.
import type { Invite, JoinRequest, Room } from "@homeroom/protocol";
import { expect, test } from "vitest";
import { type Classroom, eachSchool, type Person } from "../kit/school.ts";

eachSchool((school) => {
  const waiting = async () => {
    const asker = await school().person();
    const room = await school().room([], { public: false });
    const [hosts, askers] = [await room.host.socket(), await asker.socket()];
    const request = await asker.ask<JoinRequest>("POST", `${room.path}join-request/`, { note: "Please" });
    await hosts.next("join_request");
    return { asker, room, hosts, askers, request };
  };
  const codeFor = (room: Classroom, more: object = {}) =>
    room.host.ask<Invite>("POST", "/api/invites/", { role: "student", room: room.id, ...more });
  const redeem = (person: Person, { code }: Invite) => person.call("POST", "/api/invites/redeem/", { code });
  const pending = async ({ host, path }: Classroom) => (await host.ask<Room>("GET", path)).pending_requests;
  const listed = async ({ host, path }: Classroom) =>
    (await host.ask<{ results: JoinRequest[] }>("GET", `${path}join-requests/`)).results;

  test("who comes in by a code waits no more, and both sides hear it", async () => {
    const { asker, room, hosts, askers, request } = await waiting();
    expect((await redeem(asker, await codeFor(room))).status).toBe(200);
    for (const socket of [hosts, askers])
      expect((await socket.next("join_request_withdrawn")).request).toEqual(request);
    expect([await pending(room), await listed(room)]).toEqual([0, []]);
    expect(await asker.ask<Room>("GET", room.path)).toMatchObject({ my_role: "member", join_request: null });
    const late = await room.host.call("POST", `${room.path}approve-join/${request.id}/`);
    expect(late.status).toBe(404);
  });

  test("a code that does not let them in leaves their request as it was", async () => {
    const { asker, room, hosts } = await waiting();
    const code = await codeFor(room, { max_uses: 1 });
    const other = await school().person();
    expect((await redeem(other, code)).status).toBe(200);
    expect((await redeem(asker, code)).status).toBe(400);
    await hosts.settled();
    expect([await pending(room), hosts.of("join_request_withdrawn")]).toEqual([1, []]);
  });

  test("a code for one, used twice by the same person at once or later, lets them in once and says so each time", async () => {
    const room = await school().room([]);
    const person = await school().person();
    const code = await codeFor(room, { max_uses: 1 });
    const answers = await Promise.all([redeem(person, code), redeem(person, code)]);
    answers.push(await redeem(person, code));
    expect(answers.map(({ status, body }) => [status, body["id"]])).toEqual(answers.map(() => [200, room.id]));
    await person.ask("POST", `${room.path}leave/`);
    expect((await redeem(person, code)).status).toBe(400);
  });

  test("nobody waits whose account is not in use, which the host sees at once, and who comes back waits again", async () => {
    const { asker, room, hosts, request } = await waiting();
    const admin = await school().person("admin");
    const setActive = (is_active: boolean) => admin.ask("PATCH", `/api/users/${asker.id}/`, { is_active });
    await setActive(false);
    expect((await hosts.next("join_request_withdrawn")).request).toEqual(request);
    expect([await pending(room), await listed(room)]).toEqual([0, []]);
    const since = hosts.of("join_request").length;
    await setActive(true);
    await expect.poll(() => hosts.of("join_request").length).toBe(since + 1);
    expect([await pending(room), await listed(room)]).toEqual([1, [request]]);
    // Again the same, which tells nobody anything.
    await setActive(true);
    await hosts.settled();
    expect(hosts.of("join_request")).toHaveLength(since + 1);
  });
});
