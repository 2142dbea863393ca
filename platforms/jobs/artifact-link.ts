/**
 * A link to an artifact as a repository may hold it: `http:` or `https:`, without user and password, and
 * without query and fragment, where presigned addresses carry their signature. `null` for anything else.
 */
export function artifactLink(text: string): string | null {
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return null;
  return `${url.origin}${url.pathname}`;
}
