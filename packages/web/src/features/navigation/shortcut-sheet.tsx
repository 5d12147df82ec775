// All keys of the client, from the table that binds them.
import { Kbd } from "../../ui/badge.tsx";
import { Modal } from "../../ui/modal.tsx";
import { facesOf, type Shortcut, shortcuts, type Where } from "../../ui/shortcuts.ts";
import "../../styles/switcher.css";

const words = {
  title: "Keyboard shortcuts",
  or: "or",
  where: {
    anywhere: "Anywhere",
    rooms: "In the rooms list",
    list: "On a message",
    composer: "In the message box",
  } satisfies Record<Where, string>,
};

const places = Object.keys(words.where) as Where[];

function Combination({ keys }: { keys: string }) {
  return (
    <span className="hr-keys-one">
      {facesOf(keys).map((face) => (
        <Kbd key={face}>{face}</Kbd>
      ))}
    </span>
  );
}

function Line({ shortcut }: { shortcut: Shortcut }) {
  return (
    <div className="hr-keys-line">
      <dt>{shortcut.label}</dt>
      <dd>
        {shortcut.keys.map((keys, index) => (
          <span key={keys}>
            {index > 0 && <span className="hr-keys-or"> {words.or} </span>}
            <Combination keys={keys} />
          </span>
        ))}
      </dd>
    </div>
  );
}

export function ShortcutSheet({ onClose }: { onClose: () => void }) {
  return (
    <Modal open title={words.title} onClose={onClose}>
      <div className="hr-keys">
        {places.map((where) => (
          <section key={where} aria-label={words.where[where]}>
            <h3>{words.where[where]}</h3>
            <dl>
              {shortcuts
                .filter((shortcut) => shortcut.where === where)
                .map((shortcut) => (
                  <Line key={shortcut.id} shortcut={shortcut} />
                ))}
            </dl>
          </section>
        ))}
      </div>
    </Modal>
  );
}
