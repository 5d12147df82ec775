// Files of messages: pictures, documents and voice messages. Uploaded first, then bound to the message that is sent.
import { z } from "zod";
import { event } from "../kit/frame.ts";
import { FILE, operation } from "../kit/operation.ts";
import { Id } from "../kit/primitives.ts";
import { SIZES } from "../kit/sizes.ts";

/** 128 bits of chance: whoever may not know a file cannot guess it. */
export const AttachmentId = z.string().regex(/^[\w-]{22}$/);
export const AttachmentKind = z.enum(["image", "document", "voice"]);
export type AttachmentKind = z.infer<typeof AttachmentKind>;
/** `scanning`: it is being checked, and nobody may have it yet. `quarantined`: nobody ever will. */
export const AttachmentState = z.enum(["scanning", "ready", "quarantined"]);
export type AttachmentState = z.infer<typeof AttachmentState>;

/** How loud a voice message is over its length: equal steps, 0 (silent) to 100. */
const Waveform = z.array(z.int().min(0).max(100)).max(SIZES.waveform);

/**
 * `size` in bytes, `width` and `height` in pixels as shown (turned upright), `duration_ms` as the recorder measured it.
 * `placeholder` is a picture of a few pixels as a `data:` URL, for the time before the picture comes; null until then
 * and for everything else. `problem` says why a file is quarantined: the scanner found something, or it is no whole file.
 */
export const Attachment = z
  .strictObject({
    id: AttachmentId,
    kind: AttachmentKind,
    name: z.string(),
    mime: z.string(),
    size: z.int().nonnegative(),
    width: z.int().positive().nullable(),
    height: z.int().positive().nullable(),
    duration_ms: z.int().nonnegative().nullable(),
    waveform: Waveform.nullable(),
    placeholder: z.string().nullable(),
    url: z.string(),
    thumb_url: z.string().nullable(),
    state: AttachmentState,
    problem: z.enum(["infected", "unreadable"]).nullable(),
  })
  .meta({ id: "Attachment" });
export type Attachment = z.infer<typeof Attachment>;

/** A field of a form is text: numbers and lists are read from it. */
const fromJson = <T extends z.ZodType>(schema: T) =>
  z
    .string()
    .max(2_000)
    .transform((text, context): unknown => {
      try {
        return JSON.parse(text);
      } catch {
        context.addIssue({ code: "custom", message: "Must be JSON." });
        return z.NEVER;
      }
    })
    .pipe(schema);

/** The text fields that may go with a `file`. Without `kind`, what the file is decides. */
export const UploadFields = z.strictObject({
  kind: AttachmentKind.optional(),
  duration_ms: fromJson(z.int().nonnegative().max(SIZES.voice_ms)).optional(),
  waveform: fromJson(Waveform).optional(),
});

export const uploadFile = operation({
  method: "post",
  path: "/api/chat/uploads/",
  authz: "user",
  summary: "Upload a file, to be sent with a message within 24 hours",
  file: "file",
  body: UploadFields,
  responses: { 201: Attachment },
  errors: [
    "too_large",
    "unsupported_media_type",
    "unreadable_file",
    "storage_full",
    "unavailable",
    "idempotency_conflict",
  ],
  idempotent: true,
});

export const discardUpload = operation({
  method: "delete",
  path: "/api/chat/uploads/{id}/",
  authz: "self",
  summary: "Throw away a file of mine that I have not sent",
  params: z.strictObject({ id: AttachmentId }),
  responses: { 204: null },
});

const ofAttachment = z.strictObject({ id: AttachmentId });

export const getAttachment = operation({
  method: "get",
  path: "/api/chat/attachments/{id}/",
  authz: "member",
  summary: "The bytes of a file, or a part of them; members of its room or thread only",
  params: ofAttachment,
  responses: { 200: FILE },
  errors: ["attachment_not_ready", "attachment_blocked", "range_not_satisfiable", "unavailable"],
});

export const getThumbnail = operation({
  method: "get",
  path: "/api/chat/attachments/{id}/thumb/",
  authz: "member",
  summary: "A picture made small: within 480 × 340, or with size=large within 1280 × 960",
  params: ofAttachment,
  query: z.strictObject({ size: z.literal("large").optional() }),
  responses: { 200: FILE },
  errors: ["attachment_not_ready", "attachment_blocked", "range_not_satisfiable", "unavailable"],
});

/** Over the log of its message: a file was checked, and is there now or never will be. */
export const attachmentUpdated = event({
  type: "attachment_updated",
  durable: true,
  audience: "log",
  fields: { message_id: Id, attachment: Attachment },
});
/** The same for a file that I have not sent yet. */
export const uploadUpdated = event({
  type: "upload_updated",
  durable: false,
  audience: "user",
  fields: { attachment: Attachment },
});
