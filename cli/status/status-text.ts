import { count, oneLine, table } from '../client/layout.ts';
import type { Status, StreamStatus } from './read-status.ts';

/** More lines are more than a glance. */
const mostShown = 40;

/** The status in lines: parts, then mirrors and spaces with the worst first. */
export function statusText(
  status: Status,
  { now = new Date(), all = false }: { now?: Date; all?: boolean } = {},
): string {
  return [partsLine(status), countsLine(status), '', ...streamLines(status, now, all)]
    .flat()
    .join('\n');
}

function partsLine({ parts }: Status): string {
  const words = {
    api: 'API',
    database: 'database',
    temporal: 'Temporal',
    worker: 'worker',
    masterKey: 'master key',
  };
  return Object.entries(words)
    .map(([part, word]) => `${word} ${parts[part as keyof typeof parts] ? 'ok' : 'MISSING'}`)
    .join(' · ');
}

function countsLine({ streams, counts, isComplete }: Status): string[] {
  if (streams === null)
    return ['Mirrors and spaces cannot be read while the database is away. Run `gitward doctor`.'];
  const needing = streams.filter(({ needsSomebody }) => needsSomebody).length;
  const states = Object.entries(counts).map(([state, number]) => `${number} ${state}`);
  return [
    streams.length === 0 ? 'No mirrors and no spaces yet.' : states.join(', '),
    ...(needing > 0 ? [`${count(needing, 'needs', 'need')} somebody.`] : []),
    ...(isComplete ? [] : ['There are more than these.']),
  ];
}

function streamLines({ streams }: Status, now: Date, all: boolean): string[] {
  if (streams === null || streams.length === 0) return [];
  // Those that need somebody first; otherwise as the API orders them: by state.
  const ordered = streams.toSorted((a, b) => Number(b.needsSomebody) - Number(a.needsSomebody));
  const worth = all ? ordered : ordered.filter((stream) => !isQuiet(stream)).slice(0, mostShown);
  const quiet = ordered.length - worth.length;
  return [
    ...(worth.length === 0
      ? []
      : [
          table(
            ['', 'id', 'state', 'waiting', 'for', 'people', 'name'],
            worth.map((stream) => [
              stream.needsSomebody ? '!' : '',
              stream.id,
              stream.state,
              stream.waiting === 0 ? '-' : String(stream.waiting),
              stream.waitingSince === null ? '-' : lasting(stream.waitingSince, now),
              people(stream),
              stream.name,
            ]),
            '',
          ),
          '',
          ...worth.flatMap((stream) => reasonLines(stream, now)),
        ]),
    ...(quiet === 0
      ? []
      : [`and ${quiet} more, of which most are in step: --all shows everything.`]),
  ];
}

function isQuiet({ state, waiting, needsSomebody, undecided }: StreamStatus): boolean {
  const isDone = state === 'synced' || state === 'ended';
  return isDone && waiting === 0 && !needsSomebody && (undecided?.reviews ?? 0) === 0;
}

function people({ undecided }: StreamStatus): string {
  if (undecided === null) return '-';
  const { conflicts, heldSaves, reviews, files } = undecided;
  const words = [
    ...(conflicts > 0 ? [count(conflicts, 'conflict', 'conflicts')] : []),
    ...(heldSaves > 0 ? [`${heldSaves} held`] : []),
    ...(reviews > 0 ? [count(reviews, 'review', 'reviews')] : []),
    ...(files ? ['files to accept'] : []),
  ];
  return words.length === 0 ? '-' : words.join(', ');
}

function reasonLines({ id, reason, outage }: StreamStatus, now: Date): string[] {
  if (reason === null && outage === null) return [];
  const failing =
    outage &&
    `  failing for ${lasting(outage.since, now)} (${count(outage.attempts, 'attempt', 'attempts')}): ` +
      `${oneLine(outage.reason.message)} (${outage.reason.code})`;
  return [oneLine(`${id}: ${reason ?? 'See below.'}`), ...(failing === null ? [] : [failing])];
}

/** The time since then, in its largest unit. */
function lasting(since: string, now: Date): string {
  const seconds = Math.max(0, Math.round((now.getTime() - Date.parse(since)) / 1_000));
  if (seconds < 120) return `${seconds} s`;
  if (seconds < 7_200) return `${Math.round(seconds / 60)} min`;
  return seconds < 172_800
    ? `${Math.round(seconds / 3_600)} h`
    : `${Math.round(seconds / 86_400)} days`;
}
