import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, test } from "vitest";
import type { MentionOf } from "./mentioned.ts";
import { MessageText } from "./message-text.tsx";
import { isOnlyEmoji, plainLine } from "./text-format.ts";

const people: Record<string, { name: string; mine: boolean }> = {
  jonas: { name: "Jonas Brandt", mine: true },
  linh: { name: "Linh Nguyen", mine: false },
};
const mentionOf: MentionOf = (name) => people[name] ?? null;

const markup = (text: string) => renderToStaticMarkup(<MessageText text={text} mentionOf={mentionOf} />);
/** What stands on the page, without what links and directions add to every message. */
const shown = (text: string) =>
  markup(text)
    .replace(/^<div class="hr-text(?: is-emoji)?">|<\/div>$/g, "")
    .replaceAll(/ (?:target|rel|dir|title)="[^"]*"/g, "")
    .replaceAll("&#x27;", "'");
/** The same of a message that is one paragraph. */
const line = (text: string) => shown(text).replace(/^<p>|<\/p>$/g, "");

describe("marks in a message", () => {
  test("bold, italic, struck through and code", () => {
    expect(line("**a** *b* ~~c~~ `d`")).toBe("<strong>a</strong> <em>b</em> <del>c</del> <code>d</code>");
  });

  test("one within the other, in either order, and three stars for both", () => {
    expect(line("**a *b* c**")).toBe("<strong>a <em>b</em> c</strong>");
    expect(line("*a **b** c*")).toBe("<em>a <strong>b</strong> c</em>");
    expect(line("***a***")).toBe("<strong><em>a</em></strong>");
    expect(line("**a *b***")).toBe("<strong>a <em>b</em></strong>");
    expect(line("*a **b***")).toBe("<em>a <strong>b</strong></em>");
  });

  test("bold may be a part of a word", () => {
    expect(line("un**glaub**lich")).toBe("un<strong>glaub</strong>lich");
  });

  test("sums, powers and lists of stars are no marks", () => {
    for (const text of [
      "2*3*4",
      "2 * 3 * 4",
      "a*b*c",
      "2**10 and 2**20",
      "**",
      "****",
      "a * b * c",
      "~ ~~ ~~~",
      "5 ** 2 **",
    ]) {
      expect(line(text)).toBe(text);
    }
  });

  test("a mark that never ends stays as it was typed", () => {
    expect(line("**a *b")).toBe("**a *b");
    expect(line("**a *b** c*")).toBe("<strong>a *b</strong> c*");
    expect(line("~~gone")).toBe("~~gone");
    expect(line("`open")).toBe("`open");
  });

  test("nothing is a mark within code, nor after a backslash", () => {
    expect(line("`**a** <b> @linh https://a.example`")).toBe("<code>**a** &lt;b&gt; @linh https://a.example</code>");
    expect(line("`` a ` b ``")).toBe("<code>a ` b</code>");
    expect(line("\\*a\\*")).toBe("*a*");
    expect(line("¯\\_(ツ)_/¯")).toBe("¯\\_(ツ)_/¯");
  });
});

describe("links in a message", () => {
  const link = (href: string, words = href) => `<a href="${href}">${words}</a>`;

  test("web addresses become links, without the punctuation around them", () => {
    expect(line("see https://a.example/x.")).toBe(`see ${link("https://a.example/x")}.`);
    expect(line("(https://a.example/x)")).toBe(`(${link("https://a.example/x")})`);
    expect(line("https://a.example/x_(y) and http://b.example")).toBe(
      `${link("https://a.example/x_(y)")} and ${link("http://b.example")}`,
    );
    expect(line("**https://a.example**")).toBe(`<strong>${link("https://a.example")}</strong>`);
    expect(line("mailto:a@b.example, please")).toBe(`${link("mailto:a@b.example")}, please`);
  });

  test("an address may have words of its own", () => {
    expect(line("[the **page**](https://a.example/x_(y))")).toBe(
      link("https://a.example/x_(y)", "the <strong>page</strong>"),
    );
    expect(line("[a [b](https://a.example)")).toBe(`[a ${link("https://a.example", "b")}`);
  });

  test("no link holds another", () => {
    expect(line("[see https://b.example now](https://a.example)")).toBe(
      link("https://a.example", "see https://b.example now"),
    );
  });

  test("words that are the address of somewhere else make no link", () => {
    expect(line("[https://bank.example](https://evil.example)")).toBe(
      `[${link("https://bank.example")}](${link("https://evil.example")})`,
    );
    expect(line("[www.a.example](https://a.example/x)")).toBe(link("https://a.example/x", "www.a.example"));
  });

  test("only the web and mail are linked", () => {
    for (const address of [
      "javascript:alert(1)",
      "JaVaScRiPt:alert(1)",
      "data:text/html,x",
      "//a.example",
      "file:///x",
    ]) {
      expect(markup(`[click](${address}) ${address}`)).not.toContain("<a ");
    }
    expect(line("https:// and http:// and www.a.example")).toBe("https:// and http:// and www.a.example");
  });

  test("a link tells the other side nothing, and says where a word leads", () => {
    expect(markup("[x](https://a.example)")).toContain(
      '<a href="https://a.example" target="_blank" rel="noopener noreferrer nofollow" title="https://a.example">',
    );
  });
});

describe("people in a message", () => {
  test("who is meant is marked with the name that everybody knows", () => {
    expect(line("hi @linh.")).toBe('hi <span class="hr-mention">@<bdi>Linh Nguyen</bdi></span>.');
    expect(line("@jonas!")).toBe('<span class="hr-mention is-me">@<bdi>Jonas Brandt</bdi></span>!');
  });

  test("nobody is marked in an address, or when nobody is called so", () => {
    expect(line("me@linh and @nobody")).toBe("me@linh and @nobody");
  });
});

describe("blocks in a message", () => {
  test("lines and empty lines of plain text stay as they are", () => {
    expect(line("a\nb\n\n  c")).toBe("a\nb\n\n  c");
  });

  test("a fence makes code, in which nothing else is anything", () => {
    const html = shown("before\n```js\nconst a = **1**;\n> - x\n```\nafter");
    expect(html).toContain("<p>before</p>");
    expect(html).toContain(">const a = **1**;\n&gt; - x</pre>");
    expect(html).toContain("<span>js</span>");
    expect(html).toContain("<p>after</p>");
    expect(shown("```\nno end")).toContain(">no end</pre>");
    expect(line("```")).toBe("```");
  });

  test("more than 24 lines of code fold", () => {
    const code = Array.from({ length: 30 }, (_, index) => `line ${index + 1}`).join("\n");
    const html = shown(`\`\`\`\n${code}\n\`\`\``);
    expect(html).toContain("Show all 30 lines");
    expect(html).toContain("line 20<");
    expect(html).not.toContain("line 21");
  });

  test("quotes, also within quotes", () => {
    expect(shown("> a\n> **b**\nc")).toBe("<blockquote><p>a\n<strong>b</strong></p></blockquote><p>c</p>");
    expect(shown("> a\n>> b")).toBe("<blockquote><p>a</p><blockquote><p>b</p></blockquote></blockquote>");
    expect(line(">:( no quote")).toBe("&gt;:( no quote");
  });

  test("points and numbers, which keep the numbers that were written", () => {
    expect(shown("- a\n- *b*")).toBe("<ul><li>a</li><li><em>b</em></li></ul>");
    expect(shown("3. a\n7. b")).toBe('<ol><li value="3">a</li><li value="7">b</li></ol>');
    expect(shown("- a\n  goes on\n  - deeper")).toBe('<ul><li>a\ngoes on</li><li data-depth="1">deeper</li></ul>');
    expect(line("-5 degrees\n1.5 m")).toBe("-5 degrees\n1.5 m");
  });

  test("headings, pictures, tables and HTML are only characters", () => {
    for (const text of ["# Title", "| a | b |\n|---|---|", "---", "a\n==="]) expect(line(text)).toBe(text);
    expect(line("![x](https://a.example/x.png)")).not.toContain("<img");
    expect(line("<b onclick=alert(1)>x</b> <script>alert(1)</script>")).toBe(
      "&lt;b onclick=alert(1)&gt;x&lt;/b&gt; &lt;script&gt;alert(1)&lt;/script&gt;",
    );
    expect(line('[x](https://a.example/" onmouseover="alert(1))')).not.toContain(
      '<a href="https://a.example/&quot; on',
    );
  });
});

describe("hostile text", () => {
  const patterns = [
    "*",
    "**a",
    "*a **b ",
    "~~",
    "~~a ",
    "`",
    "`a",
    "``a`",
    "[",
    "[a](",
    "[](",
    "](",
    "[a](https://a.example/",
    "![",
    "> ",
    ">",
    "- ",
    "1. ",
    "  - a\n",
    "```\n",
    "@",
    "@a",
    "https://",
    "https://a.example/)",
    "mailto:",
    "mailto:a@",
    "\\",
    "<script>",
    "(",
    ")",
    "a\u0301\u0302\u0303",
    "\u202E",
    "😀",
    "***a* ",
    "[*a](https://a.example)",
  ];

  // One pass reads this at once; one that begins anew at each mark would not end within the test's patience.
  test.each(patterns)("10,000 characters of %j are read", { timeout: 15_000 }, (pattern) => {
    const text = pattern.repeat(Math.ceil(10_000 / pattern.length));
    expect(markup(text)).toContain("hr-text");
  });

  test("every letter of it is still there", () => {
    const text = "*a **b ~~c [d](e `f";
    expect(line(text)).toBe(text);
  });

  test("what turns the direction of writing ends with the words", () => {
    expect(markup("\u202Eabc")).toBe(
      '<div class="hr-text"><p dir="auto"><span class="hr-isolate">\u202Eabc</span></p></div>',
    );
  });
});

describe("emoji alone", () => {
  test("one to three are drawn larger", () => {
    for (const text of ["😀", "👍🏽 ❤️", "🇩🇪🏴󠁧󠁢󠁳󠁣󠁴󠁿", "👨‍👩‍👧‍👦", "1️⃣"]) expect(isOnlyEmoji(text)).toBe(true);
  });

  test("more of them, digits or words are not", () => {
    for (const text of ["😀😀😀😀", "😀 a", "1", "12", "©", "", " "]) expect(isOnlyEmoji(text)).toBe(false);
  });
});

describe("the words in one line", () => {
  test("without the marks", () => {
    expect(plainLine("**For Monday:**\n- a *drawing*\n- `x` and [the page](https://a.example)\n\n> @linh")).toBe(
      "For Monday: a drawing x and the page @linh",
    );
  });

  test("with people by their names, as in the message itself", () => {
    expect(plainLine("- **@linh.** and\n> @linh, @nobody", mentionOf)).toBe("@Linh Nguyen. and @Linh Nguyen, @nobody");
  });
});
