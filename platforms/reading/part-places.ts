import { jobKey, jobSummaryKey, sampleKey } from '../../model/platform/object-key.ts';
import type { ObjectPlace } from '../../model/mirror/reading/shown-object.ts';

const split = /^[0-9a-f]{2}$/;
const day = /^jobs\/(\d{4})\/(\d{2})\/(\d{2})\/summary\.json$/;

/**
 * The object of a file of the parts that every platform has: a run, a day's summary, or the sample of
 * a table. `null` for other files.
 */
export function partPlace(branchId: string, path: string): ObjectPlace | null {
  const [, year, month, date] = day.exec(path) ?? [];
  if (year !== undefined) {
    const of = `${year}-${month}-${date}`;
    return { key: jobSummaryKey(branchId, of), kind: 'job-summary', path, ids: { day: of } };
  }
  if (path.startsWith('jobs/')) {
    const runId = nameOf(path);
    return { key: jobKey(branchId, runId), kind: 'job-run', path, ids: { runId } };
  }
  if (path.startsWith('storage/samples/')) {
    const names = withoutSplits(path.slice('storage/samples/'.length).split('/'));
    const tableId =
      names === null ? nameOf(path) : `${names.folder}.${withoutExtension(names.file)}`;
    return { key: sampleKey(branchId, tableId), kind: 'sample', path, ids: { tableId } };
  }
  return null;
}

/** The place of a file that belongs to no object that we know. */
export function filePlace(path: string): ObjectPlace {
  return { key: `file/${path}`, kind: 'file', path, ids: {} };
}

/**
 * The two names of a path `<folder>/<file>` in which each folder may have been split into `00` to
 * `ff`; `null` for any other path.
 */
export function withoutSplits(parts: readonly string[]): { folder: string; file: string } | null {
  const [first = '', second = '', third = '', fourth] = parts;
  if (parts.length === 2) return { folder: first, file: second };
  if (parts.length === 3) {
    if (split.test(first)) return { folder: second, file: third };
    return split.test(second) ? { folder: first, file: third } : null;
  }
  const isSplit = parts.length === 4 && split.test(first) && split.test(third);
  return isSplit ? { folder: second, file: fourth ?? '' } : null;
}

function nameOf(path: string): string {
  return withoutExtension(path.slice(path.lastIndexOf('/') + 1));
}

/** A file's name without `.json` or `.csv`. */
export function withoutExtension(name: string): string {
  return name.replace(/\.(json|csv)$/, '');
}
