import { StreamFailure } from '../../model/streams/errors.ts';
import type { CommitLine } from './reading-types.ts';
import { cutFields } from '../run/cut-fields.ts';
import type { StreamGit } from '../run/stream-git.ts';

const idBytes = 20;

/** A commit of the line, as it is listed. */
interface Listed {
  sha: string;
  /** Seconds since 1970. */
  seconds: number;
}

/** A line in 28 bytes for each commit: a branch may have hundreds of thousands. */
class PackedLine implements CommitLine {
  readonly length: number;
  readonly #ids: Buffer;
  readonly #seconds: Float64Array;

  constructor(ids: Buffer, seconds: Float64Array) {
    this.#ids = ids;
    this.#seconds = seconds;
    this.length = seconds.length;
  }

  /** The line with these commits, newest first, after its own. */
  with(newer: readonly Listed[]): PackedLine {
    const ids = Buffer.alloc((this.length + newer.length) * idBytes);
    const seconds = new Float64Array(this.length + newer.length);
    this.#ids.copy(ids);
    seconds.set(this.#seconds);
    newer.forEach((commit, index) => {
      const position = this.length + newer.length - 1 - index;
      ids.write(commit.sha, position * idBytes, 'hex');
      seconds[position] = commit.seconds;
    });
    return new PackedLine(ids, seconds);
  }

  shaAt(position: number): string {
    return this.#ids.toString('hex', position * idBytes, (position + 1) * idBytes);
  }

  timeAt(position: number): number {
    return (this.#seconds[position] ?? 0) * 1000;
  }

  positionOf(sha: string): number | null {
    const wanted = Buffer.from(sha, 'hex');
    if (wanted.length !== idBytes) return null;
    for (let from = 0; ;) {
      const at = this.#ids.indexOf(wanted, from);
      if (at === -1) return null;
      // The bytes may also be the end of one id and the start of the next.
      if (at % idBytes === 0) return at / idBytes;
      from = at + 1;
    }
  }

  positionAt(time: Date): number | null {
    for (let position = this.length - 1; position >= 0; position -= 1)
      if (this.timeAt(position) <= time.getTime()) return position;
    return null;
  }
}

const emptyLine = new PackedLine(Buffer.alloc(0), new Float64Array(0));

/** The line that was last listed in a clone, and the commit that it ends with. */
export interface KnownLine {
  to: string;
  line: CommitLine;
}

/**
 * Lists the first-parent line that ends with `to`. What `known` has is not listed again if the line
 * continues it. Throws `StreamFailure` with `too_many_commits` while it reads.
 */
export async function listLine(
  streamGit: StreamGit,
  work: { cwd: string; signal: AbortSignal; commits: number },
  to: string,
  known: KnownLine | null,
): Promise<CommitLine> {
  if (known !== null && known.line instanceof PackedLine) {
    const { listed, parent } = await list(streamGit, work, [to, `^${known.to}`]);
    if (listed.length > 0 && parent === known.to) return known.line.with(listed);
  }
  const { listed } = await list(streamGit, work, [to]);
  return emptyLine.with(listed);
}

/** The commits, newest first, and the first parent of the last one. */
async function list(
  streamGit: StreamGit,
  { cwd, signal, commits }: { cwd: string; signal: AbortSignal; commits: number },
  range: readonly string[],
): Promise<{ listed: Listed[]; parent: string }> {
  const args = ['rev-list', '--first-parent', '--timestamp', '--parents', '--end-of-options'];
  const listed: Listed[] = [];
  let parent = '';
  const output = streamGit({ cwd, signal, args: [...args, ...range] });
  // A commit may have any number of parents; only the first is kept.
  for await (const lines of cutFields(output, 'line', 110))
    for (const line of lines) {
      const [seconds, sha = '', first = ''] = line.toString('latin1').split(' ');
      const number = Number(seconds);
      listed.push({ sha, seconds: Number.isFinite(number) ? number : 0 });
      parent = first;
      if (listed.length > commits) throw tooLong(commits);
    }
  return { listed, parent };
}

function tooLong(commits: number): StreamFailure {
  return new StreamFailure(
    'too_many_commits',
    `The branch has more than ${commits.toLocaleString('en')} commits. Use a branch with a shorter history, or raise GITWARD_MAX_COMMITS.`,
  );
}
