import { availableParallelism } from 'node:os';
import type { LoggedCommit, PathFilter } from './clone-types.ts';
import { cutFields } from '../run/cut-fields.ts';
import { KeptPaths, newBlob } from './path-filter.ts';
import { readAhead } from './read-ahead.ts';
import type { StreamGit } from '../run/stream-git.ts';
import type { TreeWork } from './tree-changes.ts';

/** How many bytes of a message or a path are kept. */
const longestField = 64 * 1024;
/** The fields of each commit. No field can contain a NUL, so fields cannot run into each other. */
const fields = ['%H', '%P', '%an', '%ae', '%at', '%ct', '%B'] as const;
const format = fields.map((field) => `${field}%x00`).join('');
/** How many commits one process compares. */
const commitsAtOnce = 2_000;
/** How many pieces of output (usually 64 KiB each) a process may be ahead of the reader. */
const piecesAhead = 64;

/** How many processes compare at the same time. */
const processes = Math.min(Math.max(availableParallelism(), 2), 4);

/** Where git runs, what ends it, and what is read. */
interface LogWork extends TreeWork {
  folder: string;
  filter: PathFilter;
}

/**
 * See `Clone.log`. To find out what a commit changed, git compares trees, which keeps a processor
 * busy most of the time if folders are wide. So the line is listed first, and then several
 * processes compare one stretch of it each while the reader reads. (`git log -- <folder>` would
 * compare twice: once to decide whether to show a commit, and again to show it.)
 */
export async function* streamLog(
  streamGit: StreamGit,
  { signal, ...read }: LogWork,
  { from, to }: { from: string | null; to: string },
): AsyncGenerator<LoggedCommit, void> {
  const left = new AbortController();
  const work = { ...read, signal: AbortSignal.any([signal, left.signal]) };
  const list = listLine(streamGit, work, from, to);
  async function* stretches(): AsyncGenerator<AsyncGenerator<LoggedCommit[], void>, void> {
    for await (const lines of list) yield readAhead(compare(streamGit, work, lines), piecesAhead);
  }
  try {
    for await (const stretch of readAhead(stretches(), processes - 1))
      for await (const commits of stretch) yield* commits;
  } finally {
    left.abort();
  }
}

/**
 * Lists the line's commits, oldest first, each with its first parent, in the form that
 * `git diff-tree --stdin` reads.
 */
async function* listLine(
  streamGit: StreamGit,
  { cwd, signal }: LogWork,
  from: string | null,
  to: string,
): AsyncGenerator<string[], void> {
  const range = ['--end-of-options', to, ...(from === null ? [] : [`^${from}`])];
  const args = ['rev-list', '--first-parent', '--reverse', '--parents', ...range];
  let lines: string[] = [];
  // A commit may have any number of parents.
  for await (const some of cutFields(streamGit({ cwd, signal, args }), 'line', longestField))
    for (const line of some) {
      lines.push(line.toString('latin1', 0, 81));
      if (lines.length < commitsAtOnce) continue;
      yield lines;
      lines = [];
    }
  if (lines.length > 0) yield lines;
}

/**
 * Yields the commits that changed something below the folder, with what they changed compared with
 * their first parent.
 */
async function* compare(
  streamGit: StreamGit,
  { cwd, signal, treeFiles, folder, filter }: LogWork,
  lines: readonly string[],
): AsyncGenerator<LoggedCommit[], void> {
  const args = [
    ...['diff-tree', '--stdin', '--root', '-r', '-z', '--raw', '--no-renames', '--no-abbrev'],
    ...['--no-ext-diff', '--no-notes', '--encoding=UTF-8', `--format=%x00${format}`, '--'],
    ...(folder === '' ? [] : [folder]),
  ];
  const input = lines.map((line) => `${line}\n`).join('');
  const parser = new LogParser((sha) => new KeptPaths(sha, treeFiles, filter));
  const output = streamGit({ cwd, signal, args, input });
  for await (const some of cutFields(output, 'nul', longestField)) yield parser.take(some);
  yield parser.end();
}

/**
 * A record has a fixed number of fields, followed by its changes, each with a mode line and a path.
 */
class LogParser {
  readonly #pathsOf: (sha: string) => KeptPaths;
  #record: string[] = [];
  #paths: KeptPaths | null = null;
  #blobId: string | null | undefined = undefined;

  constructor(pathsOf: (sha: string) => KeptPaths) {
    this.#pathsOf = pathsOf;
  }

  take(some: readonly Buffer[]): LoggedCommit[] {
    const done: LoggedCommit[] = [];
    for (const field of some) {
      if (this.#record.length > 0 && this.#record.length < fields.length)
        this.#record.push(field.toString());
      else if (this.#blobId !== undefined) {
        this.#paths?.add({ path: field.toString(), blobId: this.#blobId });
        this.#blobId = undefined;
      } else if (field.length > 0) {
        const text = field.toString('latin1').trimStart();
        if (text.startsWith(':')) this.#blobId = newBlob(text);
        else {
          done.push(...this.end());
          this.#record = [text];
          this.#paths = this.#pathsOf(text);
        }
      }
    }
    return done;
  }

  /** Returns the last commit, once all output has been read. */
  end(): LoggedCommit[] {
    const record = this.#record;
    if (record.length === 0) return [];
    const kept = this.#paths?.kept ?? [];
    this.#record = [];
    return kept.length === 0 ? [] : [commitOf(record, kept)];
  }
}

function commitOf(record: readonly string[], changes: LoggedCommit['changes']): LoggedCommit {
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

/** The end of the year 9999 in seconds; no database can store a later time. */
const latest = 253_402_300_799;

/** A commit's time. Commits may contain anything; whatever is not a time becomes 1970. */
export function timeOf(seconds: string | undefined): Date {
  const number = Number(seconds);
  return new Date((Number.isFinite(number) ? Math.min(Math.max(number, 0), latest) : 0) * 1000);
}
