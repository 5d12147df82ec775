// The chat with a side panel open, and the dialog for asking to join.
import type { JoinRequest, Participant } from "@homeroom/protocol";
import { RequestsPanel } from "../features/join-requests/requests-panel.tsx";
import { AskToJoinDialog } from "../features/rooms/ask-to-join-dialog.tsx";
import { MembersPanel } from "../features/rooms/members-panel.tsx";
import { people, person, theatre } from "./samples.ts";
import { Chat, nothing } from "./screens.tsx";

const today = Date.now();
const soon = new Date(today + 240_000).toISOString();

const participants: Participant[] = people.map((one) => ({
  ...one,
  room_role: one.display_name.includes("Vogel") ? "host" : one.display_name.includes("Linh") ? "cohost" : "member",
  muted_until: one.display_name.includes("Mateusz") ? soon : null,
}));

const request = (id: number, name: string, note: string, before: number): JoinRequest => ({
  id,
  room: 11,
  user: person(name),
  status: "pending",
  created_at: new Date().toISOString(),
  processed_at: null,
  processed_by: null,
  note,
  reason: "",
  denied_before: before,
});

const requests = [
  request(1, "Fatima", "I changed classes on Monday. Ms Okafor said that I should ask here.", 0),
  request(2, "Jonas", "", 2),
];
const rules = { me: 1, myRole: "host", mayMessage: () => true, isActive: true } as const;

const now = Date.now();
const decided: JoinRequest[] = [
  {
    ...request(3, "Aylin", "", 0),
    status: "approved",
    processed_at: new Date(now).toISOString(),
    processed_by: person("Vogel"),
  },
];

export function Members() {
  const content = (
    <MembersPanel
      people={participants}
      count={participants.length}
      rules={rules}
      presence={Object.fromEntries(
        participants.map(({ id }) => [id, id % 3 === 0 ? "away" : id % 2 === 1 ? "online" : "offline"]),
      )}
      now={today}
      onChoose={nothing}
      onInvite={nothing}
      onClose={nothing}
    />
  );
  return <Chat pane="panel" panel={{ label: "Members", content, onClose: nothing }} />;
}

export function Requests() {
  const content = (
    <RequestsPanel
      status="ready"
      cards={requests}
      decided={decided}
      all={requests}
      taken={24}
      max={30}
      now={now}
      said=""
      onApproveAll={nothing}
      onRetry={nothing}
      busy={new Set()}
      onApprove={nothing}
      onDecline={nothing}
      onClose={nothing}
    />
  );
  return <Chat pane="panel" panel={{ label: "Join requests", content, onClose: nothing }} />;
}

export function Ask() {
  return (
    <>
      <Chat />
      <AskToJoinDialog
        room={theatre}
        phase={{ kind: "ask", removed: false, before: null }}
        busy={false}
        onSend={nothing}
        onJoin={nothing}
        onWithdraw={nothing}
        onClose={nothing}
      />
    </>
  );
}
