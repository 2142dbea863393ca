const maxLength = 200;

/**
 * Turns text from the source (an id, a component's type) into one segment of a path. Values that the platform
 * really uses stay unchanged. Anything that could leave the tree, hide in it or be mistaken for Git's own
 * files (`/`, `..` alone, control characters, `.git` in any case and in the forms that Windows and macOS
 * treat as the same) is changed to letters, digits, `-`, `_` and inner dots, possibly several in a row. The
 * result is never empty.
 */
export function safeSegment(text: string): string {
  const safe = text
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    // Not hidden, not only dots, and without trailing dots, which Windows drops.
    .slice(0, maxLength)
    .replace(/^[.-]+|[.-]+$/g, '');
  return safe === '' ? 'unnamed' : safe;
}
