// How hard a new password is to guess, in words. A hint for people, not a rule: the server has the rule.
import { SIZES } from "@homeroom/protocol/kit/sizes.ts";

export interface PasswordStrength {
  /** 0 to 4 */
  bars: number;
  text: string;
}

const words = {
  empty: `At least ${SIZES.password_min} characters. Three random words are easy to keep.`,
  short: (missing: number) => `${missing} more ${missing === 1 ? "character" : "characters"}.`,
  weak: "Easy to guess. Three random words are easy to keep.",
  fair: "Fair. A little longer is better.",
  good: "Good. Three random words are easy to keep.",
  strong: "Very good.",
};

const common = /^(pass|kenn|qwer|asdf|abc|1234|school|schule|home|hello|hallo|admin|teacher|student)/i;

export function passwordStrength(password: string): PasswordStrength {
  const length = [...password].length;
  if (length === 0) return { bars: 0, text: words.empty };
  if (length < SIZES.password_min) return { bars: 1, text: words.short(SIZES.password_min - length) };
  const different = new Set(password).size;
  if (different < 5 || (common.test(password) && length < 14)) return { bars: 1, text: words.weak };
  if (length < 10) return { bars: 2, text: words.fair };
  if (length < 16) return { bars: 3, text: words.good };
  return { bars: 4, text: words.strong };
}
