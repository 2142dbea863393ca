import type { Static } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import { listConflicts } from '../../../db/knowledge/conflicts.ts';
import type { Settlement } from '../../../model/knowledge/conflict.ts';
import type { JsonValue, PartChoice } from '../../../model/knowledge/entry.ts';
import type { AddRoutes, Api, ApiDeps } from '../../http/deps.ts';
import { pageOf, pageStart } from '../../http/paging.ts';
import { ApiProblem, fieldProblem } from '../../http/problem.ts';
import { PageOf } from '../../http/schema-parts.ts';
import { signalSpace } from '../../streams/signals.ts';
import { requireStorable } from '../entries/require-storable.ts';
import { spaceOf, type SpaceAccess } from '../spaces/space-access.ts';
import { SpaceParams } from '../spaces/space-schema.ts';
import {
  ConflictItem,
  ConflictParams,
  ConflictQuery,
  ConflictView,
  SettleBody,
  SettledMany,
  SettleManyBody,
} from './conflict-schema.ts';
import { conflictItem, openedView } from './conflict-view.ts';
import { openConflict } from './open-conflict.ts';
import { settleOpened } from './settle-conflict.ts';
import { uuid } from '../../../model/text/uuid.ts';

/** Routes for conflicts between saves and Git. */
export const addConflictRoutes: AddRoutes = (api, deps) => {
  addReads(api, deps);
  addSettle(api, deps);
  addSettleMany(api, deps);
};

const tags = ['conflicts'];
/** Room for a text of 1 MiB with JSON escapes. */
const bodyLimit = 8 * 1024 * 1024;

function addReads(api: Api, deps: ApiDeps): void {
  api.get(
    '/v1/spaces/:space/conflicts',
    {
      config: { role: 'agent', refuses: [403, 404, 422] },
      schema: {
        tags,
        summary: 'Conflicts, oldest first',
        description: 'Lists open conflicts by default; see `state`.',
        params: SpaceParams,
        querystring: ConflictQuery,
        response: { 200: PageOf(ConflictItem) },
      },
    },
    async (request) => {
      const access = await spaceOf(deps, request);
      const { limit, after } = pageStart(request.query, uuid);
      const { state = 'open', kind, entry } = request.query;
      if (entry !== undefined) requireStorable({ entry });
      if (kind !== undefined) access.require('reader', kind);
      const rows = await listConflicts(deps.db, access.row.id, {
        state,
        kinds: kind === undefined ? access.kinds('reader') : [kind],
        ...(entry !== undefined && { entryId: entry }),
        after,
        limit: limit + 1,
      });
      return pageOf(rows, limit, ({ id }) => id, conflictItem);
    },
  );
  api.get(
    '/v1/spaces/:space/conflicts/:conflict',
    {
      config: { role: 'agent', refuses: [403, 404, 422] },
      schema: {
        tags,
        summary: 'A conflict with its parts',
        description:
          'An open conflict is compared with the entry as it is now, a settled one with the entry as it was when the conflict was settled.',
        params: ConflictParams,
        response: { 200: ConflictView },
      },
    },
    async (request) => {
      const access = await spaceOf(deps, request);
      return openedView(await openConflict(deps, access, request.params.conflict, 'reader'));
    },
  );
}

function addSettle(api: Api, deps: ApiDeps): void {
  api.post(
    '/v1/spaces/:space/conflicts/:conflict/actions/settle',
    {
      config: { role: 'editor', refuses: [404, 409, 422] },
      bodyLimit,
      schema: {
        tags,
        summary: 'Settle a conflict',
        description:
          'Choose one side for everything, a side or a value for each part, or give the whole text; what does not clash is merged. ' +
          'Both sides are kept, so settling it again undoes the first choice.',
        params: ConflictParams,
        body: SettleBody,
        response: { 200: ConflictView },
      },
    },
    async (request) => {
      const access = await spaceOf(deps, request);
      const { conflict: id } = request.params;
      const { blob } = request.body;
      await settle(deps, request, access, { id, blob, settlement: settlementOf(request.body) });
      return openedView(await openConflict(deps, access, id, 'editor'));
    },
  );
}

function addSettleMany(api: Api, deps: ApiDeps): void {
  api.post(
    '/v1/spaces/:space/conflicts/actions/settle',
    {
      config: { role: 'editor', refuses: [404, 409, 422] },
      schema: {
        tags,
        summary: 'Settle several conflicts in the same way',
        description:
          'Each conflict is settled separately: if one is refused, its result says why, and the others are still settled.',
        params: SpaceParams,
        body: SettleManyBody,
        response: { 200: SettledMany },
      },
    },
    async (request) => {
      const access = await spaceOf(deps, request);
      const { ids, take } = request.body;
      const results: Static<typeof SettledMany>['results'] = [];
      for (const id of ids) {
        try {
          const saveId = await settle(deps, request, access, { id, settlement: { take } });
          results.push({ id, outcome: 'settled', saveId, code: null, detail: null });
        } catch (error) {
          if (!(error instanceof ApiProblem)) throw error;
          const { code, message: detail } = error;
          results.push({ id, outcome: 'refused', saveId: null, code, detail });
        }
      }
      return { results };
    },
  );
}

/** Settles one conflict, and rings if there is something to deliver; returns the id of the save. */
async function settle(
  deps: ApiDeps,
  request: FastifyRequest,
  access: SpaceAccess,
  asked: { id: string; settlement: Settlement; blob?: string | null | undefined },
): Promise<string | null> {
  const opened = await openConflict(deps, access, asked.id, 'editor');
  const moved = async (): Promise<ApiProblem> => {
    const conflict = await openedView(await openConflict(deps, access, asked.id, 'editor'));
    return new ApiProblem(
      409,
      'conflict_moved',
      `${opened.row.entryId} has changed in the same places since then. Check the current parts and settle it again, or give the whole text.`,
      [],
      null,
      { conflict },
    );
  };
  const { blob } = asked;
  if (blob !== undefined && blob !== (opened.entry?.headBlob ?? null)) throw await moved();
  const { saveId, ring } = await settleOpened(deps, request, opened, asked.settlement, moved);
  if (ring) await signalSpace(deps.spaces, request.log, access.row.id, 'doorbell');
  return saveId;
}

function settlementOf({ take, parts, text }: Static<typeof SettleBody>): Settlement {
  const given = [take, parts, text].filter((choice) => choice !== undefined);
  if (given.length !== 1) throw fieldProblem('', 'give exactly one of take, parts and text');
  if (take !== undefined) return { take };
  if (text !== undefined) return { text };
  return {
    parts: Object.fromEntries(Object.entries(parts ?? {}).map(([id, c]) => [id, choice(c)])),
  };
}

function choice(given: 'git' | 'mine' | { value: unknown }): PartChoice {
  // It was parsed from JSON.
  return typeof given === 'string' ? given : { value: given.value as JsonValue };
}
