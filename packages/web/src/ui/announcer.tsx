// A region nobody sees that reads new things out politely; the message list itself stays silent.
export function Announcer({ text }: { text: string }) {
  return (
    <div className="hr-vh" role="status" aria-live="polite">
      {text}
    </div>
  );
}
