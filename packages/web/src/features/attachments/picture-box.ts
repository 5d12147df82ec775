// How large pictures are drawn before they are there: worked out from the size that comes with the message, so that
// nothing moves when they arrive. Pure.
import type { Attachment } from "@homeroom/protocol";

/** In CSS pixels. */
export const MOST = { width: 452, height: 320 };
/** So that there is something to see and to press of a picture that is a line. */
const LEAST = { width: 88, height: 56 };
const UNKNOWN = { width: 320, height: 240 };
/** As the server makes them. */
const THUMB = { width: 480, height: 340 };
const LARGE = { width: 1280, height: 960 };

export interface Box {
  width: number;
  height: number;
}

export function fit({ width, height }: Box, most: Box): Box {
  const scale = Math.min(1, most.width / width, most.height / height);
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

type Sized = Pick<Attachment, "width" | "height">;

/** The box of a picture that stands alone. */
export function boxOf({ width, height }: Sized): Box {
  if (!width || !height) return UNKNOWN;
  const box = fit({ width, height }, MOST);
  return { width: Math.max(LEAST.width, box.width), height: Math.max(LEAST.height, box.height) };
}

/** Which files there are of it, by their width: the browser takes the one that its screen needs. */
export function sourcesOf({ url, thumb_url: thumb, width, height }: Sized & Pick<Attachment, "url" | "thumb_url">) {
  if (!thumb || !width || !height) return { src: thumb ?? url };
  const small = fit({ width, height }, THUMB).width;
  const large = fit({ width, height }, LARGE).width;
  if (large <= small) return { src: thumb };
  return { src: thumb, srcSet: `${thumb} ${small}w, ${thumb}?size=large ${large}w` };
}
