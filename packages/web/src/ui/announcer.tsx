// A region nobody sees that reads new things out politely; the message list itself stays silent.
export function Announcer({ text }: { text: string }) {
  return (
    <output className="hr-vh" aria-live="polite">
      {text}
    </output>
  );
}
