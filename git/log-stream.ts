import { gitward } from '../model/author.ts';
import type { LoggedCommit, PathChange } from './clone-types.ts';
import { nulFields } from './nul-fields.ts';
import type { StreamGit } from './stream-git.ts';

/** Bytes of a message, or of a path, that are kept. */
const longestField = 64 * 1024;
/** What is asked of each commit; no field can hold a NUL, so none can be mistaken for another. */
const fields = ['%H', '%P', '%an', '%ae', '%at', '%cn', '%ce', '%ct', '%B'] as const;
const format = fields.map((field) => `${field}%x00`).join('');

/** See `Clone.log`. */
export async function* streamLog(
  streamGit: StreamGit,
  call: { cwd: string; signal: AbortSignal },
  { from, to, folder }: { from: string | null; to: string; folder: string },
): AsyncGenerator<LoggedCommit, void> {
  const args = [
    'log',
    '--first-parent',
    '-m',
    '--raw',
    '-z',
    '--no-renames',
    '--no-abbrev',
    '--no-ext-diff',
    '--no-notes',
    '--encoding=UTF-8',
    '--reverse',
    `--format=%x00${format}`,
    '--end-of-options',
    from === null ? to : `${from}..${to}`,
    '--',
    ...(folder === '' ? [] : [folder]),
  ];
  const parser = new LogParser();
  for await (const some of nulFields(streamGit({ ...call, args }), longestField))
    yield* parser.take(some);
  yield* parser.end();
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
  const [sha = '', parents = '', name = '', email = '', authored, by, byEmail, committed, message] =
    record;
  return {
    sha,
    parent: parents === '' ? null : (parents.split(' ', 1)[0] ?? null),
    author: { name, email },
    authoredAt: timeOf(authored),
    committedAt: timeOf(committed),
    byGitward: by === gitward.name && byEmail === gitward.email,
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
