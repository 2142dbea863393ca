/** A repository's path on its host, in segments: `/group/sub/name.git` → `group`, `sub`, `name`. */
export function repositoryPath({ pathname }: URL): string[] {
  return pathname
    .replace(/\/+$/, '')
    .replace(/\.git$/, '')
    .split('/')
    .filter((segment) => segment !== '')
    .map(decoded);
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
