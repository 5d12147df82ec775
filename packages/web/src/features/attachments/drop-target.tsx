// What covers a conversation while files are dragged over it.
import { Ban, Upload } from "lucide-react";
import { type Ref, useEffect, useRef, useState } from "react";
import { SIZES } from "@homeroom/protocol/kit/sizes.ts";
import { classNames } from "../../ui/class-names.ts";
import { Icon } from "../../ui/icon.tsx";
import { addDropSpot, type DropSpot } from "./drops.ts";
import { sizeText } from "./file-types.ts";

const words = {
  what: `Pictures, documents and audio up to ${sizeText(SIZES.upload_bytes)}`,
  off: "Files cannot be shared here.",
};

interface CoverProps {
  /** "Drop to share with Biology 9b" */
  label: string;
  /** Files are refused here: it says so, and the drop is still told of. */
  isOff?: boolean;
  ref?: Ref<HTMLDivElement>;
  hidden?: boolean;
}

export function DropCover({ label, isOff = false, ref, hidden }: CoverProps) {
  return (
    <div ref={ref} className={classNames("hr-drop", isOff && "is-off")} hidden={hidden}>
      <div>
        <Icon icon={isOff ? Ban : Upload} size={24} />
        <span>{isOff ? words.off : label}</span>
        {!isOff && <small>{words.what}</small>}
      </div>
    </div>
  );
}

export interface DropTargetProps extends Pick<DropSpot, "onDrop">, Pick<CoverProps, "label" | "isOff"> {}

/** Covers the sheet that it stands in, and takes what is dropped there; on the main sheet, from anywhere. */
export function DropTarget({ onDrop, ...looks }: DropTargetProps) {
  const cover = useRef<HTMLDivElement>(null);
  const [isOver, setOver] = useState(false);
  const drop = useRef(onDrop);
  useEffect(() => {
    drop.current = onDrop;
  });
  useEffect(() => {
    const element = cover.current?.closest<HTMLElement>(".hr-sheet");
    if (!element) return;
    const isMain = !element.matches("aside, .hr-panel");
    return addDropSpot({ element, isMain, onOver: setOver, onDrop: (...what) => drop.current(...what) });
  }, []);
  return <DropCover {...looks} ref={cover} hidden={!isOver} />;
}
