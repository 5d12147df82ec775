// What is said when there is no sound to be had: what to do, not what failed.
import type { MicrophoneTrouble } from "./microphone-port.ts";

const words: Record<MicrophoneTrouble, string> = {
  blocked: "The browser blocks the microphone. Allow it in the address bar, then try again.",
  none: "No microphone was found. Plug one in, then try again.",
  busy: "Another program is using the microphone. Close it there, then try again.",
  insecure: "Recording works only over a secure connection. Ask your school for the address that begins with https.",
  unsupported: "This browser cannot record. Try it in another one.",
  empty: "Nothing was recorded. Try again.",
};

export const troubleText = (trouble: MicrophoneTrouble): string => words[trouble];
