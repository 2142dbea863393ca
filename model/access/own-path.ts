/**
 * The path of ours that a text names, with its query and fragment; `/` if it names anything else.
 * Browsers read `//host` and `/\host` as addresses of other hosts, and leave out control characters
 * before they look.
 */
export function ownPath(text: string | undefined): string {
  if (text === undefined || !/^\/(?![/\\])[\u0021-\u007e]*$/.test(text)) return '/';
  const here = 'http://gitward.invalid';
  const url = URL.canParse(text, here) ? new URL(text, here) : null;
  // A path such as `/.//host` begins with two slashes once it is resolved.
  return url?.origin === here && !url.pathname.startsWith('//')
    ? url.pathname + url.search + url.hash
    : '/';
}
