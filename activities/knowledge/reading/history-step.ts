import type { IndexedCommit, IndexedVersion } from '../../../db/knowledge/space-commits.ts';
import type { SpaceHistory } from '../../../db/knowledge/space-histories.ts';
import type { Space } from '../../../db/knowledge/spaces.ts';
import type { Clone, LoggedCommit } from '../../../git/clones/clone-types.ts';
import { VersionLine } from '../../../knowledge/entries/version-line.ts';
import { kindOfPath } from '../../../knowledge/kinds/kinds.ts';
import type { Kind, Via } from '../../../model/knowledge/entry.ts';
import { DeclaredIds } from './declared-ids.ts';
import { isUsablePath } from './read-branch.ts';

/** What {@link HistoryStep} needs. */
export interface HistoryStepInput {
  row: Pick<Space, 'root'>;
  kinds: readonly Kind[];
  clone: Clone;
  /** A pause between items. */
  pause: () => Promise<void>;
}

/** Turns commits into rows, one stretch of the line after another. */
export class HistoryStep {
  readonly #input: HistoryStepInput;
  readonly #line: VersionLine;
  readonly #ids: DeclaredIds;
  readonly #kindOfKnownPath = new Map<string, Kind | null>();

  constructor(known: [path: string, id: string][], input: HistoryStepInput) {
    this.#input = input;
    this.#line = new VersionLine(known);
    this.#ids = new DeclaredIds(input.clone, input.pause);
  }

  /** The rows for the next commits of the line; `from` is where the history ended before them. */
  async take(
    commits: readonly LoggedCommit[],
    vias: ReadonlyMap<string, Via>,
    from: SpaceHistory,
  ): Promise<{ commits: IndexedCommit[]; versions: IndexedVersion[]; end: SpaceHistory }> {
    await this.#ids.learn(commits, (path) => this.#kindOf(path));
    const end = { ...from };
    const indexed: IndexedCommit[] = [];
    const versions: IndexedVersion[] = [];
    for (const commit of commits) {
      await this.#input.pause();
      end.sha = commit.sha;
      const changed = this.#line.step(this.#filesOf(commit));
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
        const kind = this.#kindOf(path)?.name ?? '';
        versions.push({ position: end.position, entryId, kind, path, previousPath, blobId });
      }
    }
    return { commits: indexed, versions, end };
  }

  #filesOf({ changes }: LoggedCommit) {
    return changes.flatMap(({ path, blobId }) =>
      this.#kindOf(path) === null ? [] : [{ path, blobId, declaredId: this.#ids.of(blobId) }],
    );
  }

  #kindOf(path: string): Kind | null {
    const known = this.#kindOfKnownPath.get(path);
    if (known !== undefined) return known;
    const { kinds, row } = this.#input;
    const kind = isUsablePath(path) ? kindOfPath(kinds, row.root, path) : null;
    this.#kindOfKnownPath.set(path, kind);
    return kind;
  }
}

function subjectOf(message: string): string {
  return (message.split('\n', 1)[0] ?? '').slice(0, 500);
}
