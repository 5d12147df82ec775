// The field for a class code, over whatever is on the screen.
import { Modal } from "../../ui/modal.tsx";
import { ClassCodeContainer } from "../class-code.container.tsx";

const words = { title: "Enter a class code", text: "It opens the room of your class." };

export function ClassCodeDialog({ code, onClose }: { code?: string | undefined; onClose: () => void }) {
  return (
    <Modal open title={words.title} sub={words.text} onClose={onClose}>
      <ClassCodeContainer code={code} focused onDone={onClose} />
    </Modal>
  );
}
