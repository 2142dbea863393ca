import type { NamedObject } from '../../../model/mirror/reading/shown-object.ts';
import type { MirrorReading } from './open-reading.ts';

/** What a commit did to an object. */
export interface ObjectVersion {
  /** Of the commit, in the line. */
  position: number;
  change: 'added' | 'changed' | 'removed' | 'moved';
  /** Where the object is after the commit; `null` if it was removed. */
  path: string | null;
  /** Where it was, if it moved or was removed. */
  previousPath: string | null;
}

/** Where a walk through the versions of an object is: what the object's path is after a commit. */
export interface WalkPlace {
  position: number;
  path: string | null;
}

/** How many commits that may have removed an object are looked at. */
const mostTraces = 500;
const tracesAtOnce = 20;

/**
 * The newest `most` versions of an object from a place on, newest first. Its path is followed by its
 * ids: where a commit created its folder, the tree before says where it was. If it was not there, it
 * may have been removed earlier, under any path. Returns fewer only if there are no more.
 */
export async function objectVersions(
  reading: MirrorReading,
  object: NamedObject,
  from: WalkPlace,
  most: number,
): Promise<ObjectVersion[]> {
  const versions: ObjectVersion[] = [];
  let place: WalkPlace | null = from;
  while (place !== null && versions.length < most) {
    const { position, path }: WalkPlace = place;
    if (path === null) place = await removal(reading, object, position, versions);
    else place = await versionsAt(reading, object, { position, path }, most, versions);
  }
  return versions;
}

/** Adds the versions with this path; returns where to go on, or `null` at the end. */
async function versionsAt(
  reading: MirrorReading,
  object: NamedObject,
  { position, path }: { position: number; path: string },
  most: number,
  versions: ObjectVersion[],
): Promise<WalkPlace | null> {
  const wanted = most - versions.length;
  const paths = [path, ...reading.layout.reading.besides(path)];
  const touched = await touching(reading, position, paths, wanted);
  const before = await Promise.all(touched.map((one) => placeBefore(reading, object, one)));
  for (const [index, at] of touched.entries()) {
    const previous = before[index] ?? null;
    const isSame = previous === path;
    versions.push({
      position: at,
      change: isSame ? 'changed' : previous === null ? 'added' : 'moved',
      path,
      previousPath: isSame ? null : previous,
    });
    if (!isSame) return { position: at - 1, path: previous };
  }
  return null;
}

/** Adds the newest commit that removed the object; returns where to go on from there. */
async function removal(
  reading: MirrorReading,
  object: NamedObject,
  position: number,
  versions: ObjectVersion[],
): Promise<WalkPlace | null> {
  if (position < reading.first) return null;
  const traces = reading.layout.reading.traces(object);
  const touched = await touching(reading, position, traces, mostTraces);
  for (let start = 0; start < touched.length; start += tracesAtOnce) {
    const some = touched.slice(start, start + tracesAtOnce);
    const before = await Promise.all(some.map((one) => placeBefore(reading, object, one)));
    const index = before.findIndex((path) => path !== null);
    const [at, path] = [some[index], before[index]];
    if (at === undefined || path == null) continue;
    versions.push({ position: at, change: 'removed', path: null, previousPath: path });
    return { position: at - 1, path };
  }
  return null;
}

async function placeBefore(
  reading: MirrorReading,
  object: NamedObject,
  position: number,
): Promise<string | null> {
  const commit = reading.commitOf(position - 1);
  return commit === null ? null : reading.layout.reading.find(object, reading.files(commit));
}

/** The positions of the newest commits up to one that touched any of these paths, newest first. */
async function touching(
  { clone, line, first, inRepository }: MirrorReading,
  position: number,
  paths: readonly string[],
  most: number,
): Promise<number[]> {
  if (position < first) return [];
  const to = line.shaAt(position);
  const found = new Set<number>();
  for (const path of paths)
    for (const sha of await clone.touching(to, inRepository(path), most)) {
      const at = line.positionOf(sha);
      if (at !== null && at >= first) found.add(at);
    }
  return [...found].sort((a, b) => b - a).slice(0, most);
}
