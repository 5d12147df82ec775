// One message that was found: who wrote it, where and when, and its words with those marked that were looked for.
import { fileWords } from "@homeroom/protocol/kit/file-words.ts";
import { useMemo } from "react";
import { Avatar } from "../../ui/avatar.tsx";
import { openHere } from "../../ui/open-here.ts";
import { fullTime, shortTime } from "../../ui/time.ts";
import { excerptOf } from "./excerpt.ts";
import type { Term } from "./found-words.ts";
import type { Found } from "./search.state.ts";

const words = { noWords: "No words" };

export interface FoundRowProps {
  found: Found;
  terms: readonly Term[];
  /** "Biology 7b, In a thread", "Private with Linh Nguyen"; empty where that goes without saying. */
  place: string;
  href: string;
  onOpen: () => void;
}

export function FoundRow({ found, terms, place, href, onOpen }: FoundRowProps) {
  const { sender, created_at, content, attachments } = found;
  const pieces = useMemo(() => excerptOf(content, terms), [content, terms]);
  return (
    <li className="hr-found">
      <a className="hr-found-link" href={href} data-found="" onClick={openHere(onOpen)}>
        <Avatar id={sender.id} name={sender.display_name} staff={sender.role !== "student"} size={28} />
        <span className="hr-found-body">
          <span className="hr-found-head">
            <b className="hr-ell" dir="auto">
              {sender.display_name}
            </b>{" "}
            <time className="hr-num" dateTime={created_at} title={fullTime(created_at)}>
              {shortTime(created_at)}
            </time>
          </span>{" "}
          {place && (
            <span className="hr-found-place hr-ell" dir="auto">
              {place}{" "}
            </span>
          )}
          <span className="hr-found-text" dir="auto">
            {content.trim() === ""
              ? fileWords(attachments) || words.noWords
              : pieces.map(({ text, isFound }, index) =>
                  // oxlint-disable-next-line react/no-array-index-key -- pieces of one text have no other name
                  isFound ? <mark key={index}>{text}</mark> : text,
                )}
          </span>
        </span>
      </a>
    </li>
  );
}
