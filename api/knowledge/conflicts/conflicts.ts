import { Type, type Static } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import { findConflict, listConflicts } from '../../../db/knowledge/conflicts.ts';
import { findEntry } from '../../../db/knowledge/entries.ts';
import { kindsOf } from '../../../knowledge/kinds/kinds.ts';
import type { Settlement } from '../../../model/knowledge/conflict.ts';
import type { JsonValue, PartChoice } from '../../../model/knowledge/entry.ts';
import type { Role } from '../../../model/access/roles.ts';
import { conflictItem, conflictView } from './conflict-view.ts';
import type { AddRoutes, Api, ApiDeps } from '../../http/deps.ts';
import { pageOf, pageStart } from '../../http/paging.ts';
import { ApiProblem, fieldProblem } from '../../http/problem.ts';
import {
  ConflictItem,
  ConflictParams,
  ConflictQuery,
  ConflictView,
  SettleBody,
  SettledMany,
  SettleManyBody,
} from './conflict-schema.ts';
import { Id, PageOf, refusals } from '../../http/schema-parts.ts';
import { settleOpened, type OpenedConflict } from './settle-conflict.ts';
import { signalSpace } from '../../streams/signals.ts';
import { spaceOf, type SpaceAccess } from '../spaces/space-access.ts';

/** Where saves and Git clash. */
export const addConflictRoutes: AddRoutes = (api, deps) => {
  addReads(api, deps);
  addSettle(api, deps);
  addSettleMany(api, deps);
};

const tags = ['conflicts'];
const SpaceParams = Type.Object({ s: Id });
const uuidPattern = /^[0-9a-f-]{36}$/;
/** A text of 1 MiB, and what JSON makes of it. */
const bodyLimit = 8 * 1024 * 1024;

function addReads(api: Api, deps: ApiDeps): void {
  api.get(
    '/v1/spaces/:s/conflicts',
    {
      config: { role: 'agent' },
      schema: {
        tags,
        summary: 'Conflicts, oldest first',
        description: 'Those that are open, unless `state` says otherwise.',
        params: SpaceParams,
        querystring: ConflictQuery,
        response: { 200: PageOf(ConflictItem), ...refusals },
      },
    },
    async (request) => {
      const access = await spaceOf(deps, request);
      const { limit, after } = pageStart(request.query, uuidPattern);
      const { state = 'open', kind } = request.query;
      if (kind !== undefined) access.require('reader', kind);
      const rows = await listConflicts(deps.db, access.row.id, {
        state,
        kinds: kind === undefined ? access.kinds('reader') : [kind],
        after,
        limit: limit + 1,
      });
      return pageOf(rows, limit, ({ id }) => id, conflictItem);
    },
  );
  api.get(
    '/v1/spaces/:s/conflicts/:c',
    {
      config: { role: 'agent' },
      schema: {
        tags,
        summary: 'A conflict, part by part',
        description:
          'Compared with the entry as it is now; a settled one with what it was compared with then.',
        params: ConflictParams,
        response: { 200: ConflictView, ...refusals },
      },
    },
    async (request) => {
      const access = await spaceOf(deps, request);
      return viewOf(await openConflict(deps, access, request.params.c, 'reader'));
    },
  );
}

function addSettle(api: Api, deps: ApiDeps): void {
  api.post(
    '/v1/spaces/:s/conflicts/:c',
    {
      config: { role: 'editor' },
      bodyLimit,
      schema: {
        tags,
        summary: 'Settle a conflict',
        description:
          'Takes a side, a side or a value for each part, or a whole text; what does not clash is merged. ' +
          'Settling it again is the undo: both sides are kept.',
        params: ConflictParams,
        body: SettleBody,
        response: { 200: ConflictView, ...refusals },
      },
    },
    async (request) => {
      const access = await spaceOf(deps, request);
      const { c: id } = request.params;
      const { blob } = request.body;
      await settle(deps, request, access, { id, blob, settlement: settlementOf(request.body) });
      return viewOf(await openConflict(deps, access, id, 'editor'));
    },
  );
}

function addSettleMany(api: Api, deps: ApiDeps): void {
  api.post(
    '/v1/spaces/:s/conflicts',
    {
      config: { role: 'editor' },
      schema: {
        tags,
        summary: 'Settle many conflicts alike',
        description: 'Each by itself: what is refused says why, and stops no other.',
        params: SpaceParams,
        body: SettleManyBody,
        response: { 200: SettledMany, ...refusals },
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

/** Settles one conflict, and rings where something is to be delivered; answers the save. */
async function settle(
  deps: ApiDeps,
  request: FastifyRequest,
  access: SpaceAccess,
  asked: { id: string; settlement: Settlement; blob?: string | null | undefined },
): Promise<string | null> {
  const opened = await openConflict(deps, access, asked.id, 'editor');
  const moved = async (): Promise<ApiProblem> => {
    const conflict = await viewOf(await openConflict(deps, access, asked.id, 'editor'));
    return new ApiProblem(
      409,
      'conflict_moved',
      `${opened.row.entryId} changed since, where this would change it. Look at the parts as they are now, and settle it again, or give the whole text.`,
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

/** The conflict with both sides, for a caller who has this role for its kind. */
async function openConflict(
  { db, texts }: ApiDeps,
  access: SpaceAccess,
  id: string,
  role: Role,
): Promise<OpenedConflict> {
  const row = await findConflict(db, access.row.id, id);
  // As if it were not there, where the caller may not see its kind.
  if (row === null || !access.may('reader', row.kind))
    throw new ApiProblem(
      404,
      'conflict_not_found',
      `There is no conflict ${id} in ${access.row.id}.`,
    );
  const entry = await findEntry(db, access.row.id, row.entryId);
  const kindName = entry?.kind ?? row.kind;
  access.require(role, row.kind);
  access.require(role, kindName);
  const kind = kindsOf(access.row.kinds).find(({ name }) => name === kindName);
  if (kind === undefined)
    throw new ApiProblem(
      422,
      'kind_not_found',
      `${row.entryId} is of the kind ${kindName}, which the space ${access.row.id} does not have any more.`,
    );
  // A settled one is compared with what it was settled against: its entry is what came of it.
  const git = row.settled === null ? (entry?.headText ?? null) : row.gitText;
  const { baseText: base, mineText: mine } = row;
  const mergeTexts = (sides: Parameters<typeof texts.merge>[0]) => texts.merge(sides);
  return { access, row, entry, input: { kind, base, git, mine, mergeTexts } };
}

function viewOf({ row, entry, input }: OpenedConflict): Promise<Static<typeof ConflictView>> {
  return conflictView(row, entry, input);
}

function settlementOf({ take, parts, text }: Static<typeof SettleBody>): Settlement {
  const given = [take, parts, text].filter((choice) => choice !== undefined);
  if (given.length !== 1) throw fieldProblem('', 'give one of take, parts and text');
  if (take !== undefined) return { take };
  if (text !== undefined) return { text };
  return {
    parts: Object.fromEntries(Object.entries(parts ?? {}).map(([id, c]) => [id, choice(c)])),
  };
}

function choice(given: 'git' | 'mine' | { value: unknown }): PartChoice {
  // It came as JSON.
  return typeof given === 'string' ? given : { value: given.value as JsonValue };
}
