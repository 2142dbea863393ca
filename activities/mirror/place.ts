import { isNoFolder } from '../../git/tree-object.ts';
import type { Held, Tip } from '../../git/types.ts';
import { ancestorsOf } from '../../model/text/ancestors.ts';
import type { Platform } from '../../platforms/platform.ts';

/** A path below a mirror's place as a path in the repository. The place is a folder; `''` is the root. */
export function inPlace(subdirectory: string, path: string): string {
  return subdirectory === '' ? path : `${subdirectory}/${path}`;
}

/** What is at a mirror's place. */
export interface PlaceContents {
  /**
   * What is at and below the mirror's folders: path below its place → id, as in `Tip.listFiles`. Something that is there
   * instead of a folder is listed, too.
   */
  present: Map<string, string>;
  /** What is not a folder, but has to be one for the place to be below it: paths in the repository. */
  above: string[];
  /** All that is not a folder but has to be one, the mirror's own folders included: paths in the repository. */
  occupied: string[];
  /**
   * What others have beside our folders, or those above them, under a name that differs in case only: a clone on Windows or
   * macOS has both in one folder. Paths in the repository, each with the folder that we mean.
   */
  twins: { path: string; folder: string }[];
}

/** Reads what is at a mirror's place, and above it. */
export async function readPlace(
  tip: Tip,
  subdirectory: string,
  { layout: { ownedFolders } }: Platform,
): Promise<PlaceContents> {
  const listed = await tip.listFiles(ownedFolders.map((folder) => inPlace(subdirectory, folder)));
  const prefix = inPlace(subdirectory, '');
  const needed = neededFolders(subdirectory, ownedFolders);
  const objects = await tip.objectsAt(needed);
  const occupied = needed.filter((path) => isNoFolder(objects.get(path)));
  return {
    present: new Map([...listed].map(([path, blobId]) => [path.slice(prefix.length), blobId])),
    above: occupied.filter((path) => !listed.has(path)),
    occupied,
    twins: await twinsOf(tip, needed),
  };
}

async function twinsOf(tip: Tip, needed: readonly string[]): Promise<PlaceContents['twins']> {
  const names = new Map<string, string[]>();
  const twins: PlaceContents['twins'] = [];
  for (const folder of needed) {
    const end = folder.lastIndexOf('/');
    const [above, name] = [folder.slice(0, Math.max(end, 0)), folder.slice(end + 1)];
    const beside = names.get(above) ?? (await tip.namesIn(above));
    names.set(above, beside);
    for (const other of beside)
      if (other !== name && other.toLowerCase() === name.toLowerCase())
        twins.push({ path: inPlace(above, other), folder });
  }
  return twins;
}

/** A warning about one of these. */
export function twinWarning({ path, folder }: PlaceContents['twins'][number]): string {
  return `${path} differs from our ${folder} in case only: clones on Windows and macOS have both in one folder.`;
}

/** The folders that a mirror needs, those above its place included: paths in the repository. */
export function neededFolders(subdirectory: string, ownedFolders: readonly string[]): string[] {
  const above = ancestorsOf(inPlace(subdirectory, ''));
  return [...above, ...ownedFolders.map((folder) => inPlace(subdirectory, folder))];
}

/** Nothing is written until a person has looked at what is there instead of our folders, or of those above them. */
export function placeOccupied(paths: readonly string[]): Held {
  const [first = '', ...others] = paths;
  const more = others.length === 0 ? '' : ` (and ${others.length} more like it)`;
  return {
    kind: 'held',
    code: 'not_adopted',
    message:
      `${first} is a file, a link or a submodule, but the mirror needs a folder there${more}. ` +
      'Approve the mirror if a folder may take its place, or give it another subdirectory.',
  };
}
