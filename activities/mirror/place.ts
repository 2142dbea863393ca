import type { Tip } from '../../git/types.ts';
import type { Platform } from '../../platforms/platform.ts';

/** A path below a mirror's place as a path in the repository. The place is a folder; `''` is the root. */
export function inPlace(subdirectory: string, path: string): string {
  return subdirectory === '' ? path : `${subdirectory}/${path}`;
}

/** The files in a mirror's folders at a tip: path below the mirror's place → blob id. */
export async function listOwnedFiles(
  tip: Tip,
  subdirectory: string,
  { layout: { ownedFolders } }: Platform,
): Promise<Map<string, string>> {
  const listed = await tip.listFiles(ownedFolders.map((folder) => inPlace(subdirectory, folder)));
  const prefix = inPlace(subdirectory, '');
  return new Map([...listed].map(([path, blobId]) => [path.slice(prefix.length), blobId]));
}
