import type { FastifyRequest } from 'fastify';
import { findCheck, findOpenCheck, insertCheck, listCheckResults, listChecks, type PromptCheck } from '../../../db/knowledge/prompts/checks.ts'; // prettier-ignore
import { spaceChecksOf } from '../../../db/knowledge/spaces.ts';
import { promptKind } from '../../../knowledge/prompts/text-hints.ts';
import type { OperationSettings } from '../../../model/knowledge/operation.ts';
import { uuid } from '../../../model/text/uuid.ts';
import type { AddRoutes, Api, ApiDeps } from '../../http/deps.ts';
import { PageQuery, pageOf, pageStart } from '../../http/paging.ts';
import { ApiProblem } from '../../http/problem.ts';
import { PageOf } from '../../http/schema-parts.ts';
import { entryNotFound, historyIn } from '../history/open-history.ts';
import { startOperation } from '../operations/start-operation.ts';
import { openIn } from '../prompts/open-at.ts';
import { PromptParams } from '../prompts/prompt-schema.ts';
import { spaceOf } from '../spaces/space-access.ts';
import { CheckBody, CheckParams, CheckView, CheckWithResults } from './check-schema.ts';
import { checkView, resultView } from './check-view.ts';
import { plannedCheck } from './planned-check.ts';
import { spaceToCheck } from './space-to-check.ts';

const tags = ['prompts'];
const all = '/v1/spaces/:space/prompts/:prompt/checks';
const plain: OperationSettings = { kind: null, update: false, items: 'texts' };

/** Routes that run the examples of prompts as checks, and show what came of them. */
export const addCheckRoutes: AddRoutes = (api, deps) => {
  addStart(api, deps);
  addReads(api, deps);
};

function addStart(api: Api, deps: ApiDeps): void {
  api.post(
    all,
    {
      config: { role: 'editor', refuses: [404, 409, 422] },
      schema: {
        tags,
        summary: 'Run the examples of a prompt as checks against the model of the space',
        description:
          'The rendered text and the input of each example are sent to the address in the settings of the space. The run is an operation with the same id: its progress, its stream and `actions/cancel` are there. If the same version is being run already, that run is returned. 409 `checks_off`: the space has no model. 422: `examples_missing`, `examples_broken`, `too_many_examples`, and what rendering says.',
        params: PromptParams,
        body: CheckBody,
        response: { 202: CheckView },
      },
    },
    async (request, reply) => {
      const access = await spaceOf(deps, request);
      access.require('editor', promptKind);
      const settings = spaceChecksOf(access.row);
      if (settings === null)
        throw new ApiProblem(409, 'checks_off', `The space ${access.row.id} has no model to run examples against. An admin names one in its settings (checks).`); // prettier-ignore
      const { body, params } = request;
      const read = await spaceToCheck(deps, access, body, params.prompt);
      const opened = await openIn(deps, request, access, read, params.prompt, [promptKind]);
      const { items, results, ...planned } = await plannedCheck(opened, body.variant, settings.maxExamples); // prettier-ignore
      const { entry, environment } = opened;
      const check = {
        ...{ ...planned, spaceId: access.row.id, promptId: entry.id, environment },
        ...{ blobId: entry.blob, commitSha: entry.commit },
        ...{ model: settings.model, origin: new URL(settings.address).origin },
      };
      const running = await findOpenCheck(deps.db, check);
      if (running !== null) return reply.code(202).send(checkView(running));
      const { id } = await startOperation(deps, request, access, {
        ...{ type: 'check', dryRun: false, settings: plain, items },
        also: (trx, id) => insertCheck(trx, { ...check, id }, results),
      });
      const stored = await findCheck(deps.db, { ...check, id });
      if (stored === null) throw checkNotFound(entry.id, id);
      return reply.code(202).send(checkView(stored));
    },
  );
}

function addReads(api: Api, deps: ApiDeps): void {
  api.get(
    all,
    {
      config: { role: 'agent', refuses: [404, 422] },
      schema: {
        tags,
        summary: 'Runs of the examples of a prompt, newest first',
        params: PromptParams,
        querystring: PageQuery,
        response: { 200: PageOf(CheckView) },
      },
    },
    async (request) => {
      const { spaceId, promptId } = await promptOf(deps, request, request.params.prompt);
      const { limit, after } = pageStart(request.query, uuid);
      const rows = await listChecks(deps.db, { spaceId, promptId, after, limit: limit + 1 });
      return pageOf(rows, limit, ({ id }) => id, checkView); // prettier-ignore
    },
  );
  api.get(
    `${all}/:check`,
    {
      config: { role: 'agent', refuses: [404] },
      schema: {
        tags,
        summary: 'A run of the examples of a prompt, with each answer',
        params: CheckParams,
        response: { 200: CheckWithResults },
      },
    },
    async (request) => checkWithResults(deps, await checkOf(deps, request, request.params)),
  );
}

/** A run with its examples, as the API shows it. */
export async function checkWithResults({ db }: Pick<ApiDeps, 'db'>, check: PromptCheck) {
  const results = await listCheckResults(db, check.id);
  return { ...checkView(check), results: results.map(resultView) };
}

/** The run that the path names, of a prompt that the caller may read. Throws 404. */
export async function checkOf(
  deps: ApiDeps,
  request: FastifyRequest,
  { prompt, check }: { prompt: string; check: string },
): Promise<PromptCheck> {
  const of = await promptOf(deps, request, prompt);
  const found = await findCheck(deps.db, { ...of, id: check });
  if (found === null) throw checkNotFound(prompt, check);
  return found;
}

/** The prompt, which may have been removed since. */
async function promptOf(deps: ApiDeps, request: FastifyRequest, prompt: string) {
  const { access, id, entry, newest } = await historyIn(deps, await spaceOf(deps, request), prompt);
  if ((entry?.kind ?? newest?.kind) !== promptKind) throw entryNotFound(access.row.id, prompt);
  return { spaceId: access.row.id, promptId: id };
}

function checkNotFound(prompt: string, check: string): ApiProblem {
  return new ApiProblem(404, 'check_not_found', `The prompt ${prompt} has no run ${check}.`);
}
