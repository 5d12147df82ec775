// Buttons with words, buttons that are only an icon (their label is also the tooltip), and links that act.
import type { LucideIcon } from "lucide-react";
import type { ComponentPropsWithRef, ReactNode } from "react";
import { classNames } from "./class-names.ts";
import { Icon, type IconSize } from "./icon.tsx";
import { Spinner } from "./spinner.tsx";

/** primary: the one action · secondary: ordinary · light: quiet · danger: inside a confirmation · link: words. */
export type ButtonVariant = "primary" | "secondary" | "light" | "outline-danger" | "danger" | "link";

export interface ButtonProps extends Omit<ComponentPropsWithRef<"button">, "ref"> {
  variant?: ButtonVariant;
  size?: "sm" | "lg";
  icon?: LucideIcon;
  /** Shows a spinner and refuses a second click; the words stay. */
  busy?: boolean;
  ref?: ComponentPropsWithRef<"button">["ref"];
}

export function Button({ variant = "secondary", icon, busy = false, children, ...rest }: ButtonProps) {
  const { className, disabled, type = "button", size, ...attributes } = rest;
  return (
    <button
      {...attributes}
      // oxlint-disable-next-line react/button-has-type -- a type is always given
      type={type}
      className={classNames("btn", `btn-${variant}`, size && `btn-${size}`, busy && "hr-busy", className)}
      disabled={disabled || busy}
      aria-busy={busy || undefined}
    >
      {busy ? <Spinner /> : icon && <Icon icon={icon} size={size === "sm" ? 16 : 18} />}
      {children}
    </button>
  );
}

export interface IconButtonProps extends Omit<ComponentPropsWithRef<"button">, "ref" | "children"> {
  /** The accessible name and the tooltip. */
  label: string;
  icon: LucideIcon;
  iconSize?: IconSize;
  size?: "xs" | "sm";
  /** A count on the icon's shoulder; say it in the label too. */
  badge?: ReactNode;
  ref?: ComponentPropsWithRef<"button">["ref"];
}

const small = { sm: "btn-sm", xs: "hr-btn-xs" };

export function IconButton({ label, icon, iconSize, size, badge, className, ...rest }: IconButtonProps) {
  return (
    <button
      title={label}
      type="button"
      {...rest}
      aria-label={label}
      className={classNames("btn btn-light hr-btn-icon", size && small[size], className)}
    >
      <Icon icon={icon} size={iconSize ?? (size === "xs" ? 16 : 20)} />
      {badge}
    </button>
  );
}
