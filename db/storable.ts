/**
 * Text that PostgreSQL can keep. It refuses NUL everywhere, and in `jsonb` halves of surrogate pairs:
 * a name from outside, or one cut in the middle of an emoji, must not stop a mirror for ever. Both
 * become U+FFFD, as they do in Git's UTF-8.
 */
export function storableText(text: string): string {
  return text.replace(/[\p{Surrogate}\0]/gu, '\ufffd');
}

/** A value as the text of a `jsonb` column, its strings as {@link storableText}; its keys are ours. */
export function jsonb(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'string' ? storableText(part) : part,
  );
}
