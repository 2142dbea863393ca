import { sql, type RawBuilder } from 'kysely';
import { ancestorsOf } from '../../model/text/ancestors.ts';
import { pathKey } from '../../model/text/path-key.ts';
import type { Db } from '../connect.ts';
import { holdsItsPath } from './entries.ts';

/** A file that an entry needs. */
export interface WantedPath {
  entryId: string;
  path: string;
}

/** Another entry that is in the way, and its path. */
export interface PathOwner {
  by: string;
  path: string;
}

/** The paths that entries have, and those that waiting saves move them to. */
function heldPaths(spaceId: string): RawBuilder<unknown> {
  return sql`(
    SELECT id, path, path_key FROM entries WHERE space_id = ${spaceId} AND ${holdsItsPath}
    UNION ALL
    SELECT entry_id, move_to, path_key(move_to) COLLATE "C" FROM saves
    WHERE space_id = ${spaceId} AND state = 'waiting' AND move_to IS NOT NULL)`;
}

/**
 * Finds which of these paths cannot become files: another entry has that path, the path would be
 * in a folder that is another entry's file, or it is a folder of other entries. Paths that some file
 * systems take for one are the same here. Waiting saves count. One statement, whatever the number of
 * paths. Returns one owner for each such path: one that is spelled the same, if there is one.
 */
export async function findPathOwners(
  db: Db,
  spaceId: string,
  wanted: readonly WantedPath[],
): Promise<Map<string, PathOwner>> {
  if (wanted.length === 0) return new Map();
  const at = wanted.flatMap(({ entryId, path }) =>
    [path, ...ancestorsOf(path)].map((one) => ({ entryId, path, one })),
  );
  // `/` is followed by `0`, so these are the paths below a folder.
  const { rows } = await sql<{ wanted: string; by: string; path: string }>`
    SELECT w.path AS wanted, e.id AS "by", e.path
    FROM unnest(
      ${at.map(({ entryId }) => entryId)}::text[],
      ${at.map(({ path }) => path)}::text[],
      ${at.map(({ one }) => one)}::text[]
    ) AS w (id, path, one)
    CROSS JOIN LATERAL (
      SELECT id, path FROM ${heldPaths(spaceId)} h
      WHERE path_key = path_key(w.one) AND id != w.id
      ORDER BY path != w.one LIMIT 1
    ) e
    UNION ALL
    SELECT w.path, e.id, e.path
    FROM unnest(
      ${wanted.map(({ entryId }) => entryId)}::text[],
      ${wanted.map(({ path }) => path)}::text[]
    ) AS w (id, path)
    CROSS JOIN LATERAL (
      SELECT id, path FROM ${heldPaths(spaceId)} h
      WHERE path_key >= path_key(w.path) || '/' AND path_key < path_key(w.path) || '0'
        AND id != w.id LIMIT 1
    ) e`.execute(db);
  const owners = new Map<string, PathOwner>();
  for (const { wanted: path, by, path: other } of rows)
    if (other === path || !owners.has(path)) owners.set(path, { by, path: other });
  return owners;
}

/**
 * Lists what is taken of these paths and of `name-2.md`, `name-3.md`, … beside them: the keys
 * (`pathKey`) of files of entries, and of folders with entries. One statement, whatever the number of
 * paths; its cost grows with what is taken.
 */
export async function listTakenBeside(
  db: Db,
  spaceId: string,
  paths: readonly string[],
): Promise<Set<string>> {
  if (paths.length === 0) return new Set();
  const distinct = [...new Set(paths)];
  const stems = distinct.map((path) => path.replace(/\.[^./]*$/, ''));
  // Between `-0` and `-:` are the paths that go on with a hyphen and a digit.
  const { rows } = await sql<{ path: string }>`
    SELECT e.path
    FROM (
      SELECT path_key(path) AS path, path_key(stem) AS stem
      FROM unnest(${distinct}::text[], ${stems}::text[]) AS u (path, stem)
    ) w
    CROSS JOIN LATERAL (
      (SELECT path FROM ${heldPaths(spaceId)} h WHERE path_key = w.path LIMIT 1)
      UNION ALL
      (SELECT path FROM ${heldPaths(spaceId)} h
        WHERE path_key >= w.path || '/' AND path_key < w.path || '0' LIMIT 1)
      UNION ALL
      (SELECT path FROM ${heldPaths(spaceId)} h
        WHERE path_key >= w.stem || '-0' AND path_key < w.stem || '-:')
    ) e`.execute(db);
  return new Set(rows.flatMap(({ path }) => [path, ...ancestorsOf(path)].map(pathKey)));
}

/**
 * Lists the entries that are not in Git (yet) and have one of these paths, however it is spelled.
 */
export async function listNewEntriesAt(
  db: Db,
  spaceId: string,
  paths: readonly string[],
): Promise<{ id: string; path: string }[]> {
  if (paths.length === 0) return [];
  const { rows } = await sql<{ id: string; path: string }>`
    SELECT id, path FROM entries
    WHERE space_id = ${spaceId} AND git_blob IS NULL AND path_key = ANY (
      SELECT path_key(path) FROM unnest(${paths}::text[]) AS w (path))`.execute(db);
  return rows;
}

/**
 * Whether an entry in Git is in the way of one of these paths, as {@link findPathOwners} says, but
 * with another path.
 */
export async function hasOtherSpellings(
  db: Db,
  spaceId: string,
  paths: readonly string[],
): Promise<boolean> {
  if (paths.length === 0) return false;
  const same = paths.flatMap((path) => [path, ...ancestorsOf(path)]);
  const { rows } = await sql<{ found: boolean }>`
    SELECT EXISTS (
      SELECT FROM (SELECT DISTINCT path_key(path) AS key FROM unnest(${same}::text[]) AS u (path)) w
      JOIN entries e ON e.space_id = ${spaceId} AND e.path_key = w.key
      WHERE git_blob IS NOT NULL AND e.path NOT IN (SELECT unnest(${paths}::text[]))
    ) OR EXISTS (
      SELECT FROM (SELECT path_key(path) AS key FROM unnest(${paths}::text[]) AS u (path)) w
      JOIN entries e ON e.space_id = ${spaceId} AND e.path_key >= w.key || '/' AND e.path_key < w.key || '0'
      WHERE git_blob IS NOT NULL
    ) AS found`.execute(db);
  return rows[0]?.found === true;
}

/** Lists which of these paths are folders with entries that are in Git. */
export async function listFoldersInGit(
  db: Db,
  spaceId: string,
  folders: readonly string[],
): Promise<Set<string>> {
  if (folders.length === 0) return new Set();
  const { rows } = await sql<{ path: string }>`
    SELECT w.path
    FROM unnest(${folders}::text[]) AS w (path)
    WHERE EXISTS (
      SELECT FROM entries
      WHERE space_id = ${spaceId} AND path >= w.path || '/' AND path < w.path || '0'
        AND git_blob IS NOT NULL
    )`.execute(db);
  return new Set(rows.map(({ path }) => path));
}
