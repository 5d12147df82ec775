// What became of a hostile file, and whether it can do harm: refused, kept from everybody, or handed out as what it is.
import type { Attachment } from "@homeroom/protocol";
import type { HostileFile } from "./hostile-files/bytes.ts";
import type { UploadAnswer } from "./hostile-uploads.ts";

export type Outcome =
  | { is: "refused"; answer: UploadAnswer }
  | { is: "blocked"; attachment: Attachment }
  | { is: "served"; attachment: Attachment };

/** Types that a browser runs or that fetch something, and those that it might take for another. */
const ACTIVE = /html|svg|\bxml|\+xml|script|css|multipart|octet|flash|java|wasm|\/x-|message|unknown/i;
/** May be put into a page as they are: made anew, or nothing but sound. */
const SHOWN = /^(image\/(png|jpeg|gif|webp|avif)|audio\/(webm|ogg|mp4|mpeg|wav))$/;
const RUNS =
  /\.(html?|xhtml|svgz?|xml|xsl|mhtml?|js|mjs|jse|css|swf|hta|php|exe|dll|scr|com|bat|cmd|ps1|vbs|msi|lnk|url|reg|sh|py|jar|jnlp|jsp|aspx|desktop|webloc|scf|rdp|apk|docm|xlsm|htaccess)$/i;
const RESERVED = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])\s*(\.|$)/i;

const unlessFor = (file: HostileFile): boolean => file.must.refused.length === 0 && !file.must.blocked;

/** Empty where it is right. */
export const wrongOutcome = (file: HostileFile, outcome: Outcome): string[] => {
  const { must } = file;
  if (outcome.is === "refused") {
    const { status, body } = outcome.answer;
    const isSaid = Boolean(body.code && body.detail);
    if (!isSaid) return [`refused with ${status} and no sentence`];
    return must.refused.includes(status) ? [] : [`refused with ${status} ${body.code}: ${body.detail}`];
  }
  if (outcome.is === "blocked") return must.blocked && !unlessFor(file) ? [] : ["taken, and then kept from everybody"];
  const { mime, kind } = outcome.attachment;
  return must.served.includes(mime) ? [] : [`handed out as ${kind} ${mime}`];
};

/** What is wrong with the name that others see, and save it under. */
export const wrongName = (name: string): string[] => {
  const found: string[] = [];
  if (name === "" || name.startsWith(".") || /[. ]$/.test(name)) found.push("is no name");
  if ([...name].length > 200) found.push("is too long");
  if (/[\p{Cc}\p{Zl}\p{Zp}]/u.test(name)) found.push("has control characters");
  if (/[\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/.test(name)) found.push("has signs that nobody sees");
  if (/[/\\:*?"<>|]/.test(name)) found.push("has signs that lead elsewhere");
  if (RESERVED.test(name)) found.push("is a device");
  if (RUNS.test(name)) found.push("ends as something that runs");
  if (/\p{M}{12}/u.test(name)) found.push("is a tower of marks");
  if (!name.isWellFormed()) found.push("has half a sign");
  return found.map((what) => `the name ${what}: ${JSON.stringify(name.slice(0, 60))}`);
};

const ENCODED =
  /^(?:inline|attachment)(?:; filename="(?:[^"\\\r\n]|\\["\\])*"|; filename=[\w.!#$&+^`|~%'*-]+)?(?:; filename\*=UTF-8''[\w.!#$&+^`|~%-]+)?$/;

/** What is wrong with the headers under which a file is handed out. */
export const wrongHeaders = (attachment: Attachment, headers: Headers): string[] => {
  const type = headers.get("content-type") ?? "";
  const disposition = headers.get("content-disposition") ?? "";
  const policy = headers.get("content-security-policy") ?? "";
  const found: string[] = [];
  if (type.split(";")[0] !== attachment.mime) found.push(`the type is ${type}, told was ${attachment.mime}`);
  if (ACTIVE.test(type)) found.push(`the type is ${type}`);
  if (headers.get("x-content-type-options") !== "nosniff") found.push("no nosniff");
  if (!/(^|;\s*)sandbox(;|$)/.test(policy) || !policy.includes("default-src 'none'"))
    found.push(`the policy is ${policy}`);
  if (/allow-/.test(policy)) found.push(`the sandbox is open: ${policy}`);
  if (headers.get("cache-control") !== "private, no-store") found.push(`cached: ${headers.get("cache-control")}`);
  if (headers.get("cross-origin-resource-policy") !== "same-origin")
    found.push("other origins may put it into their pages");
  if (!ENCODED.test(disposition)) found.push(`an odd Content-Disposition: ${disposition}`);
  if (disposition.startsWith("inline") && !SHOWN.test(type)) found.push(`${type} is shown in a page`);
  if (!disposition.startsWith("inline") && attachment.kind !== "document") found.push(`${type} is not shown`);
  for (const name of ["x-evil", "set-cookie", "location", "refresh", "link"]) {
    if (headers.has(name)) found.push(`there is a header ${name}`);
  }
  return found;
};
