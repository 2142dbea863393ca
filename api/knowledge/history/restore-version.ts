import type { FastifyRequest } from 'fastify';
import { kindsOf } from '../../../knowledge/kinds/kinds.ts';
import { readEntry } from '../../../knowledge/entries/read-entry.ts';
import { isLfsPointer } from '../../../knowledge/entries/lfs-pointer.ts';
import { lfsRefusal } from '../entries/edited-text.ts';
import { keepLineEnds } from '../../../knowledge/front-matter/keep-line-ends.ts';
import type { EntryContent } from '../../../db/knowledge/saves.ts';
import type { Kind } from '../../../model/knowledge/entry.ts';
import type { ApiDeps } from '../../http/deps.ts';
import { versionNotFound, versionOf, type EntryHistory } from './open-history.ts';
import { ApiProblem } from '../../http/problem.ts';
import { contentOf } from '../entries/checked-content.ts';
import { saveEntry, type Saved } from '../entries/save-entry.ts';
import { blobNamed, commitNamed } from './short-names.ts';
import { textOfVersion } from './text-of-version.ts';

/** Which version to restore. */
export interface Restore {
  /** Its id, or the first digits of it. */
  commit: string;
  /** The head that the person saw, like `commit`; absent if there is none. */
  base?: string;
  /** Whether the answer waits for the commit. */
  wait: boolean;
}

/**
 * Saves the text that an entry had in a commit, with the line ends that its file has now, at the entry's current (or last) path. Problems in
 * that version are no reason to refuse it, because it was in Git before. Throws 404 if the entry
 * did not exist then, 409 like `saveEntry` if the head is not the one that the person saw, and 422
 * if the text is not one that we store.
 */
export async function restoreVersion(
  deps: ApiDeps,
  request: FastifyRequest,
  history: EntryHistory,
  { commit, base, wait }: Restore,
): Promise<Saved & { kind: Kind }> {
  const { access, id, entry, newest } = history;
  const sha = await commitNamed(deps, access, commit, '/commit');
  const version = await versionOf(deps, history, { commit: sha });
  if (version === null) throw versionNotFound(id, `${id} was removed in ${commit} or earlier.`);
  // Restoring an old text does not move the file.
  const { kind: kindName, path } = entry ?? newest ?? version;
  access.require('editor', kindName);
  const kind = kindsOf(access.row.kinds).find(({ name }) => name === kindName);
  if (kind === undefined)
    throw new ApiProblem(
      422,
      'kind_not_found',
      `${id} has the kind ${kindName}, which the space ${access.row.id} does not have any more.`,
    );
  const text = await textOfVersion(deps, access.row, version.blob, version.sha);
  if (text === null)
    throw new ApiProblem(
      422,
      'entry_unreadable',
      `${version.path} in ${commit} is larger than 1 MiB or not UTF-8. Restore it with git.`,
    );
  if ([text, entry?.headText ?? ''].some(isLfsPointer)) throw lfsRefusal(id);
  const content = restoredContent(entry?.headText ?? null, text, kind);
  const saved = await saveEntry(deps, request, access, {
    id,
    kind,
    path,
    action: 'restore',
    base: base === undefined ? null : await blobNamed(deps, access, id, base),
    content,
    message: `Restore ${content.title || id} as of ${sha.slice(0, 12)}`,
    wait,
  });
  return { ...saved, kind };
}

/**
 * The version in the line ends that the file has by now; if nothing else differs, exactly as it was, since nothing else
 * can be meant.
 */
function restoredContent(head: string | null, text: string, kind: Kind): EntryContent {
  const kept = head === null ? text : keepLineEnds(head, text);
  const restored = kept === head ? text : kept;
  return contentOf(restored, readEntry(restored, kind));
}
