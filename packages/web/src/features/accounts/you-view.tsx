// One's own page: who I am, my password, where I am signed in, how the page looks.
import type { Me } from "@homeroom/protocol";
import { ArrowLeft, LogOut } from "lucide-react";
import type { ReactNode } from "react";
import { Avatar } from "../../ui/avatar.tsx";
import { RoleChip } from "../../ui/badge.tsx";
import { Button, IconButton } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import "../../styles/you.css";

const words = {
  title: "You",
  back: "Back",
  profile: "Profile",
  look: "Look and keys",
  password: "Password",
  devices: "Where you are signed in",
  signOut: "Sign out",
  roles: { student: "Student", teacher: "Teacher", admin: "Admin" } satisfies Record<Me["role"], string>,
};

export interface YouViewProps {
  me: Me;
  /** Absent on phones' tabs, where this is a first screen. */
  onBack?: () => void;
  profile: ReactNode;
  preferences: ReactNode;
  password: ReactNode;
  devices: ReactNode;
  onSignOut: () => void;
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="hr-you-part" aria-label={title}>
      <h2>{title}</h2>
      {children}
    </section>
  );
}

export function YouView({ me, onBack, profile, preferences, password, devices, onSignOut }: YouViewProps) {
  return (
    <>
      <header className="hr-head">
        {onBack && <IconButton label={words.back} icon={ArrowLeft} onClick={onBack} />}
        <Avatar id={me.id} name={me.display_name} staff={me.role !== "student"} />
        <div className="hr-grow">
          <h1 className="hr-head-title">{words.title}</h1>
          <div className="hr-head-topic hr-ell">
            {me.display_name} · {me.username}
          </div>
        </div>
        <RoleChip>{words.roles[me.role]}</RoleChip>
      </header>
      <div className="hr-you">
        <Part title={words.profile}>{profile}</Part>
        <Part title={words.look}>{preferences}</Part>
        <Part title={words.password}>{password}</Part>
        <Part title={words.devices}>{devices}</Part>
        <Button onClick={onSignOut}>
          <Icon icon={LogOut} size={18} />
          {words.signOut}
        </Button>
      </div>
    </>
  );
}
