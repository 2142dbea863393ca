const maxLength = 200;

/**
 * Text from the source (an id, a component's type) as one segment of a path. What the platform
 * really uses stays as it is; anything that could leave the tree, hide in it or be Git's own
 * (`/`, `..` alone, controls, `.git` in any case and in the forms that Windows and macOS take for it) is
 * changed into letters, digits, `-`, `_` and inner dots, which may be several. Never empty.
 */
export function safeSegment(text: string): string {
  const safe = text
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    // No hidden names, no name of dots alone, and no trailing dot, which Windows drops.
    .slice(0, maxLength)
    .replace(/^[.-]+|[.-]+$/g, '');
  return safe === '' ? 'unnamed' : safe;
}
