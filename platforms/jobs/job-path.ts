import { digest, fileNames } from '../tree/file-names.ts';

/** Runs that an hour's folder takes itself; with 60 folders of minutes it stays below 3,000 entries. */
const runsAnHour = 2_900;
/** Runs that a minute's folder takes itself; with 256 folders by digest it stays below 3,000 too. */
const runsAMinute = 2_700;

/** How many runs the folders that a new one may go to hold already, those below them not counted. */
export interface FolderCounts {
  count(folder: string): number;
}

/**
 * Where the file of a new run goes: `jobs/YYYY/MM/DD/HH/<run>.json`, by the UTC time of its end. An hour
 * that is full goes on in folders of minutes (`HH/MM`), and a minute that is full in folders `00` to
 * `ff` by the run id's digest. What is written stays where it is: who comes first has the shorter path.
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
 * The id itself where that is harmless. One with capital letters has a digest at its end as well: which
 * others there are is not known, and two names must not differ in case alone.
 */
function runFileName(runId: string): string {
  const name = fileNames([runId]).get(runId) ?? 'unnamed';
  return name === runId && /[A-Z]/.test(runId) ? `${name}-${digest(runId).slice(0, 10)}` : name;
}
