import { pathKey } from '../text/path-key.ts';

/**
 * What all spellings of a repository's address have in common. The host's case, a default port, doubled and trailing slashes,
 * `.git`, escapes that are not needed and the way accents are composed make no other repository; nor does the case of the
 * path at most hosts, so that it is not told apart at any.
 */
export function repositoryKey(url: string): string {
  if (!URL.canParse(url)) return url;
  const { protocol, host, pathname } = new URL(url);
  const path = decoded(pathname)
    .replace(/\/{2,}/g, '/')
    .replace(/\/$/, '')
    .replace(/\.git$/i, '')
    .replace(/\/$/, '');
  return `${protocol}//${host}${pathKey(path)}`;
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
