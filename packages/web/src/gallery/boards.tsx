// Boards of the gallery: empty and failed states, and the small parts.
import { Check, Plus, Settings2, Trash2, UserPlus } from "lucide-react";
import { useState } from "react";
import * as states from "../features/rooms/room-states.tsx";
import { Avatar } from "../ui/avatar.tsx";
import { Badge, Count, Kbd, RoleChip } from "../ui/badge.tsx";
import { Button, IconButton } from "../ui/button.tsx";
import { Checkbox } from "../ui/checkbox.tsx";
import { ConfirmDialog } from "../ui/confirm-dialog.tsx";
import { ConnectionBar } from "../ui/connection-bar.tsx";
import { Menu } from "../ui/menu.tsx";
import { PasswordField } from "../ui/password-field.tsx";
import { TextField } from "../ui/text-field.tsx";
import { Tile } from "../ui/tile.tsx";
import { type ToastItem, ToastStack } from "../ui/toasts.tsx";
import { people, theatre } from "./samples.ts";
import { nothing } from "./screens.tsx";
import { Board, Spec } from "./spec.tsx";

const tomorrow = new Date(Date.now() + 86_400_000).toISOString();
const toasts: ToastItem[] = [
  { key: "a", tone: "done", text: "Hannah Krüger is now in Biology 9b" },
  {
    key: "b",
    tone: "info",
    icon: UserPlus,
    text: "Ben Weiß wants to join Biology 9b",
    actions: [
      { label: "Approve", onSelect: nothing },
      { label: "Look first", onSelect: nothing },
    ],
  },
  { key: "c", tone: "error", text: "Noah could not be muted. He left the room a moment ago." },
];

export function States() {
  const asked = { ...theatre, join_request: null };
  return (
    <Board title="Empty, loading, error" lead="What people see when there is nothing, not yet, or not any more.">
      <Spec name="Connection" bare>
        <ConnectionBar state={{ kind: "connecting" }} onRetry={nothing} onSignIn={nothing} />
        <ConnectionBar state={{ kind: "offline", waiting: 2 }} onRetry={nothing} onSignIn={nothing} />
        <ConnectionBar state={{ kind: "back" }} onRetry={nothing} onSignIn={nothing} />
        <ConnectionBar state={{ kind: "signed-out" }} onRetry={nothing} onSignIn={nothing} />
      </Spec>
      <Spec name="New room">
        <states.EmptyRoomState host />
      </Spec>
      <Spec name="Empty">
        <states.EmptyRoomState />
      </Spec>
      <Spec name="Not a member">
        <states.NotMemberState room={theatre} busy={false} onJoin={nothing} onAsk={nothing} onWithdraw={nothing} />
      </Spec>
      <Spec name="May ask later">
        <states.NotMemberState
          room={asked}
          busy={false}
          askAgainAt={tomorrow}
          onJoin={nothing}
          onAsk={nothing}
          onWithdraw={nothing}
        />
      </Spec>
      <Spec name="Open room">
        <states.NotMemberState
          room={{ ...theatre, public: true }}
          busy
          onJoin={nothing}
          onAsk={nothing}
          onWithdraw={nothing}
        />
      </Spec>
      <Spec name="Could not load">
        <states.LoadErrorState onRetry={nothing} />
      </Spec>
      <Spec name="Removed">
        <states.RemovedState
          roomName="Biology 9b"
          reason="Please talk to me after class."
          onAsk={nothing}
          onBack={nothing}
        />
      </Spec>
      <Spec name="Gone">
        <states.GoneState onBack={nothing} />
      </Spec>
      <Spec name="No room yet">
        <states.NoRoomYetState />
      </Spec>
      <Spec name="Server down">
        <states.ServerDownState retryIn={8} onRetry={nothing} />
      </Spec>
      <ToastStack toasts={toasts} onDismiss={nothing} lifetime={600_000} />
    </Board>
  );
}

const items = [
  { key: "a", label: "Room settings", icon: Settings2, onSelect: nothing },
  { key: "b", label: "Delete room", icon: Trash2, danger: true, divider: true, onSelect: nothing },
];

export function Components() {
  const [ticked, setTicked] = useState(true);
  const [text, setText] = useState("Hannah Krüger");
  const [asking, setAsking] = useState(false);
  return (
    <Board title="Components" lead="The parts that everything is made of.">
      <Spec name="Buttons">
        <div className="gallery-pad">
          <Button variant="primary">Send request</Button>
          <Button>Add people</Button>
          <Button variant="light">Cancel</Button>
          <Button variant="danger" onClick={() => setAsking(true)}>
            Delete
          </Button>
          <Button variant="outline-danger">Remove</Button>
          <Button variant="primary" busy>
            Saving
          </Button>
          <Button variant="primary" disabled>
            Disabled
          </Button>
          <Button size="sm" icon={Check}>
            Small
          </Button>
          <Button variant="link">Try again</Button>
          <IconButton label="New room" icon={Plus} />
          <IconButton label="3 join requests" icon={UserPlus} badge={<Count value={3} kind="go" />} />
          <Menu label="Room menu" icon={Settings2} items={items} />
        </div>
      </Spec>
      <Spec name="People and rooms">
        <div className="gallery-pad">
          {people.map((one) => (
            <Avatar key={one.id} id={one.id} name={one.display_name} staff={one.role !== "student"} presence="online" />
          ))}
          <Avatar id={3} name="Aylin Demir" size={24} presence="away" />
          <Avatar id={4} name="Ben" size={24} presence="offline" />
          {["🌱 Biology", "Physics", "Łódź", "9b", "(new)"].map((name, index) => (
            <Tile key={name} id={index + 20} name={name} size={36} />
          ))}
          <Count value={7} />
          <Count value={128} />
          <Count value={2} kind="mention" />
          <Count value={2} kind="chalk" />
          <RoleChip>Teacher</RoleChip>
          <RoleChip line>Admin</RoleChip>
          <Badge>plain</Badge>
          <Badge tone="green">green</Badge>
          <Badge tone="chalk">chalk</Badge>
          <Badge tone="coral">coral</Badge>
          <Badge tone="blue">blue</Badge>
          <Badge tone="line">line</Badge>
          <Kbd>Ctrl</Kbd>
        </div>
      </Spec>
      <Spec name="Fields">
        <div className="gallery-pad">
          <TextField label="Your name" value={text} onChange={setText} hint={{ text: "The class sees this name." }} />
          <TextField label="User name" value={text} onChange={setText} error="That name is taken." />
          <PasswordField label="Password" autoComplete="new-password" value={text} onChange={setText} strength={3} />
          <Checkbox label="Show me what is new" checked={ticked} onChange={setTicked} />
        </div>
      </Spec>
      <ConfirmDialog
        open={asking}
        title="Delete room “Algebra 9B”?"
        confirmLabel="Delete room"
        onConfirm={nothing}
        onClose={() => setAsking(false)}
      >
        Nobody can read it any more.
      </ConfirmDialog>
    </Board>
  );
}
