/**
 * Makes a text that PostgreSQL can store. It refuses NUL everywhere, and half surrogate pairs in
 * `jsonb`; a name from outside, or one cut in the middle of an emoji, must not stop a mirror
 * forever. Both become U+FFFD, as in Git's UTF-8.
 */
export function storableText(text: string): string {
  return text.replace(unstorable, '\ufffd');
}

/**
 * A value in a PostgreSQL index cannot be much longer than 2,700 bytes. This is in characters of up
 * to four bytes: together with an id of 200 characters, a row of the index has 2,704 bytes.
 */
const longestTitle = 300;

/** Like {@link storableText}, cut to the length that an index can hold. */
export function storableTitle(title: string): string {
  return storableText(
    Array.from(title.slice(0, 2 * longestTitle))
      .slice(0, longestTitle)
      .join(''),
  );
}

const unstorable = /[\p{Surrogate}\0]/gu;

/**
 * Converts a value to the text of a `jsonb` column, with its strings and keys as in
 * {@link storableText}.
 */
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

/**
 * Converts a time to one that both PostgreSQL and ISO 8601 can write: a commit may claim any time.
 */
export function storableTime(time: Date): string {
  const milliseconds = time.getTime();
  const kept = Number.isNaN(milliseconds) ? 0 : Math.min(Math.max(milliseconds, 0), lastTime);
  return new Date(kept).toISOString();
}
