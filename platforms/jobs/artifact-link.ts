/**
 * A link to an artifact, in a form that a repository may contain: `http:` or `https:`, without user and
 * password, and without query and fragment, where presigned URLs carry their signature. `null` for any other
 * link.
 */
export function artifactLink(text: string): string | null {
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return null;
  return `${url.origin}${url.pathname}`;
}
