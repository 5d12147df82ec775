// The bar above a private chat: with whom, that it is private, whether they are here, and what can be done with it.
import type { PresenceState, UserCard } from "@homeroom/protocol";
import { ArrowLeft, Ellipsis, MessagesSquare, X } from "lucide-react";
import type { Ref } from "react";
import { Avatar } from "../../ui/avatar.tsx";
import { IconButton } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Menu, type MenuItem } from "../../ui/menu.tsx";
import { usePhone } from "../../ui/use-media-query.ts";

const words = { back: "Back", close: "Close panel", menu: "Chat menu", private: "Private chat" };

export interface PrivateHeaderProps {
  /** Unknown while the chat is on its way. */
  partner: UserCard | null;
  presence: PresenceState;
  menu: MenuItem[];
  onBack: () => void;
  /** Beside a room. */
  onClose?: (() => void) | undefined;
  /** Takes the focus where there is nothing to write in. */
  heading: Ref<HTMLHeadingElement>;
}

export function PrivateHeader({ partner, presence, menu, onBack, onClose, heading }: PrivateHeaderProps) {
  // On phones it stands alone on the page.
  const isPhone = usePhone();
  const Heading = onClose && !isPhone ? "h2" : "h1";
  return (
    <header className="hr-head hr-private-head">
      <IconButton label={words.back} icon={ArrowLeft} className="hr-back" onClick={onBack} />
      {partner && (
        <Avatar id={partner.id} name={partner.display_name} staff={partner.role !== "student"} presence={presence} />
      )}
      <div className="hr-grow">
        <Heading ref={heading} className="hr-head-title" tabIndex={-1}>
          <bdi className="hr-ell">{partner?.display_name ?? words.private}</bdi>
        </Heading>
        {partner && (
          <div className="hr-head-topic">
            <Icon icon={MessagesSquare} size={14} />
            {words.private}
          </div>
        )}
      </div>
      <div className="hr-head-tools">
        <Menu label={words.menu} icon={Ellipsis} items={menu} />
        {onClose && <IconButton label={words.close} icon={X} className="hr-hide-sm" onClick={onClose} />}
      </div>
    </header>
  );
}
