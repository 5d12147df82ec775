// What a message without words is called where one line of it is shown: in quotes, lists and notices. No zod here.

const words = {
  pictures: (count: number) => (count === 1 ? "Picture" : `${count} pictures`),
  document: (name: string) => `Document: ${name}`,
  documents: (count: number) => `${count} documents`,
  voices: (count: number) => (count === 1 ? "Voice message" : `${count} voice messages`),
};

interface Named {
  readonly kind: "image" | "document" | "voice";
  readonly name: string;
}

/** "3 pictures, Document: plan.pdf"; "" for no files. */
export function fileWords(files: readonly Named[]): string {
  const of = (kind: Named["kind"]) => files.filter((file) => file.kind === kind);
  const [voices, pictures, documents] = [of("voice"), of("image"), of("document")];
  const [first] = documents;
  const parts = [
    voices.length > 0 && words.voices(voices.length),
    pictures.length > 0 && words.pictures(pictures.length),
    first && (documents.length === 1 ? words.document(first.name) : words.documents(documents.length)),
  ];
  return parts.filter(Boolean).join(", ");
}
