// What went wrong with a whole form, said at its top and read out at once.
import { TriangleAlert } from "lucide-react";
import { Icon } from "./icon.tsx";

export function FormError({ text }: { text: string | null | undefined }) {
  if (!text) return null;
  return (
    <div className="hr-form-error" role="alert">
      <Icon icon={TriangleAlert} size={20} />
      <span>{text}</span>
    </div>
  );
}
