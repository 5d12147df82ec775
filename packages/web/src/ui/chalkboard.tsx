// The wall beside the sign-in form: a school board with this morning's drawings, and a greeting.
import { useId } from "react";

export interface ChalkboardProps {
  greeting: string;
}

function ChalkDrawing({ greeting }: ChalkboardProps) {
  const id = useId();
  return (
    <svg className="hr-wall-art" viewBox="0 0 720 876" preserveAspectRatio="xMidYMin slice" aria-hidden="true">
      <defs>
        <filter id={`${id}-rough`} x="-5%" y="-5%" width="110%" height="110%">
          <feTurbulence type="fractalNoise" baseFrequency=".9" numOctaves="2" seed="4" result="n" />
          <feDisplacementMap in="SourceGraphic" in2="n" scale="3.4" />
        </filter>
        <filter id={`${id}-dust`}>
          <feTurbulence type="fractalNoise" baseFrequency=".006 .014" numOctaves="4" seed="9" />
          <feColorMatrix values="0 0 0 0 1  0 0 0 0 1  0 0 0 0 1  0 0 0 .5 -.2" />
        </filter>
        <linearGradient id={`${id}-fade`} x1="0" y1="0" x2="0" y2="1">
          <stop offset=".83" stopColor="#1d4335" stopOpacity="0" />
          <stop offset=".9" stopColor="#1d4335" stopOpacity=".9" />
        </linearGradient>
      </defs>
      <rect width="720" height="876" fill="#214a3c" />
      <rect width="720" height="876" filter={`url(#${id}-dust)`} opacity=".42" />
      <g
        fill="none"
        stroke="#eef5ee"
        strokeWidth="3.4"
        strokeLinecap="round"
        strokeLinejoin="round"
        filter={`url(#${id}-rough)`}
        opacity=".92"
      >
        <path d="M76 104c54-18 212-20 258-10 12 44 12 128 4 176-60 16-206 14-262 2-12-54-10-122 0-168z" />
        <path
          d="M90 118c50-14 186-16 230-8 10 40 9 108 3 146-52 12-180 11-230 1-10-46-9-100-3-139z"
          strokeWidth="1.8"
          opacity=".7"
        />
        <ellipse cx="144" cy="158" rx="30" ry="24" />
        <circle cx="150" cy="156" r="7" fill="#eef5ee" />
        <path d="M198 160c48-22 96-8 98 34s-30 60-74 58-52-66-24-92z" stroke="#bfe0ff" />
        <g stroke="#b9e4af">
          <ellipse cx="120" cy="224" rx="18" ry="10" transform="rotate(20 120 224)" />
          <ellipse cx="250" cy="136" rx="18" ry="10" transform="rotate(-12 250 136)" />
          <ellipse cx="172" cy="242" rx="18" ry="10" transform="rotate(-20 172 242)" />
        </g>
        <path d="M424 330V96M424 214h232M424 96l-9 14m9-14l9 14M656 214l-14-9m14 9l-14 9" />
        <path d="M424 214c26-96 62-96 90 0s62 96 92 0c8-28 18-46 28-58" stroke="#ffd97a" />
        <path d="M74 494c120-16 300-16 420-4" stroke="#ffd97a" strokeWidth="5" />
        <path
          d="M590 432c26-10 44 10 38 36-8 34-28 50-40 44-6-3-12-3-18 0-14 6-36-14-42-46-5-26 14-44 38-34 8 4 16 4 24 0z"
          stroke="#ffb8a6"
        />
        <path d="M578 432c0-18 4-28 14-36" stroke="#ffb8a6" />
        <path d="M592 408c12-14 30-16 40-8-8 14-26 18-40 8z" stroke="#b9e4af" />
        <path d="M84 690h172l-172-124z" />
        <path d="M84 670h20v20" strokeWidth="2.6" />
        <path d="M330 690c22-2 40-10 54-24 14 14 32 22 54 24M384 666v-54" stroke="#b9e4af" />
        <path
          d="M384 640c-22 2-40-10-44-34 24-2 42 10 44 34zM384 624c2-24 20-38 44-38 0 24-16 40-44 38z"
          stroke="#b9e4af"
        />
        <g transform="translate(84 -6)">
          <circle cx="488" cy="596" r="26" stroke="#ffd97a" />
          <path
            d="M488 552v-15M519 565l11-11M532 596h15M457 565l-11-11M444 596h-15M519 627l11 11M457 627l-11 11M488 640v15"
            stroke="#ffd97a"
          />
        </g>
      </g>
      <g fill="#eef5ee" filter={`url(#${id}-rough)`} fontFamily="var(--hr-font-display)" fontWeight="560" opacity=".94">
        <text x="446" y="84" fontSize="27" fill="#ffd97a">
          y = sin x
        </text>
        <text x="74" y="78" fontSize="25">
          plant cell
        </text>
        <text x="70" y="466" fontSize={Math.min(64, (64 * 13) / greeting.length)} fontWeight="620" letterSpacing="-1.5">
          {greeting}
        </text>
        <text x="176" y="600" fontSize="25">
          a² + b² = c²
        </text>
        <text x="84" y="732" fontSize="22" opacity=".8">
          c = ?
        </text>
        <text x="330" y="732" fontSize="24">
          6 CO₂ + 6 H₂O → …
        </text>
      </g>
      <rect width="720" height="876" fill={`url(#${id}-fade)`} />
    </svg>
  );
}

export interface WallProps extends ChalkboardProps {
  caption: string;
}

export function Chalkboard({ greeting, caption }: WallProps) {
  return (
    <aside className="hr-wall">
      <ChalkDrawing greeting={greeting} />
      <p className="hr-wall-cap">{caption}</p>
      <div className="hr-ledge" aria-hidden="true">
        <i />
        <i />
        <i />
      </div>
    </aside>
  );
}
