// Boards of the gallery: files in the message box and in messages, in every state.
import type { Attachment } from "@homeroom/protocol";
import { DropCover } from "../features/attachments/drop-target.tsx";
import { MessageFiles } from "../features/attachments/message-files.tsx";
import { Tray } from "../features/attachments/tray.tsx";
import type { Upload } from "../features/attachments/upload.state.ts";
import { Composer } from "../features/messages/composer.tsx";
import { Board, Spec } from "./spec.tsx";

const nothing = () => {};
const MB = 1024 * 1024;

/** A drawing of so many pixels, as an address. */
function drawing(width: number, height: number, hue: number): string {
  const cell = `<circle cx="40" cy="30" r="9" fill="hsl(${hue} 45% 38%)"/>`;
  const pattern = `<pattern id="c" width="80" height="60" patternUnits="userSpaceOnUse"><rect width="76" height="56" rx="16" fill="hsl(${hue} 45% 78%)"/>${cell}</pattern>`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><defs>${pattern}</defs><rect width="100%" height="100%" fill="hsl(${hue} 40% 55%)"/><rect width="100%" height="100%" fill="url(#c)"/></svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}

let made = 0;
function file(more: Partial<Attachment>): Attachment {
  made += 1;
  return {
    id: `sample-file-number-${made}`,
    kind: "document",
    name: "Zellaufbau_Arbeitsblatt_2.pdf",
    mime: "application/pdf",
    size: 340 * 1024,
    width: null,
    height: null,
    duration_ms: null,
    waveform: null,
    placeholder: null,
    url: "#",
    thumb_url: null,
    state: "ready",
    problem: null,
    ...more,
  };
}
function picture(width: number, height: number, hue: number, more: Partial<Attachment> = {}): Attachment {
  const name = `zwiebel_${hue}x.jpg`;
  return file({ kind: "image", name, width, height, size: 2.1 * MB, url: drawing(width, height, hue), ...more });
}
const blur = drawing(16, 12, 120);

const upload = (more: Partial<Upload>): Upload => ({
  key: String((made += 1)),
  name: "zwiebel_400x.jpg",
  size: 2.1 * MB,
  kind: "image",
  preview: drawing(60, 60, 285),
  phase: "done",
  sent: 0,
  failure: null,
  attachment: picture(60, 60, 285),
  at: 0,
  ...more,
});
const paper: Partial<Upload> = { kind: "document", preview: null, attachment: null };
const uploads = [
  upload({}),
  upload({ ...paper, name: "Protokoll_Brandt_und_Demir.docx", size: 8 * MB, phase: "uploading", sent: 5 * MB }),
  upload({ ...paper, name: "messwerte.xlsx", phase: "failed", failure: { reason: "Connection lost", canRetry: true } }),
  upload({ ...paper, name: "plan.pdf", phase: "waiting", size: 90_000 }),
  upload({ name: "checked.png", attachment: picture(60, 60, 200, { state: "scanning" }) }),
  upload({ ...paper, name: "spiele.zip", attachment: file({ state: "quarantined", problem: "infected" }) }),
];
const refusal = { tone: "bad" as const, text: "“film.mov” is 412 MB. The limit here is 25 MB." };

function Files({ of }: { of: Attachment[] }) {
  return (
    <div className="gallery-files">
      <MessageFiles attachments={of} onOpen={nothing} />
    </div>
  );
}

const five = [100, 285, 200, 30, 340, 60, 10, 240].map((hue) => picture(400, 300, hue));

function InBox() {
  return (
    <>
      <Spec name="Attachments" note="ready, uploading, failed, waiting, checked, blocked; one refused">
        <Composer
          roomName="Biology 9b"
          boxId={null}
          value="Here are our results"
          onChange={nothing}
          onSend={nothing}
          onCancelContext={nothing}
          notice={refusal}
          files={{ onAdd: nothing, accept: "*", hasFiles: true, soon: null }}
          tray={<Tray uploads={uploads} onRemove={nothing} onRetry={nothing} />}
        />
      </Spec>
      <Spec name="Waits for its files">
        <Composer
          roomName="Biology 9b"
          boxId={null}
          value=""
          onChange={nothing}
          onSend={nothing}
          onCancelContext={nothing}
          files={{ onAdd: nothing, accept: "*", hasFiles: true, soon: { onCancel: nothing } }}
          tray={<Tray uploads={uploads.slice(0, 2)} onRemove={nothing} onRetry={nothing} />}
        />
      </Spec>
      <Spec name="Drop" bare>
        <div className="hr-sheet gallery-drop">
          <DropCover label="Drop to share with Biology 9b" />
        </div>
      </Spec>
      <Spec name="Drop refused" bare>
        <div className="hr-sheet gallery-drop">
          <DropCover label="Drop to share with Biology 9b" isOff />
        </div>
      </Spec>
    </>
  );
}

export function FileBoards() {
  return (
    <Board title="Files" lead="In the message box, and in messages.">
      <InBox />
      <Spec name="One picture">
        <Files of={[picture(1200, 800, 285)]} />
      </Spec>
      <Spec name="A tall one, a tiny one">
        <Files of={[picture(400, 1400, 200)]} />
        <Files of={[picture(12, 12, 200)]} />
      </Spec>
      <Spec name="Two">
        <Files of={five.slice(0, 2)} />
      </Spec>
      <Spec name="Three">
        <Files of={five.slice(0, 3)} />
      </Spec>
      <Spec name="More than four">
        <Files of={five} />
      </Spec>
      <Spec name="Checked, blocked, broken, did not come">
        <Files of={[picture(640, 300, 9, { state: "scanning", placeholder: blur })]} />
        <Files of={[picture(640, 200, 9, { state: "quarantined", problem: "infected" })]} />
        <Files of={[picture(640, 200, 9, { state: "quarantined", problem: "unreadable" })]} />
        <Files of={[picture(640, 200, 9, { url: "/no-such-picture.png" })]} />
      </Spec>
      <Spec name="Documents">
        <Files
          of={[
            file({}),
            file({ name: "Protokoll_Vorlage_für_alle_Gruppen_der_neunten_Klasse.docx", state: "scanning" }),
            file({ name: "spiele.zip", state: "quarantined", problem: "infected" }),
            file({ name: "messwerte.xlsx", size: 12_400 }),
            file({ name: "Vortrag.odp", size: 4.2 * MB }),
            file({ name: "ohne-ende", state: "quarantined", problem: "unreadable" }),
          ]}
        />
      </Spec>
    </Board>
  );
}
