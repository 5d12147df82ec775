// An icon of lucide-react at one of the sizes the design knows; always silent, the words beside it speak.
import type { LucideIcon } from "lucide-react";

export type IconSize = 14 | 16 | 18 | 20 | 24;

/** Small icons get a heavier stroke, so that they look as dark as the text beside them. */
const strokes: Record<IconSize, number> = { 14: 2.1, 16: 1.9, 18: 1.75, 20: 1.75, 24: 1.75 };

export interface IconProps {
  icon: LucideIcon;
  size?: IconSize;
}

export function Icon({ icon: Drawing, size = 20 }: IconProps) {
  return <Drawing className="hr-icon" size={size} strokeWidth={strokes[size]} aria-hidden="true" focusable="false" />;
}
