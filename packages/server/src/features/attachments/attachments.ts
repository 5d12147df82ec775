// Attachments: the front of the feature. Files are uploaded first, then bound to the message that is sent.
import { Refusal } from "@homeroom/protocol";
import { act } from "../../kit/action.ts";
import type { Handlers } from "../../kit/call.ts";
import type { Kit } from "../../kit/kit.ts";
import type { JobKind, Worker } from "../../kit/ports.ts";
import { type MayRead, requireFile } from "./attachments.access.ts";
import { deleteUnsent } from "./attachments.store.ts";
import { checkAttachment } from "./checking.ts";
import { thumbnail, wholeFile } from "./serving.ts";
import { removeBlob, upload } from "./uploading.ts";
import { whileAllowed } from "./while-allowed.ts";

export { attachmentsOf, toAttachment, updatedIn } from "./attachment-view.ts";
export { type AttachmentJson, attachmentsIn } from "./attachments.store.ts";
export type { MayRead } from "./attachments.access.ts";
export { checkAttachment } from "./checking.ts";
export { lostBlobs, unsentFiles } from "./collecting.ts";
export { bindFiles, type FilesAllowed, requireFiles } from "./binding.ts";

export interface AttachmentsFeature {
  operations: Pick<Handlers, "uploadFile" | "discardUpload" | "getAttachment" | "getThumbnail">;
  workers: Record<Extract<JobKind, "check_attachment">, Worker>;
}

export const attachmentsFeature = (kit: Kit, mayRead: MayRead): AttachmentsFeature => ({
  workers: { check_attachment: checkAttachment(kit) },

  operations: {
    uploadFile: ({ body, file }, call) => upload(kit, call, file, body),

    discardUpload: async ({ params }, { caller: { user } }) => {
      const blob = await act(kit, ({ tx }) => deleteUnsent(tx, params.id, user.id));
      if (blob === null) throw new Refusal("not_found");
      await removeBlob(kit, blob);
      return { status: 204, body: undefined };
    },

    getAttachment: async ({ params }, { caller: { user } }) => {
      const ask = () => requireFile(kit.db.read, mayRead, user, params.id, kit.clock.now());
      return { status: 200, body: whileAllowed(wholeFile(kit, await ask()), ask) };
    },

    getThumbnail: async ({ params, query }, { caller: { user } }) => {
      const row = await requireFile(kit.db.read, mayRead, user, params.id, kit.clock.now());
      return { status: 200, body: await thumbnail(kit, row, query.size === "large" ? "l" : "s") };
    },
  },
});
