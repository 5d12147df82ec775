// What a refused form came back with: a sentence for all of it, and sentences for single fields.
export interface FormErrors {
  form?: string | null;
  /** As the server answers: field name → sentences. */
  fields?: Record<string, string[]>;
}

export function fieldError(errors: FormErrors | undefined, name: string): string | null {
  return errors?.fields?.[name]?.join(" ") || null;
}
