import { listLine, type KnownLine } from './commit-line.ts';
import { listDifferences } from './differences.ts';
import type { LineReads } from './reading-types.ts';
import { cutFields } from '../run/cut-fields.ts';
import type { StreamGit } from '../run/stream-git.ts';

/** What a clone keeps of its line, so that it is listed once for each tip. */
export interface LineState {
  /** The last line, or the listing of it. */
  known: Promise<KnownLine> | null;
  /** How many commits the line had when the commit graph was last written. */
  graphed: number;
  graphing: boolean;
}

/** Where git runs, and what ends it. */
export interface LineWork {
  cwd: string;
  signal: AbortSignal;
  streamGit: StreamGit;
  /** See `CloneLimits.commits`. */
  commits: number;
  state: LineState;
  /** Writes the commit graph of the clone in the background. */
  writeGraph: () => Promise<void>;
}

/** A line is shared by all readers of the clone, so none of them may end its listing. */
const listingLimit = 120_000;
/** The commit graph is written again when it lacks this many commits. */
const graphEvery = 1_000;

/** The state of a clone of which no line was read yet. */
export function newLineState(): LineState {
  return { known: null, graphed: 0, graphing: false };
}

/** See {@link LineReads}. */
export function createLineReads({
  cwd,
  signal,
  streamGit,
  commits,
  state,
  writeGraph,
}: LineWork): LineReads {
  async function known(to: string): Promise<KnownLine> {
    const current = state.known;
    const before = await current?.catch(() => null);
    if (before?.to === to) return before;
    // Somebody else has begun meanwhile.
    if (state.known !== current) return known(to);
    const work = { cwd, commits, signal: AbortSignal.timeout(listingLimit) };
    const next = listLine(streamGit, work, to, before ?? null).then((line) => ({ to, line }));
    state.known = next;
    next.catch(() => {
      if (state.known === next) state.known = null;
    });
    return next;
  }

  /** Without it, git compares the trees of every commit of the line to find those that touched a path. */
  function keepGraph(length: number): void {
    if (state.graphing || length - state.graphed < graphEvery) return;
    state.graphing = true;
    writeGraph().then(
      () => {
        state.graphed = length;
        state.graphing = false;
      },
      // Only slower without it. Not tried again until the clone is opened anew.
      () => undefined,
    );
  }

  return {
    async line(to) {
      const { line } = await known(to);
      signal.throwIfAborted();
      keepGraph(line.length);
      return line;
    },
    differences: (from, to, folders, most) =>
      listDifferences(streamGit, { cwd, signal }, { from, to, folders }, most),
    async touching(to, path, most) {
      const args = ['rev-list', '--first-parent', `--max-count=${most}`, '--end-of-options', to];
      const output = streamGit({ cwd, signal, args: [...args, '--', path] });
      const shas: string[] = [];
      for await (const lines of cutFields(output, 'line', 40))
        shas.push(...lines.map((line) => line.toString('latin1')));
      return shas;
    },
  };
}
