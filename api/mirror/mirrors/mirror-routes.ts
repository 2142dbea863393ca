import type { AddRoutes } from '../../http/deps.ts';
import { listMirrorOverviews } from '../../../db/mirror/mirror-status.ts';
import { listUnendedMirrors, markMirror, putMirror } from '../../../db/mirror/mirrors.ts';
import { holdProject } from '../../../db/mirror/projects.ts';
import { mirrorStream } from '../../../model/mirror/ids.ts';
import { audited } from '../../access/audited.ts';
import { PageQuery, pageOf, pageStart } from '../../http/paging.ts';
import { projectNotFound } from '../../http/problem.ts';
import { MirrorParams, PageOf, ProjectParams } from '../../http/schema-parts.ts';
import { credentialRefused } from '../../streams/repository-refusals.ts';
import { keepSchedules, lookForBranches, signalStored } from '../../streams/signals.ts';
import { mirrorKeyOf, requireProject } from '../project-source.ts';
import { askVisibility, keyForPut, requireDefaultBranch } from './enable-mirror.ts';
import { MirrorBody, MirrorView } from './mirror-schema.ts';
import { settingsFrom } from './mirror-settings.ts';
import { placeTaken } from './place-taken.ts';
import { IfMatch, settingsChanged, versionOf } from './settings-version.ts';
import { mirrorView } from './mirror-view.ts';
import { overviewOf } from './open-mirror.ts';

/** Routes that enable, show and end mirrors. */
export const addMirrorRoutes: AddRoutes = (api, deps) => {
  const { db, workflows } = deps;

  api.put(
    '/v1/projects/:project/mirrors/:branch',
    {
      // Someone who can choose the repository could have a credential sent to their own host.
      config: { role: 'admin', refuses: [404, 409, 412, 422, 502] },
      schema: {
        tags: ['mirrors'],
        summary: 'Enable a mirror, replace its settings, or enable it again',
        description:
          '201 if it is new. Everything except `repository` has a default, which replaces the current value. ' +
          'If the place changes, the mirror starts from scratch; a changed policy is applied to the whole tree. If the Git branch of a ' +
          "development branch does not exist yet, it is created from the default branch's Git branch. With `If-Match` and the mirror's " +
          '`settingsVersion`, it is refused if somebody has changed the settings since.',
        params: MirrorParams,
        headers: IfMatch,
        body: MirrorBody,
        response: { 200: MirrorView, 201: MirrorView },
      },
    },
    async (request, reply) => {
      const key = await keyForPut(deps, request.params);
      const { adopt = false, ...body } = request.body;
      const replacing = versionOf(request.headers['if-match']);
      const settings = {
        ...(await settingsFrom(body, deps)),
        adopt,
        ...(replacing !== undefined && { replacing }),
      };
      const linksBranches = settings.developmentBranches.link.length > 0;
      if (linksBranches) await requireDefaultBranch(deps, key);
      const stored = await audited(
        db,
        request,
        async (transaction) => {
          if (!(await holdProject(transaction, key.projectId)))
            throw projectNotFound(key.projectId);
          const result = await putMirror(transaction, key, settings);
          if (result.kind === 'place_taken') throw placeTaken(result.by);
          if (result.kind === 'settings_changed') throw settingsChanged(key);
          if (result.kind !== 'stored') throw credentialRefused(result);
          return result;
        },
        ({ created, resync }) => ({
          action: created ? 'mirror.enable' : 'mirror.replace',
          target: mirrorStream(key),
          detail: { repository: settings.repository, resync, adopt },
        }),
      );
      // A new place or credential may fix an outage.
      await signalStored(workflows, request.log, key, 'mirrorChanged', 'retryNow');
      await keepSchedules(workflows, request.log, key.projectId, true);
      if (linksBranches) await lookForBranches(workflows, request.log, key.projectId);
      if (settings.policy.samples.enabled) await askVisibility(deps, request.log, key);
      return reply.code(stored.created ? 201 : 200).send(mirrorView(await overviewOf(deps, key)));
    },
  );

  api.get(
    '/v1/projects/:project/mirrors',
    {
      config: { role: 'agent', refuses: [404, 422] },
      schema: {
        tags: ['mirrors'],
        summary: "List a project's mirrors, including ended ones",
        params: ProjectParams,
        querystring: PageQuery,
        response: { 200: PageOf(MirrorView) },
      },
    },
    async (request) => {
      const { project: projectId } = request.params;
      await requireProject(deps, projectId);
      const { limit, after } = pageStart(request.query, /^[\w.-]{1,64}$/);
      const rows = await listMirrorOverviews(db, { projectId, after, limit: limit + 1 });
      return pageOf(rows, limit, ({ row }) => row.branchId, mirrorView);
    },
  );

  api.get(
    '/v1/projects/:project/mirrors/:branch',
    {
      config: { role: 'agent', refuses: [404, 422, 502] },
      schema: {
        tags: ['mirrors'],
        summary: "A mirror's state",
        description: 'Only needs the database, so it also works while Temporal is unavailable.',
        params: MirrorParams,
        response: { 200: MirrorView },
      },
    },
    async (request) => mirrorView(await overviewOf(deps, await mirrorKeyOf(deps, request))),
  );

  api.delete(
    '/v1/projects/:project/mirrors/:branch',
    {
      config: { role: 'admin', refuses: [404, 422, 502] },
      schema: {
        tags: ['mirrors'],
        summary: 'End a mirror; the repository stays as it is',
        description: 'Waiting changes will not be sent. Ending an ended mirror does nothing.',
        params: MirrorParams,
        response: { 200: MirrorView },
      },
    },
    async (request) => {
      const key = await mirrorKeyOf(deps, request);
      const { ended, others } = await audited(
        db,
        request,
        async (transaction) => ({
          ended: await markMirror(transaction, key, 'end'),
          others: (await listUnendedMirrors(transaction, key.projectId)).length,
        }),
        (result) => result.ended && { action: 'mirror.end', target: mirrorStream(key) },
      );
      if (ended) {
        await signalStored(workflows, request.log, key, 'mirrorChanged');
        if (others === 0) await keepSchedules(workflows, request.log, key.projectId, false);
      }
      return mirrorView(await overviewOf(deps, key));
    },
  );
};
