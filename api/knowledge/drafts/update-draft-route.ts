import type { Static } from '@fastify/type-provider-typebox';
import { findEntry, type Entry } from '../../../db/knowledge/entries.ts';
import { putDraft, type Draft } from '../../../db/knowledge/drafts/drafts.ts';
import { readEntry } from '../../../knowledge/entries/read-entry.ts';
import {
  BadSettlement,
  mergeEntries,
  settleConflict,
} from '../../../knowledge/merge/merge-entries.ts';
import type { MergeInput } from '../../../knowledge/merge/merge-input.ts';
import type { Settlement } from '../../../model/knowledge/conflict.ts';
import type { PartChoice } from '../../../model/knowledge/entry.ts';
import { inRequest } from '../../access/audited.ts';
import type { AddRoutes, ApiDeps } from '../../http/deps.ts';
import { fieldProblem } from '../../http/problem.ts';
import { contentOf } from '../entries/checked-content.ts';
import { kindNamed } from '../entries/open-entry.ts';
import { staleBase, textOfBase } from '../entries/stale-base.ts';
import { requireStorable } from '../entries/require-storable.ts';
import type { SpaceAccess } from '../spaces/space-access.ts';
import { DraftParams, DraftView, UpdateBody } from './draft-schema.ts';
import { draftView } from './draft-view.ts';
import { draftMoved } from './publish.ts';
import { openDraft, ownIn } from './open-draft.ts';

/** The route that brings a draft up to date with its entry. */
export const addUpdateDraftRoute: AddRoutes = (api, deps) => {
  api.post(
    '/v1/spaces/:space/drafts/:draft/actions/update',
    {
      config: { role: 'editor', refuses: [404, 409, 422] },
      // A part may be a text of 1 MiB with JSON escapes.
      bodyLimit: 8 * 1024 * 1024,
      schema: {
        tags: ['drafts'],
        summary: 'Bring one of your drafts up to date with its entry',
        description:
          'Merges what its entry has become into the draft, whose base is the present entry then. Where both changed the same, the answer is ' +
          '409 `base_stale` with all sides; `take` decides all of that, or `parts` each part.',
        params: DraftParams,
        body: UpdateBody,
        response: { 200: DraftView },
      },
    },
    async (request) => {
      const { access, draft } = await openDraft(deps, request);
      access.require('editor', draft.kind);
      requireStorable(request.body);
      const entry = await findEntry(deps.db, access.row.id, draft.entryId);
      if (draft.action !== 'edit' || (entry?.headBlob ?? null) === draft.base)
        return draftView(deps, request, access, draft);
      const content = await updated(deps, access, { draft, entry }, settlementOf(request.body));
      const put = await inRequest(deps.db, (trx) =>
        putDraft(trx, {
          ...draft,
          ...{ owner: ownIn(access, request).owner, seen: draft.revision },
          ...{ base: entry?.headBlob ?? null, content },
        }),
      );
      if (put.kind !== 'stored') throw draftMoved(draft);
      return draftView(deps, request, access, put.row);
    },
  );
};

/** The draft's text on the entry as it is now. Throws 409 `base_stale` if somebody has to decide, or the entry was removed. */
async function updated(
  deps: ApiDeps,
  access: SpaceAccess,
  { draft, entry }: { draft: Draft; entry: Entry | null },
  settlement: Settlement | null,
): Promise<string> {
  const { entryId: id, base: blob, content: mine } = draft;
  const kind = kindNamed(access, draft.kind);
  const git = entry?.headText ?? null;
  const base = blob === null ? null : await textOfBase(deps, access, id, blob);
  const input = { kind, base, git, mine, mergeTexts: deps.texts.merge };
  if (base !== null && git !== null && mine !== null) {
    const text = await merged(input, settlement);
    if (text !== null) return text;
  }
  const asked = {
    ...{ id, kind, base: blob, message: null, wait: false, action: 'edit' as const },
    path: entry?.path ?? '',
    content: mine === null ? null : contentOf(mine, readEntry(mine, kind)),
  };
  throw await staleBase(deps, access, asked, entry);
}

async function merged(input: MergeInput, settlement: Settlement | null): Promise<string | null> {
  if (settlement === null) {
    const result = await mergeEntries(input);
    return result.kind === 'clean' ? result.text : null;
  }
  try {
    return await settleConflict(input, settlement);
  } catch (error) {
    if (error instanceof BadSettlement) throw fieldProblem('/parts', error.message);
    throw error;
  }
}

function settlementOf({ take, parts }: Static<typeof UpdateBody>): Settlement | null {
  if (take !== undefined && parts !== undefined)
    throw fieldProblem('', 'give either `take` or `parts`');
  if (take !== undefined) return { take };
  // It was parsed from JSON.
  return parts === undefined ? null : { parts: parts as Record<string, PartChoice> };
}
