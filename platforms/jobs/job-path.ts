import { digest, fileNames } from '../tree/file-names.ts';

/**
 * The number of runs directly in an hour's folder. With 60 subfolders for minutes it stays below 3,000
 * entries.
 */
const runsAnHour = 2_900;
/**
 * The number of runs directly in a minute's folder. With 256 subfolders by digest it also stays below 3,000
 * entries.
 */
const runsAMinute = 2_700;

/** How many runs each folder that a new run may go to already contains, without those in its subfolders. */
export interface FolderCounts {
  count(folder: string): number;
}

/**
 * The path of a new run's file: `jobs/YYYY/MM/DD/HH/<run>.json`, by the UTC time at which the run ended. When
 * an hour's folder is full, further runs go to subfolders for minutes (`HH/MM`), and when one of those is
 * full, to subfolders `00` to `ff` by the digest of the run's id. Written files never move, so the first runs
 * get the shorter paths.
 */
export function jobPath(
  { runId, finishedAt }: { runId: string; finishedAt: string },
  folders: FolderCounts,
): string {
  const hour = hourFolder(finishedAt);
  const minute = `${hour}/${finishedAt.slice(14, 16)}`;
  const name = `${runFileName(runId)}.json`;
  if (folders.count(hour) < runsAnHour) return `${hour}/${name}`;
  if (folders.count(minute) < runsAMinute) return `${minute}/${name}`;
  return `${minute}/${digest(runId).slice(0, 2)}/${name}`;
}

/** The folder of an hour: `jobs/YYYY/MM/DD/HH`. */
export function hourFolder(time: string): string {
  return `${dayFolder(time)}/${time.slice(11, 13)}`;
}

/** The path of the summary of a day (`2026-01-31`). */
export function summaryPath(day: string): string {
  return `${dayFolder(day)}/summary.json`;
}

/** The folder that a path is in. */
export function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/'));
}

function dayFolder(time: string): string {
  return `jobs/${time.slice(0, 10).replaceAll('-', '/')}`;
}

/**
 * The id itself if it is harmless as a file name. An id with capital letters also gets a digest at its end:
 * the other names are not known here, and two names must not differ only in upper and lower case.
 */
function runFileName(runId: string): string {
  const name = fileNames([runId]).get(runId) ?? 'unnamed';
  return name === runId && /[A-Z]/.test(runId) ? `${name}-${digest(runId).slice(0, 10)}` : name;
}
