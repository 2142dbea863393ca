/**
 * Text that PostgreSQL can keep. It refuses NUL everywhere, and in `jsonb` halves of surrogate pairs:
 * a name from outside, or one cut in the middle of an emoji, must not stop a mirror for ever. Both
 * become U+FFFD, as they do in Git's UTF-8.
 */
export function storableText(text: string): string {
  return text.replace(unstorable, '\ufffd');
}

/** An index of PostgreSQL's holds no value much longer than 2,700 bytes. */
/** In characters of up to four bytes: a row of an index, with an id of 200 of them, holds 2,704 bytes. */
const longestTitle = 300;

/** A title as {@link storableText}, as long as an index can hold. */
export function storableTitle(title: string): string {
  return storableText(
    Array.from(title.slice(0, 2 * longestTitle))
      .slice(0, longestTitle)
      .join(''),
  );
}

const unstorable = /[\p{Surrogate}\0]/gu;

/** A value as the text of a `jsonb` column, its strings and keys as {@link storableText}. */
export function jsonb(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) => {
    if (typeof part === 'string') return storableText(part);
    return hasUnstorableKey(part)
      ? Object.fromEntries(Object.entries(part).map(([key, of]) => [storableText(key), of]))
      : part;
  });
}

function hasUnstorableKey(value: unknown): value is Record<string, unknown> {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.keys(value).some((key) => storableText(key) !== key)
  );
}

const lastTime = Date.UTC(9999, 11, 31);

/** A time that PostgreSQL and ISO 8601 can both write: a commit may claim any. */
export function storableTime(time: Date): string {
  const milliseconds = time.getTime();
  const kept = Number.isNaN(milliseconds) ? 0 : Math.min(Math.max(milliseconds, 0), lastTime);
  return new Date(kept).toISOString();
}
