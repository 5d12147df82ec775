// Files that are dragged over the page: one place at a time is told that they are over it, and gets them when they are
// dropped. A file that is dropped anywhere else must not take the page's place in the window.

export interface DropSpot {
  /** The part of the page that is its own. */
  element: HTMLElement;
  /** Takes what is over no spot's own part. */
  isMain: boolean;
  onOver: (isOver: boolean) => void;
  /** @param hasFolders there were folders, too, which are left out */
  onDrop: (files: File[], hasFolders: boolean) => void;
}

const spots = new Set<DropSpot>();
let over: DropSpot | null = null;

function setOver(spot: DropSpot | null): void {
  if (over === spot) return;
  over?.onOver(false);
  over = spot;
  over?.onOver(true);
}

/** To be told of what is dragged over it; the answer ends that. */
export function addDropSpot(spot: DropSpot): () => void {
  spots.add(spot);
  return () => {
    if (over === spot) setOver(null);
    spots.delete(spot);
  };
}

function spotAt(target: EventTarget | null): DropSpot | null {
  // behind a dialog nothing is to be changed
  if (document.querySelector("[aria-modal='true']")) return null;
  const all = [...spots];
  const own = target instanceof Node ? all.find(({ element }) => element.contains(target)) : undefined;
  return own ?? all.find(({ isMain }) => isMain) ?? null;
}

const hasFiles = ({ dataTransfer }: DragEvent): boolean => dataTransfer?.types.includes("Files") ?? false;

function filesOf({ items, files }: DataTransfer): { files: File[]; hasFolders: boolean } {
  const given = [...items].filter(({ kind }) => kind === "file");
  if (given.length === 0) return { files: [...files], hasFolders: false };
  const isFolder = (item: DataTransferItem) => item.webkitGetAsEntry()?.isDirectory === true;
  const kept = given.filter((item) => !isFolder(item)).map((item) => item.getAsFile());
  return { files: kept.filter((file) => file !== null), hasFolders: given.some(isFolder) };
}

/** To be called once, for the whole page. */
export function watchDrops(page: Window = window): void {
  const move = (event: DragEvent) => {
    if (!hasFiles(event) || !event.dataTransfer) return;
    event.preventDefault();
    const spot = spotAt(event.target);
    event.dataTransfer.dropEffect = spot ? "copy" : "none";
    setOver(spot);
  };
  page.addEventListener("dragenter", move);
  page.addEventListener("dragover", move);
  page.addEventListener("dragleave", ({ relatedTarget }) => relatedTarget === null && setOver(null));
  // one that ended elsewhere is not always told of; while one drags, no pointer moves
  page.addEventListener("pointermove", () => setOver(null), { passive: true });
  page.addEventListener("drop", (event) => {
    if (!hasFiles(event) || !event.dataTransfer) return;
    event.preventDefault();
    const spot = spotAt(event.target);
    setOver(null);
    const { files, hasFolders } = filesOf(event.dataTransfer);
    spot?.onDrop(files, hasFolders);
  });
}
