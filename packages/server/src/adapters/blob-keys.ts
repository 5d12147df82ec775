// What a blob's key may look like, for every store: nothing in it can lead out of the store.
const KEY = /^[a-z0-9][a-z0-9-]*(\/[a-z0-9][a-z0-9-]*)*$/;
const LONGEST = 200;

export class WrongKey extends Error {}

/** Keys are of our own making: one that is not well made is a mistake in the code, never somebody's input. */
export const requireKey = (key: string): void => {
  if (!KEY.test(key) || key.length > LONGEST) throw new WrongKey(`"${key}" is no key of a blob.`);
};

export const isKey = (key: string): boolean => KEY.test(key) && key.length <= LONGEST;
