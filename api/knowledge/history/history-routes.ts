import { listVersions } from '../../../db/knowledge/history/history.ts';
import { listSyncLogs } from '../../../db/knowledge/sync-logs.ts';
import type { AddRoutes } from '../../http/deps.ts';
import { compareVersions } from './compare-versions.ts';
import { historyOf, versionInGit } from './open-history.ts';
import { PageQuery, pageOf, pageStart } from '../../http/paging.ts';
import { syncLogView, versionView } from './history-view.ts';
import { readBranchCopy } from './read-branch-copy.ts';
import { momentIn } from './short-names.ts';
import { restoreVersion } from './restore-version.ts';
import {
  BlameQuery,
  BlameView,
  DiffQuery,
  DiffView,
  RestoreBody,
  SyncLogView,
  VersionView,
} from './history-schema.ts';
import { savedAnswer } from '../entries/saved-answer.ts';
import { EntryParams, EntryView, LaterView, WaitQuery } from '../entries/entry-schema.ts';
import { PageOf } from '../../http/schema-parts.ts';

const number = /^\d{1,15}$/;
const tags = ['history'];

/** Routes for an entry's versions: who made them, what they changed, and how to restore one. */
export const addHistoryRoutes: AddRoutes = (api, deps) => {
  const { db } = deps;
  api.get(
    '/v1/spaces/:space/entries/:entry/versions',
    {
      config: { role: 'agent', refuses: [404, 422] },
      schema: {
        tags,
        summary: "An entry's versions in Git, newest first",
        description: 'Follows renames; also works for entries that were removed.',
        params: EntryParams,
        querystring: PageQuery,
        response: { 200: PageOf(VersionView) },
      },
    },
    async (request) => {
      const { access, id } = await historyOf(deps, request);
      const { limit, after } = pageStart(request.query, number);
      const before = after === null ? null : { position: Number(after), entryId: id };
      const page = { kinds: access.kinds('reader'), limit: limit + 1, before };
      const rows = await listVersions(db, access.row.id, id, page);
      return pageOf(rows, limit, ({ position }) => position, versionView);
    },
  );

  api.get(
    '/v1/spaces/:space/entries/:entry/diff',
    {
      config: { role: 'agent', refuses: [404, 422] },
      schema: {
        tags,
        summary: 'What changed between two versions',
        params: EntryParams,
        querystring: DiffQuery,
        response: { 200: DiffView },
      },
    },
    async (request) => compareVersions(deps, await historyOf(deps, request), request.query),
  );

  api.get(
    '/v1/spaces/:space/entries/:entry/blame',
    {
      config: { role: 'agent', refuses: [404, 422] },
      schema: {
        tags,
        summary: 'Who wrote each line',
        description: 'For a version in Git, following first parents. Takes up to 10 s.',
        params: EntryParams,
        querystring: BlameQuery,
        response: { 200: BlameView },
      },
    },
    async (request) => {
      const history = await historyOf(deps, request);
      const { access, entry } = history;
      const { at } = request.query;
      const moment = at === undefined ? null : await momentIn(deps, access, at, '/at');
      const { sha: commit, path } = await versionInGit(deps, history, moment);
      const lines = await readBranchCopy(deps, access.row, commit, (clone) =>
        clone.blame(commit, path),
      );
      return {
        commit,
        path,
        waiting: at === undefined && (entry?.waiting ?? false),
        lines: lines.map(({ line, sha, author, authoredAt, text }) => ({
          line,
          commit: sha,
          author,
          at: authoredAt.toISOString(),
          text,
        })),
      };
    },
  );

  api.get(
    '/v1/spaces/:space/entries/:entry/sync-logs',
    {
      config: { role: 'agent', refuses: [404, 422] },
      schema: {
        tags,
        summary: 'What happened to an entry between Gitward and Git, newest first',
        params: EntryParams,
        querystring: PageQuery,
        response: { 200: PageOf(SyncLogView) },
      },
    },
    async (request) => {
      const { access, id } = await historyOf(deps, request);
      const { limit, after } = pageStart(request.query, number);
      const before = after === null ? null : Number(after);
      const rows = await listSyncLogs(db, access.row.id, id, {
        ...{ kinds: access.kinds('reader'), limit: limit + 1, before },
      });
      return pageOf(rows, limit, (row) => row.id, syncLogView);
    },
  );

  api.post(
    '/v1/spaces/:space/entries/:entry/actions/restore',
    {
      config: { role: 'editor', refuses: [404, 409, 422] },
      schema: {
        tags,
        summary: 'Save the text of an earlier version again',
        description: 'Creates a new commit. Also brings back an entry that was removed.',
        params: EntryParams,
        querystring: WaitQuery,
        body: RestoreBody,
        response: { 200: EntryView, 202: LaterView },
      },
    },
    async (request, reply) => {
      const history = await historyOf(deps, request);
      const wait = request.query.wait === 'commit';
      const { kind, ...saved } = await restoreVersion(deps, request, history, {
        ...request.body,
        wait,
      });
      const { access, id } = history;
      const answer = savedAnswer(reply, access, { id, kind }, saved);
      return answer.code === 'done'
        ? reply.code(200).send(answer.body)
        : reply.code(202).send(answer.body);
    },
  );
};
