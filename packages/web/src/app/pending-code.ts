// A class code that came with the address, until somebody who is signed in can enter the room with it.
let kept: string | null = null;

export const keepCode = (code: string): void => {
  kept = code.trim() || kept;
};

/** Once: a code is offered one time. */
export function takeCode(): string | null {
  const code = kept;
  kept = null;
  return code;
}
