// What stands above the message box once files were chosen: its file is fetched ahead, when the page has nothing to do.
import { part } from "../part.tsx";

export const TrayPart = part(() => import("../../features/attachments/tray.tsx").then((file) => file.Tray));
