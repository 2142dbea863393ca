import type { Kind, SaveAction } from '../../model/knowledge/entry.ts';
import type { ReviewedChange, ReviewedContent } from '../../model/knowledge/review-rules.ts';
import { readEntry } from '../entries/read-entry.ts';
import { isUnreadable } from '../entries/unreadable.ts';
import { kindsOf } from '../kinds/kinds.ts';

/** A change of one file, as it is stored and shown. Paths are those in the repository. */
export interface ChangedFile {
  /** `null` for a file that is no entry. */
  kind: string | null;
  path: string;
  action: SaveAction;
  moveTo: string | null;
  /** `null`: there was none. */
  baseText: string | null;
  /** `null` removes it. */
  text: string | null;
}

/** What rules of review judge of a changed file of a space. */
export function reviewedChange(
  { root, kinds }: { root: string; kinds: readonly Kind[] },
  { kind: name, path, action, moveTo, baseText, text }: ChangedFile,
): ReviewedChange {
  const kind = kindsOf(kinds).find((one) => one.name === name) ?? null;
  // Rules are about the space; a file beside it has no path there that could be another's.
  const below = (whole: string) =>
    root !== '' && whole.startsWith(`${root}/`) ? whole.slice(root.length + 1) : whole;
  return {
    kind: name,
    path: below(path),
    action: action === 'settle' ? 'edit' : action,
    ...(moveTo === null ? {} : { movedTo: below(moveTo) }),
    before: contentOf(baseText, kind),
    after: contentOf(text, kind),
  };
}

function contentOf(text: string | null, kind: Kind | null): ReviewedContent | null {
  if (text === null) return null;
  if (kind === null) return { fields: null, body: text };
  const { fields, body, problems } = readEntry(text, kind);
  return { fields: isUnreadable(problems) ? null : fields, body };
}
