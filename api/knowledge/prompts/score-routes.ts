import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { FastifyRequest } from 'fastify';
import type { Static } from '@fastify/type-provider-typebox';
import { listScoreSummaries, putScore, type PromptScore } from '../../../db/knowledge/prompts/scores.ts'; // prettier-ignore
import { findCommitOfBlob } from '../../../db/knowledge/history/history.ts';
import { listSavedTexts } from '../../../db/knowledge/save-marks.ts';
import { textBlobId } from '../../../knowledge/entries/blob-id.ts';
import { promptKind } from '../../../knowledge/prompts/text-hints.ts';
import { callerOf } from '../../access/authentication.ts';
import type { AddRoutes, ApiDeps } from '../../http/deps.ts';
import { ApiProblem, fieldProblem } from '../../http/problem.ts';
import { commitNamed } from '../history/short-names.ts';
import { entryNotFound, historyIn } from '../history/open-history.ts';
import { spaceInEnvironment } from '../environments/space-in-environment.ts';
import { presentSpace } from '../refs/space-at.ts';
import { spaceAtCommit } from '../refs/space-at-moment.ts';
import { spaceOf, type SpaceAccess } from '../spaces/space-access.ts';
import { PromptParams } from './prompt-schema.ts';
import { ScoreBody, ScoreList, ScoreView } from './score-schema.ts';

const tags = ['prompts'];
const path = '/v1/spaces/:space/prompts/:prompt/scores';
/** So many versions, arms and names are summarised. */
const mostSummaries = 1_000;

/** Routes for what those who use a prompt say of its versions. */
export const addScoreRoutes: AddRoutes = (api, deps) => {
  api.post(
    path,
    {
      config: { role: 'agent', refuses: [404, 409, 422] },
      schema: {
        tags,
        summary: 'Say how well a version of a prompt did',
        description:
          'Whoever may read the prompt may do so. The version is `blob`, the one in `commit`, or the one that `env` has now. 409 `score_exists`: another score has this id.',
        params: PromptParams,
        body: ScoreBody,
        response: { 200: ScoreView },
      },
    },
    async (request) => {
      const { access, id } = await promptOf(deps, request, request.params.prompt);
      const { body } = request;
      if ((body.value === undefined) === (body.label === undefined))
        throw fieldProblem('/value', 'give either `value` or `label`');
      const score: PromptScore = {
        ...{ spaceId: access.row.id, promptId: id, id: body.id ?? randomUUID() },
        ...{ name: body.name ?? 'helpful', value: body.value ?? null, label: body.label ?? null },
        ...(await versionJudged(deps, access, id, body)),
        ...{ environment: body.env ?? null, arm: body.arm ?? null, key: body.key ?? null },
        comment: body.comment ?? null,
        byName: body.by ?? callerOf(request).name,
        at: body.at === undefined ? new Date() : new Date(body.at),
      };
      const stored = await putScore(deps.db, score);
      // Without a time, each request has another.
      const same = body.at === undefined ? { ...score, at: stored.at } : score;
      if (isDeepStrictEqual(stored, same)) return scoreView(stored);
      throw new ApiProblem(409, 'score_exists', `There is another score ${score.id} of ${id}: give each its own id.`); // prettier-ignore
    },
  );

  api.get(
    path,
    {
      config: { role: 'agent', refuses: [404] },
      schema: {
        tags,
        summary: 'Compare the scores of the versions and arms of a prompt, newest version first',
        params: PromptParams,
        response: { 200: ScoreList },
      },
    },
    async (request) => {
      const { access, id } = await promptOf(deps, request, request.params.prompt);
      const asked = { spaceId: access.row.id, promptId: id, limit: mostSummaries };
      const rows = await listScoreSummaries(deps.db, asked);
      return {
        items: rows.map(({ blobId: blob, at, ...row }) => ({
          ...row,
          blob,
          at: at?.toISOString() ?? null,
        })),
      };
    },
  );
};

/** The prompt, which may have been removed since. */
async function promptOf(deps: ApiDeps, request: FastifyRequest, prompt: string) {
  const history = await historyIn(deps, await spaceOf(deps, request), prompt);
  const kind = history.entry?.kind ?? history.newest?.kind;
  if (kind !== promptKind) throw entryNotFound(history.access.row.id, prompt);
  return history;
}

/** The version that a score is about. Throws 404 and 422 if there is no such version. */
async function versionJudged(
  deps: ApiDeps,
  access: SpaceAccess,
  id: string,
  { blob, commit, env }: Static<typeof ScoreBody>,
): Promise<Pick<PromptScore, 'blobId' | 'commitSha'>> {
  if (blob !== undefined) {
    if (commit !== undefined) throw fieldProblem('/commit', 'give either `blob` or `commit`');
    const commitSha = await findCommitOfBlob(deps.db, access.row.id, id, blob);
    const isSaved = async () =>
      (await presentSpace(deps, access).find(id))?.blob === blob ||
      (await listSavedTexts(deps.db, access.row.id, id)).some((text) => textBlobId(text) === blob);
    if (commitSha !== null || (await isSaved())) return { blobId: blob, commitSha };
    throw fieldProblem('/blob', `is no version of ${id}`);
  }
  const at =
    commit !== undefined
      ? await spaceAtCommit(deps, access, await commitNamed(deps, access, commit, '/commit'))
      : env === undefined
        ? presentSpace(deps, access)
        : (await spaceInEnvironment(deps, access, env)).at;
  const found = await at.find(id);
  if (found === null) throw entryNotFound(access.row.id, id);
  return { blobId: found.blob, commitSha: found.commit };
}

function scoreView({ id, name, value, label, comment, ...score }: PromptScore) {
  const { blobId: blob, commitSha: commit, environment, arm, key, byName: by, at } = score;
  const judged = { blob, commit, environment, arm, key };
  return { id, name, value, label, comment, ...judged, by, at: at.toISOString() };
}
