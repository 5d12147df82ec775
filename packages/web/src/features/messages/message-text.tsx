// The words of a message as they are read: marks, lists, quotes, code, links that give nothing away to where they lead.
// Only elements are made, never HTML, so whatever somebody types stays text.
import { Fragment, memo, type ReactNode, useMemo } from "react";
import { classNames } from "../../ui/class-names.ts";
import { CodeBlock } from "./code-block.tsx";
import type { Inline } from "./inline-format.ts";
import { mentioned, type MentionOf } from "./mentioned.ts";
import { type RoomWays, RoomWaysContext, WordsWithRooms } from "./room-link.tsx";
import { type Block, blocksOf, isOnlyEmoji, type ListItem } from "./text-format.ts";

/** Whom "@name" means; null for nobody, and then it is only text. */

export interface MessageTextProps {
  text: string;
  mentionOf?: MentionOf | undefined;
  /** Where "#Room name" leads. */
  roomWays?: RoomWays | undefined;
  /** Stands after the last word: "(edited)". */
  end?: ReactNode;
}

/** Turns the direction of all that follows, up to the end of its block or of what isolates it. */
const turns = /[\u202A-\u202E\u2066-\u2069]/;

function Mention({ name, mentionOf }: { name: string; mentionOf: MentionOf | undefined }) {
  const found = mentioned(name, mentionOf);
  if (!found) return `@${name}`;
  return (
    <>
      <span className={classNames("hr-mention", found.mine && "is-me")} title={`@${found.userName}`}>
        @<bdi>{found.name}</bdi>
      </span>
      {found.rest}
    </>
  );
}

function Part({ part, mentionOf }: { part: Inline; mentionOf: MentionOf | undefined }) {
  if (typeof part === "string") return part.includes("#") ? <WordsWithRooms text={part} /> : part;
  if (part.kind === "code") return <code dir="ltr">{part.text}</code>;
  if (part.kind === "mention") return <Mention name={part.name} mentionOf={mentionOf} />;
  const inside = <Parts parts={part.parts} mentionOf={mentionOf} />;
  if (part.kind === "link") {
    const isBare = part.parts[0] === part.href;
    return (
      <a href={part.href} target="_blank" rel="noopener noreferrer nofollow" title={isBare ? undefined : part.href}>
        <RoomWaysContext value={undefined}>{inside}</RoomWaysContext>
      </a>
    );
  }
  const Tag = part.kind;
  return <Tag>{inside}</Tag>;
}

function Parts({ parts, mentionOf }: { parts: readonly Inline[]; mentionOf: MentionOf | undefined }) {
  // oxlint-disable-next-line react/no-array-index-key -- parts of one unchanging text have no other name
  return parts.map((part, index) => <Part key={index} part={part} mentionOf={mentionOf} />);
}

type BlockProps = Pick<MessageTextProps, "mentionOf" | "end"> & { isolate: boolean };

function List({ items, ...rest }: BlockProps & { items: readonly ListItem[] }) {
  const Tag = typeof items[0]?.value === "number" ? "ol" : "ul";
  return (
    <Tag dir="auto">
      {items.map((item, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- items of one unchanging text have no other name
        <li key={index} value={item.value ?? undefined} data-depth={item.depth || undefined}>
          <Parts parts={item.parts} mentionOf={rest.mentionOf} />
          {index === items.length - 1 && rest.end}
        </li>
      ))}
    </Tag>
  );
}

function BlockView({ block, ...rest }: BlockProps & { block: Block }) {
  if (block.kind === "list") return <List items={block.items} {...rest} />;
  if (block.kind === "code") {
    return (
      <>
        <CodeBlock language={block.language} text={block.text} />
        {rest.end}
      </>
    );
  }
  if (block.kind === "quote") {
    return (
      <>
        <blockquote>
          <Blocks blocks={block.blocks} {...rest} end={null} />
        </blockquote>
        {rest.end}
      </>
    );
  }
  const words = <Parts parts={block.parts} mentionOf={rest.mentionOf} />;
  return (
    <p dir="auto">
      {rest.isolate ? <span className="hr-isolate">{words}</span> : words}
      {rest.end}
    </p>
  );
}

function Blocks({ blocks, end, ...rest }: BlockProps & { blocks: readonly Block[] }) {
  return blocks.map((block, index) => (
    // oxlint-disable-next-line react/no-array-index-key -- blocks of one unchanging text have no other name
    <Fragment key={index}>
      <BlockView block={block} {...rest} end={index === blocks.length - 1 ? end : null} />
    </Fragment>
  ));
}

function MessageTextPlain({ text, mentionOf, roomWays, end }: MessageTextProps) {
  const blocks = useMemo(() => splitLists(blocksOf(text)), [text]);
  return (
    <div className={classNames("hr-text", isOnlyEmoji(text) && "is-emoji")}>
      {blocks.length > 0 ? (
        <RoomWaysContext value={roomWays}>
          <Blocks blocks={blocks} mentionOf={mentionOf} end={end} isolate={turns.test(text)} />
        </RoomWaysContext>
      ) : (
        <p>{end}</p>
      )}
    </div>
  );
}

/** Points and numbers take turns in what is written, but not within one list of the page. */
function splitLists(blocks: Block[]): Block[] {
  return blocks.flatMap((block): Block[] => {
    if (block.kind === "quote") return [{ ...block, blocks: splitLists(block.blocks) }];
    if (block.kind !== "list") return [block];
    const lists: ListItem[][] = [];
    for (const item of block.items) {
      const list = lists.at(-1);
      const isSame = list && (list[0]?.value === null) === (item.value === null);
      if (isSame) list.push(item);
      else lists.push([item]);
    }
    return lists.map((items) => ({ kind: "list", items }));
  });
}

export const MessageText = memo(MessageTextPlain);
