import type { ItemOf } from '../../../api/types.ts';
import { nameOfFile } from '../../../parts/knowledge/paths.ts';
import { texts } from '../../../texts/index.ts';

const { space: words } = texts;

export type SpaceCommit = ItemOf<'/v1/spaces/{space}/commits'>;

/** What a commit did, for a sentence whose entries are links. */
export interface CommitWords {
  /** What its author did, such as `edited`. */
  did: string;
  /** How many entries, where they are more than are named; `null` otherwise. */
  howMany: string | null;
  /** The entries that are named. Those that do not exist any more have no page to look at, but a history. */
  named: { id: string; name: string }[];
  /** How many more there are. */
  more: number;
  /** What it said, if that says more than the sentence. */
  summary: string | null;
}

/** What Gitward writes itself, where somebody who saves says nothing: the sentence says that already. */
const ownWords =
  /^(?:Add|Change|Remove|Settle a conflict of|Restore|Move|Import) (?:[a-z][a-z0-9-]* ".*"|\d+ entries(?: \([a-z0-9-]+\))?)$/;

/** How many entries of a commit are named. */
const mostNamed = 3;

/** What a commit did to entries, in words: "edited Acme", "added 40 entries: A, B, C and 37 more". */
export function commitWords({ count, entries, subject, via }: SpaceCommit): CommitWords {
  const kinds = new Set(entries.map(({ change }) => change));
  const [only] = kinds;
  // Of more entries than are named here it is not known what was done to each.
  const did = kinds.size === 1 && only !== undefined && count <= entries.length ? only : null;
  const named = entries
    .slice(0, mostNamed)
    .map(({ id, title, path }) => ({ id, name: title?.trim() ? title : nameOfFile(path) }));
  return {
    did: words.did[did ?? (kinds.size === 1 && only === 'added' ? 'added' : 'changed')],
    howMany: count > mostNamed ? words.entriesOf(count) : null,
    named,
    more: count - named.length,
    summary: subject.trim() === '' || (via !== 'push' && ownWords.test(subject)) ? null : subject,
  };
}
