import type { FastifyRequest } from 'fastify';
import { kindsOf } from '../../../knowledge/kinds/kinds.ts';
import { readEntry } from '../../../knowledge/entries/read-entry.ts';
import type { Kind } from '../../../model/knowledge/entry.ts';
import type { ApiDeps } from '../../http/deps.ts';
import { versionNotFound, versionOf, type EntryHistory } from './open-history.ts';
import { ApiProblem } from '../../http/problem.ts';
import { contentOf } from '../entries/checked-content.ts';
import { saveEntry, type Saved } from '../entries/save-entry.ts';
import { textOfVersion } from './text-of-version.ts';

/** Which version is wanted back. */
export interface Restore {
  commit: string;
  /** The head that the person saw; absent where there is none. */
  base?: string;
  /** Whether the answer is to wait for the commit. */
  wait: boolean;
}

/**
 * Saves the text that an entry had in a commit, where the entry is now (or was last). What was wrong with that version is no
 * reason to refuse it: it was in Git. Throws 404 where the entry was not there then, 409 as `saveEntry` where it is another
 * one than the person saw, 422 where the text is none that we keep.
 */
export async function restoreVersion(
  deps: ApiDeps,
  request: FastifyRequest,
  history: EntryHistory,
  { commit, base, wait }: Restore,
): Promise<Saved & { kind: Kind }> {
  const { access, id, entry, newest } = history;
  const version = await versionOf(deps, history, { commit });
  if (version === null) throw versionNotFound(`${id} was removed in ${commit}, or before.`);
  // Bringing back an old text does not move the file.
  const { kind: kindName, path } = entry ?? newest ?? version;
  access.require('editor', kindName);
  const kind = kindsOf(access.row.kinds).find(({ name }) => name === kindName);
  if (kind === undefined)
    throw new ApiProblem(
      422,
      'kind_not_found',
      `${id} is of the kind ${kindName}, which the space ${access.row.id} does not have any more.`,
    );
  const text = await textOfVersion(deps, access.row, version.blob, version.sha);
  if (text === null)
    throw new ApiProblem(
      422,
      'entry_unreadable',
      `${version.path} in ${commit} is larger than 1 MiB or not UTF-8. Restore it with git.`,
    );
  const content = contentOf(text, readEntry(text, kind));
  const saved = await saveEntry(deps, request, access, {
    id,
    kind,
    path,
    action: 'restore',
    base: base ?? null,
    content,
    message: `Restore ${content.title || id} as of ${commit.slice(0, 12)}`,
    wait,
  });
  return { ...saved, kind };
}
