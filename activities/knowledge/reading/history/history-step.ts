import type {
  IndexedCommit,
  IndexedVersion,
} from '../../../../db/knowledge/history/space-commits.ts';
import type { SpaceHistory } from '../../../../db/knowledge/history/space-histories.ts';
import type { Space } from '../../../../db/knowledge/spaces.ts';
import type { Clone, LoggedCommit, PathChange } from '../../../../git/clones/clone-types.ts';
import { VersionLine } from '../../../../knowledge/entries/version-line.ts';
import type { Kind, Via } from '../../../../model/knowledge/entry.ts';
import type { ReadingLimits } from '../../../../model/knowledge/reading-limits.ts';
import type { DeclaredIds } from '../declared-ids.ts';
import type { ReadableFile } from '../entry-contents.ts';
import { FilePaths, mostInHistory, tooManyFilesAt } from '../file-paths.ts';

/** What {@link HistoryStep} needs. */
export interface HistoryStepInput {
  row: Pick<Space, 'root'>;
  kinds: readonly Kind[];
  clone: Clone;
  ids: DeclaredIds;
  limits: ReadingLimits;
  /** A pause between items. */
  pause: () => Promise<void>;
}

/** Turns commits into rows, one stretch of the line after another. */
export class HistoryStep {
  readonly #input: HistoryStepInput;
  readonly #line: VersionLine;
  readonly #paths: FilePaths;

  constructor(known: [path: string, id: string][], input: HistoryStepInput) {
    this.#input = input;
    this.#line = new VersionLine(known);
    this.#paths = new FilePaths(input.row.root, input.kinds);
  }

  /** Whether a file may be an entry's. */
  wants(path: string): boolean {
    return this.#paths.kindOf(path) !== null;
  }

  /** The rows for the next commits of the line; `from` is where the history ended before them. */
  async take(
    commits: readonly LoggedCommit[],
    vias: ReadonlyMap<string, Via>,
    from: SpaceHistory,
  ): Promise<{ commits: IndexedCommit[]; versions: IndexedVersion[]; end: SpaceHistory }> {
    const idOf = await this.#input.ids.learn(
      commits.flatMap(({ changes }) => changes.flatMap((change) => this.#readable(change) ?? [])),
    );
    const end = { ...from };
    const indexed: IndexedCommit[] = [];
    const versions: IndexedVersion[] = [];
    for (const commit of commits) {
      await this.#input.pause();
      end.sha = commit.sha;
      const changed = this.#line.step(
        commit.changes.map((change) => {
          const file = this.#readable(change);
          return { ...change, declaredId: file === null ? null : idOf(file) };
        }),
      );
      const most = mostInHistory(this.#input.limits);
      if (this.#line.size > most) throw tooManyFilesAt(commit.sha, most);
      if (changed.length === 0) continue;
      end.position += 1;
      // A clock that is ahead, or a forged date, must not hide all later versions from "as of" queries.
      const committedAt = new Date(Math.min(commit.committedAt.getTime(), Date.now()));
      if (committedAt > end.effectiveAt) end.effectiveAt = committedAt;
      indexed.push({
        position: end.position,
        sha: commit.sha,
        author: commit.author,
        authoredAt: commit.authoredAt,
        effectiveAt: end.effectiveAt,
        subject: subjectOf(commit.message),
        via: vias.get(commit.sha) ?? 'push',
      });
      for (const { entryId, path, previousPath, blobId } of changed) {
        const kind = this.#paths.kindOf(path)?.name ?? '';
        versions.push({ position: end.position, entryId, kind, path, previousPath, blobId });
      }
    }
    return { commits: indexed, versions, end };
  }

  #readable({ path, blobId }: PathChange): ReadableFile | null {
    const kind = this.#paths.kindOf(path);
    return kind === null || blobId === null ? null : { kind, blobId };
  }
}

function subjectOf(message: string): string {
  return (message.split('\n', 1)[0] ?? '').slice(0, 500);
}
