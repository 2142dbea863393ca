import { availableParallelism } from 'node:os';
import type { LoggedCommit, PathChange } from './clone-types.ts';
import { cutFields } from '../run/cut-fields.ts';
import { readAhead } from './read-ahead.ts';
import type { StreamGit } from '../run/stream-git.ts';

/** Bytes of a message, or of a path, that are kept. */
const longestField = 64 * 1024;
/** What is asked of each commit; no field can hold a NUL, so none can be mistaken for another. */
const fields = ['%H', '%P', '%an', '%ae', '%at', '%ct', '%B'] as const;
const format = fields.map((field) => `${field}%x00`).join('');
/** Commits whose differences one process finds. */
const commitsAtOnce = 2_000;
/** Pieces of output (64 KiB as a rule) that a process may be ahead of the reader. */
const piecesAhead = 64;

/** Processes that compare at once. */
const processes = Math.min(Math.max(availableParallelism(), 2), 4);

/** Where git is to run, and until when. */
interface GitWork {
  cwd: string;
  signal: AbortSignal;
}

/**
 * See `Clone.log`. To find what a commit changed git compares trees, which takes a processor most of the time where
 * folders are wide. So the line is listed first, and several processes compare, a stretch of it each, while the reader reads.
 * (`git log -- <folder>` would compare twice: to see whether to show a commit, and to show it.)
 */
export async function* streamLog(
  streamGit: StreamGit,
  { cwd, signal }: GitWork,
  { from, to, folder }: { from: string | null; to: string; folder: string },
): AsyncGenerator<LoggedCommit, void> {
  const left = new AbortController();
  const work = { cwd, signal: AbortSignal.any([signal, left.signal]) };
  const list = listLine(streamGit, work, from, to);
  async function* stretches(): AsyncGenerator<AsyncGenerator<LoggedCommit[], void>, void> {
    for await (const lines of list)
      yield readAhead(compare(streamGit, work, lines, folder), piecesAhead);
  }
  try {
    for await (const stretch of readAhead(stretches(), processes - 1))
      for await (const commits of stretch) yield* commits;
  } finally {
    left.abort();
  }
}

/** The line's commits, oldest first, each with its first parent: as `git diff-tree --stdin` takes them. */
async function* listLine(
  streamGit: StreamGit,
  work: GitWork,
  from: string | null,
  to: string,
): AsyncGenerator<string[], void> {
  const range = ['--end-of-options', to, ...(from === null ? [] : [`^${from}`])];
  const args = ['rev-list', '--first-parent', '--reverse', '--parents', ...range];
  let lines: string[] = [];
  // A commit may have any number of parents.
  for await (const some of cutFields(streamGit({ ...work, args }), 'line', longestField))
    for (const line of some) {
      lines.push(line.toString('latin1', 0, 81));
      if (lines.length < commitsAtOnce) continue;
      yield lines;
      lines = [];
    }
  if (lines.length > 0) yield lines;
}

/** Those of the commits that changed something below the folder, with what they changed against the first parent. */
async function* compare(
  streamGit: StreamGit,
  work: GitWork,
  lines: readonly string[],
  folder: string,
): AsyncGenerator<LoggedCommit[], void> {
  const args = [
    ...['diff-tree', '--stdin', '--root', '-r', '-z', '--raw', '--no-renames', '--no-abbrev'],
    ...['--no-ext-diff', '--no-notes', '--encoding=UTF-8', `--format=%x00${format}`, '--'],
    ...(folder === '' ? [] : [folder]),
  ];
  const input = lines.map((line) => `${line}\n`).join('');
  const parser = new LogParser();
  for await (const some of cutFields(streamGit({ ...work, args, input }), 'nul', longestField))
    yield parser.take(some);
  yield parser.end();
}

/** A record is a fixed number of fields, then its changes: a mode line and a path each. */
class LogParser {
  #record: string[] = [];
  #changes: PathChange[] = [];
  #blobId: string | null | undefined = undefined;

  take(some: readonly Buffer[]): LoggedCommit[] {
    const done: LoggedCommit[] = [];
    for (const field of some) {
      if (this.#record.length > 0 && this.#record.length < fields.length)
        this.#record.push(field.toString());
      else if (this.#blobId !== undefined) {
        this.#changes.push({ path: field.toString(), blobId: this.#blobId });
        this.#blobId = undefined;
      } else if (field.length > 0) {
        const text = field.toString('latin1').trimStart();
        if (text.startsWith(':')) this.#blobId = newBlob(text);
        else {
          done.push(...this.end());
          this.#record = [text];
        }
      }
    }
    return done;
  }

  /** What was read of the last commit. */
  end(): LoggedCommit[] {
    const record = this.#record;
    if (record.length === 0) return [];
    const changes = this.#changes;
    this.#record = [];
    this.#changes = [];
    return changes.length === 0 ? [] : [commitOf(record, changes)];
  }
}

/** The new blob of a raw line (`:<old mode> <new mode> <old id> <new id> <status>`), where it is a regular file. */
export function newBlob(line: string): string | null {
  const [, mode = '', , id] = line.split(' ');
  return mode.startsWith('100') && id !== undefined ? id : null;
}

function commitOf(record: readonly string[], changes: PathChange[]): LoggedCommit {
  const [sha = '', parents = '', name = '', email = '', authored, committed, message] = record;
  return {
    sha,
    parent: parents === '' ? null : (parents.split(' ', 1)[0] ?? null),
    author: { name, email },
    authoredAt: timeOf(authored),
    committedAt: timeOf(committed),
    message: message ?? '',
    changes,
  };
}

/** The year 9999's end, in seconds: what lies beyond fits in no database. */
const latest = 253_402_300_799;

/** A commit's time; commits may say anything, and what is no time is 1970. */
export function timeOf(seconds: string | undefined): Date {
  const number = Number(seconds);
  return new Date((Number.isFinite(number) ? Math.min(Math.max(number, 0), latest) : 0) * 1000);
}
