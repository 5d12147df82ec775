// The chat with a side panel open, and the dialog for asking to join.
import type { JoinRequest, Participant } from "@homeroom/protocol";
import { UserMinus, Volume } from "lucide-react";
import { RequestsPanel } from "../features/join-requests/requests-panel.tsx";
import { AskToJoinDialog } from "../features/rooms/ask-to-join-dialog.tsx";
import { MembersPanel } from "../features/rooms/members-panel.tsx";
import { people, person, theatre } from "./samples.ts";
import { Chat, nothing } from "./screens.tsx";

const soon = new Date(Date.now() + 240_000).toISOString();

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
const actions = [
  { key: "mute", label: "Mute for 5 minutes", icon: Volume, onSelect: nothing },
  { key: "remove", label: "Remove from room", icon: UserMinus, danger: true, divider: true, onSelect: nothing },
];

export function Members() {
  const content = (
    <MembersPanel
      participants={participants}
      me={1}
      presenceOf={(id) => (id % 2 ? "online" : "offline")}
      menuFor={(member) => (member.id === 1 ? [] : actions)}
      onClose={nothing}
    />
  );
  return <Chat pane="panel" panel={{ label: "Members", content, onClose: nothing }} />;
}

export function Requests() {
  const content = (
    <RequestsPanel
      requests={requests}
      taken={24}
      max={30}
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
      <AskToJoinDialog room={theatre} busy={false} onSend={nothing} onClose={nothing} />
    </>
  );
}
