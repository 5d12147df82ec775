// Words of a message in which "#Room name" leads to a room that the reader knows.
import { createContext, Fragment, useContext } from "react";
import { openHere } from "../../ui/open-here.ts";
import { type RoomAt, withRooms } from "./room-names.ts";

/** How rooms are found and gone to. */
export interface RoomWays {
  roomAt: RoomAt;
  hrefOf: (room: number) => string;
  onOpen: (room: number) => void;
}

/** Undefined where nothing is linked: within another link, or where nobody reads. */
export const RoomWaysContext = createContext<RoomWays | undefined>(undefined);

export function WordsWithRooms({ text }: { text: string }) {
  const ways = useContext(RoomWaysContext);
  if (!ways) return text;
  const open = (id: number) => openHere(() => ways.onOpen(id));
  return withRooms(text, ways.roomAt).map((part, index) =>
    typeof part === "string" ? (
      // oxlint-disable-next-line react/no-array-index-key -- pieces of one unchanging text have no other name
      <Fragment key={index}>{part}</Fragment>
    ) : (
      // oxlint-disable-next-line react/no-array-index-key -- the same room may be named twice
      <a key={index} className="hr-mention" href={ways.hrefOf(part.id)} onClick={open(part.id)}>
        #<bdi>{part.name}</bdi>
      </a>
    ),
  );
}
