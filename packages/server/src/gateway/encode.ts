// A frame as the bytes that go over the wire: JSON in one unmasked, unfragmented RFC 6455 text frame. Made once per frame.
import type { ServerFrame } from "@homeroom/protocol";

const FINAL_TEXT = 0x81;

export const encode = (frame: ServerFrame): Buffer => {
  const json = JSON.stringify(frame);
  const length = Buffer.byteLength(json);
  const header = length < 126 ? 2 : length < 65_536 ? 4 : 10;
  const bytes = Buffer.allocUnsafe(header + length);
  bytes[0] = FINAL_TEXT;
  if (header === 2) bytes[1] = length;
  else if (header === 4) {
    bytes[1] = 126;
    bytes.writeUInt16BE(length, 2);
  } else {
    bytes[1] = 127;
    bytes.writeBigUInt64BE(BigInt(length), 2);
  }
  bytes.write(json, header, "utf8");
  return bytes;
};
