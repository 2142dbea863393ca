import type { Static } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import type { ListedChangeSet } from '../../../db/knowledge/drafts/change-sets.ts';
import type { Draft } from '../../../db/knowledge/drafts/drafts.ts';
import { findEntry } from '../../../db/knowledge/entries.ts';
import { readEntry, type ReadEntry } from '../../../knowledge/entries/read-entry.ts';
import { pathForNew } from '../../../knowledge/kinds/kinds.ts';
import { neededFor } from '../../../knowledge/review/needed-for.ts';
import type { Kind } from '../../../model/knowledge/entry.ts';
import { callerOf } from '../../access/authentication.ts';
import type { ApiDeps } from '../../http/deps.ts';
import { kindNamed } from '../entries/open-entry.ts';
import { roleFor } from '../reviews/role-for.ts';
import { personOf, type SpaceAccess } from '../spaces/space-access.ts';
import type { ChangeSetView, DraftItem, DraftView } from './draft-schema.ts';

/** A draft as lists show it; `kind` is `null` if the space no longer has that kind. */
export function draftItem(row: Draft, kind: Kind | null): Static<typeof DraftItem> {
  const { id, entryId, action, base, changeSetId, revision, createdAt, updatedAt } = row;
  return {
    ...{ id, entry: entryId, kind: row.kind, action, base, changeSet: changeSetId, revision },
    title: readDraft(row, kind)?.title ?? '',
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  };
}

/** A draft with its text, whether it can be published, and who would have to approve it. */
export async function draftView(
  { db }: Pick<ApiDeps, 'db'>,
  request: FastifyRequest,
  access: SpaceAccess,
  row: Draft,
): Promise<Static<typeof DraftView>> {
  const kind = kindNamed(access, row.kind);
  const entry = await findEntry(db, row.spaceId, row.entryId);
  const read = readDraft(row, kind);
  const file = {
    ...{ kind: kind.name, action: row.action, moveTo: null, text: row.content },
    baseText: entry?.headText ?? null,
    path:
      entry?.path ??
      pathForNew(kind, access.row.root, {
        ...{ slug: row.slug, title: read?.title ?? '', id: row.entryId },
      }),
  };
  const author = { email: personOf(callerOf(request)).email, role: roleFor(access, [kind.name]) };
  return {
    ...draftItem(row, kind),
    slug: row.slug,
    fields: read?.fields ?? {},
    body: read?.body ?? '',
    text: row.content,
    problems: read?.problems ?? [],
    outdated: (entry?.headBlob ?? null) !== row.base,
    needs: neededFor(access.row, [file], [author]),
  };
}

/** A change set as it is shown. */
export function changeSetView(row: ListedChangeSet): Static<typeof ChangeSetView> {
  const { id, title, description, drafts, createdAt, updatedAt } = row;
  return {
    ...{ id, title, description, drafts },
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  };
}

function readDraft({ content }: Draft, kind: Kind | null): ReadEntry | null {
  return content === null || kind === null ? null : readEntry(content, kind);
}
