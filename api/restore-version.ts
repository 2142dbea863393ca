import type { FastifyRequest } from 'fastify';
import { acceptSave, type AcceptedSave, type NewSave } from '../db/saves.ts';
import { textBlobId } from '../knowledge/blob-id.ts';
import { kindsOf } from '../knowledge/kinds.ts';
import { readEntry } from '../knowledge/read-entry.ts';
import { writeAudit } from './audited.ts';
import { callerOf } from './authentication.ts';
import type { ApiDeps } from './deps.ts';
import { versionNotFound, versionOf, type EntryHistory } from './entry-history.ts';
import { ApiProblem } from './problem.ts';
import { signalOperation } from './signals.ts';
import { personOf, spaceNotFound } from './space-access.ts';
import { textOfVersion } from './text-of-version.ts';

/** Which version, and the head that the person saw; absent where there is none. */
export interface Restore {
  commit: string;
  base?: string;
}

/**
 * Saves the text that an entry had in a commit, where the entry is now (or was last). Throws 404 where it was not there then,
 * 409 `base_stale` where the entry is another one than the person saw, 422 where the text is none that we keep.
 */
export async function restoreVersion(
  deps: ApiDeps,
  request: FastifyRequest,
  history: EntryHistory,
  { commit, base }: Restore,
): Promise<{ id: string; path: string; blob: string; saved: boolean }> {
  const { access, id } = history;
  const save = await saveOf(deps, request, history, {
    commit,
    ...(base === undefined ? {} : { base }),
  });
  const { path } = save;
  const blob = save.content?.blob ?? '';
  const accepted = await deps.db.transaction().execute(async (trx) => {
    const result = await acceptSave(trx, save);
    if (result.kind === 'accepted')
      await writeAudit(trx, request, {
        action: 'entry.restore',
        target: `space/${access.row.id}/${id}`,
        detail: { commit, save: result.saveId },
      });
    return result;
  });
  requireAccepted(accepted, save);
  if (accepted.kind === 'accepted' && accepted.ring)
    await signalOperation(request.log, `ring space ${access.row.id}`, () =>
      deps.spaces.signal(access.row.id, 'doorbell'),
    );
  return { id, path, blob, saved: accepted.kind === 'accepted' };
}

async function saveOf(
  deps: ApiDeps,
  request: FastifyRequest,
  history: EntryHistory,
  { commit, base }: Restore,
): Promise<NewSave> {
  const { access, id, entry, newest } = history;
  const version = await versionOf(deps, history, { commit });
  if (version === null) throw versionNotFound(`${id} was removed in ${commit}, or before.`);
  // Where it is now, or was last: bringing back an old text does not move the file.
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
      `${version.path} in ${commit} is larger than 1 MiB or no UTF-8 text. Restore it with git.`,
    );
  const { id: declaredId, title, fields, problems } = readEntry(text, kind);
  const caller = callerOf(request);
  return {
    spaceId: access.row.id,
    entryId: id,
    kind: kindName,
    path,
    action: 'restore',
    base: base ?? null,
    content: { text, blob: textBlobId(text), declaredId, title, fields, problems },
    person: personOf(caller),
    tokenId: caller.id,
    via: 'api',
    message: `Restore ${title || id} as of ${commit.slice(0, 12)}`,
  };
}

function requireAccepted(result: AcceptedSave, { spaceId, entryId, base, path }: NewSave): void {
  if (result.kind === 'no_space') throw spaceNotFound(spaceId);
  if (result.kind === 'path_taken')
    throw new ApiProblem(
      409,
      'entry_exists',
      `${path}, where ${entryId} was last, is the file of ${result.by} now. Move or remove that one first.`,
    );
  if (result.kind !== 'stale') return;
  const head = result.head?.head_blob ?? null;
  throw new ApiProblem(
    409,
    'base_stale',
    base === null
      ? `${entryId} is there: give \`base\`, its blob as you saw it. It is ${head ?? 'unknown'} now.`
      : `${entryId} changed since: its blob is ${head ?? 'none (it was removed)'} now, not ${base}. Look at it, and restore again.`,
  );
}
