// The ten colours of people and rooms: the same id has the same colour everywhere and for ever.
const encoder = new TextEncoder();

/** FNV-1a, 32 bits, over the UTF-8 bytes. */
export function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of encoder.encode(text)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash;
}

export function colourOf(id: number | string): number {
  return fnv1a(String(id)) % 10;
}
