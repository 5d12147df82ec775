// Who may what, by the role of the account. Roles in a room are the rooms' business.
import { Refusal, type Role } from "@homeroom/protocol";
import type { Caller } from "../../kit/call.ts";

export const RANK: Readonly<Record<Role, number>> = { student: 0, teacher: 1, admin: 2 };

export const isStaff = (user: { role: Role }): boolean => user.role !== "student";

export const requireStaff = ({ user }: Caller): void => {
  if (!isStaff(user)) throw new Refusal("forbidden");
};

export const requireAdmin = ({ user }: Caller): void => {
  if (user.role !== "admin") throw new Refusal("forbidden");
};
