// What the panel of members and the bar of a room draw: for a host, for a student, while loading, for a thousand.
import type { Participant } from "@homeroom/protocol";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, test } from "vitest";
import { MembersPanel, type MembersPanelProps } from "./members-panel.tsx";
import { RoomHeader } from "./room-header.tsx";

const NOW = Date.parse("2026-11-22T10:00:00.000Z");
const nothing = () => {};

const person = (id: number, display_name: string, more: Partial<Participant> = {}): Participant => ({
  id,
  username: `user${id}`,
  display_name,
  role: "student",
  avatar_url: null,
  room_role: "member",
  muted_until: null,
  ...more,
});
const people = [
  person(1, "Dr. Vogel", { role: "teacher", room_role: "host" }),
  person(2, "Aylin"),
  person(4, "Linh"),
  person(3, "Noah", { muted_until: new Date(NOW + 240_000).toISOString() }),
];
const asHost = { me: 1, myRole: "host", mayMessage: () => true, isActive: true } as const;
const asStudent = {
  me: 2,
  myRole: "member",
  mayMessage: ({ room_role }: Participant) => room_role === "host",
  isActive: true,
} as const;

const panel = (more: Partial<MembersPanelProps>) =>
  renderToStaticMarkup(
    <MembersPanel
      people={people}
      count={4}
      rules={asHost}
      presence={{ 3: "online", 4: "away" }}
      now={NOW}
      onChoose={nothing}
      onClose={nothing}
      {...more}
    />,
  );

describe("the panel of members", () => {
  test("tells a host who is here and who is muted, with a way to end it", () => {
    const html = panel({ onInvite: nothing });
    expect(html).toContain("4 people, 2 here now");
    for (const section of ["Hosts", "Here now", "Away", "Not here"]) expect(html).toContain(`aria-label="${section}"`);
    expect(html).toContain("Muted, 4 min left");
    expect(html).toContain('aria-label="Unmute Noah"');
    expect(html).toContain('aria-label="Invite people"');
    expect(html).not.toContain('aria-label="Actions for Dr. Vogel"');
  });

  test("shows a student names, and nothing of mutes and menus that are not theirs", () => {
    const html = panel({ rules: asStudent });
    expect(html).toContain("Noah");
    expect(html).not.toMatch(/Muted|Unmute|Invite|Actions for Noah/);
    expect(html).toContain('aria-label="Actions for Dr. Vogel"');
  });

  test("says that it is loading, or that nothing came", () => {
    expect(panel({ people: undefined })).toContain("Loading the members");
    expect(panel({ people: undefined, hasFailed: true, onRetry: nothing })).toContain("Try again");
    expect(panel({ people: undefined, count: 24 })).toContain("24 people");
  });

  test("draws a hundred of a thousand at first, and counts them all", () => {
    const crowd = Array.from({ length: 1000 }, (_, id) => person(id + 10, `Pupil ${id}`));
    const html = panel({ people: crowd, rules: { ...asHost, me: 10 } });
    expect(html.match(/<li/g)).toHaveLength(100);
    expect(html).toContain("1000 people, 1 here now");
    expect(html).toContain('<span class="hr-num">999</span>');
  });
});

describe("the bar of a room", () => {
  const room = {
    id: 1,
    name: "Biology 9b",
    description: "Cells",
    public: false,
    is_active: true,
    participant_count: 24,
  };
  const bar = (more: Partial<Parameters<typeof RoomHeader>[0]> = {}) =>
    renderToStaticMarkup(<RoomHeader room={room} onBack={nothing} menu={[]} {...more} />);

  test("names its counts", () => {
    const html = bar({ requests: 3, onRequests: nothing, onMembers: nothing, onSearch: nothing });
    for (const name of ["3 join requests", "24 members", "Search in this room"]) {
      expect(html).toContain(`aria-label="${name}"`);
    }
    expect(html).toContain("Private room");
  });

  test("shows the emoji of a name on its tile only; read aloud, the name is whole", () => {
    const html = bar({ room: { ...room, name: "🌱 Biology 9b" } });
    expect(html).toContain('data-face="🌱"');
    expect(html).toMatch(/<h1[^>]*><span class="hr-vh">🌱 <\/span>Biology 9b<\/h1>/u);
    expect(bar({ room: { ...room, name: "🌱" } })).toMatch(/<h1[^>]*>🌱<\/h1>/u);
  });

  test("has no way to what cannot be done, and says that a room is archived", () => {
    const html = bar({ room: { ...room, is_active: false } });
    expect(html).not.toMatch(/members|requests|Search|Room menu/);
    expect(html).toContain("Archived");
  });
});
