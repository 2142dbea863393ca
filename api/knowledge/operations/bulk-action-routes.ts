import type { OperationSettings } from '../../../model/knowledge/operation.ts';
import { importLimits } from '../../../knowledge/import/import-files.ts';
import type { AddRoutes, Api, ApiDeps } from '../../http/deps.ts';
import { spaceOf } from '../spaces/space-access.ts';
import { SpaceParams } from '../spaces/space-schema.ts';
import { importOf } from './import-items.ts';
import { ImportBody, OperationBody, OperationView } from './operation-schema.ts';
import { operationView } from './operation-view.ts';
import { startOperation } from './start-operation.ts';

const plain: OperationSettings = { kind: null, update: true, items: 'texts' };
const tags = ['operations'];

/**
 * Routes for actions on a whole space, or on many entries: each starts a bulk operation and returns
 * it.
 */
export const addBulkActionRoutes: AddRoutes = (api, deps) => {
  addWhole(api, deps, {
    type: 'export',
    summary: 'Export everything to Git',
    description:
      'Sends waiting saves, updates index files, and saves entries again that are missing on the branch.',
  });
  addWhole(api, deps, {
    type: 'sync',
    summary: 'Sync everything from Git',
    description: 'Reads every file of the branch again, even files that did not change.',
  });
  addImport(api, deps);
};

/** Adds the route for an operation on a whole space. */
function addWhole(
  api: Api,
  deps: ApiDeps,
  { type, summary, description }: { type: 'export' | 'sync'; summary: string; description: string },
): void {
  api.post(
    `/v1/spaces/:space/actions/${type}`,
    {
      config: { role: 'operator', refuses: [404] },
      schema: {
        tags,
        summary,
        description,
        params: SpaceParams,
        body: OperationBody,
        response: { 202: OperationView },
      },
    },
    async (request, reply) => {
      const access = await spaceOf(deps, request);
      access.requireAll('operator');
      const { dryRun = false } = request.body;
      const row = await startOperation(deps, request, access, {
        type,
        dryRun,
        settings: plain,
        items: [],
      });
      return reply.code(202).send(await operationView(deps.db, row, access.kinds('reader')));
    },
  );
}

function addImport(api: Api, deps: ApiDeps): void {
  api.post(
    '/v1/spaces/:space/actions/import',
    {
      config: { role: 'editor', refuses: [404, 422] },
      // Tables and folders are sent in one request.
      bodyLimit: importLimits.bytes,
      schema: {
        tags,
        summary: 'Import files or a table',
        description:
          'Existing entries only change if they differ; an item that fails does not stop ' +
          'the others. Importing the same again changes nothing.',
        params: SpaceParams,
        body: ImportBody,
        response: { 202: OperationView },
      },
    },
    async (request, reply) => {
      const access = await spaceOf(deps, request);
      const { dryRun = false } = request.body;
      const { settings, items } = await importOf(request.body, access);
      const row = await startOperation(deps, request, access, {
        type: 'import',
        dryRun,
        settings,
        items,
      });
      return reply.code(202).send(await operationView(deps.db, row, access.kinds('reader')));
    },
  );
}
