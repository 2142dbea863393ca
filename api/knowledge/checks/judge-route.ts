import { findCheck, judgeCheckResult } from '../../../db/knowledge/prompts/checks.ts';
import { promptKind } from '../../../knowledge/prompts/text-hints.ts';
import { inRequest, writeAudit } from '../../access/audited.ts';
import { callerOf } from '../../access/authentication.ts';
import type { AddRoutes } from '../../http/deps.ts';
import { ApiProblem } from '../../http/problem.ts';
import { requireStorable } from '../entries/require-storable.ts';
import { requirePerson } from '../../access/require-person.ts';
import { personOf, spaceOf } from '../spaces/space-access.ts';
import { checkOf, checkWithResults } from './check-routes.ts';
import { CheckParams, CheckWithResults, JudgeBody } from './check-schema.ts';

/** Adds the route with which a person says whether an answer is as an example expects. */
export const addJudgeRoute: AddRoutes = (api, deps) => {
  api.post(
    '/v1/spaces/:space/prompts/:prompt/checks/:check/actions/judge',
    {
      config: { role: 'editor', refuses: [404, 409, 422] },
      schema: {
        tags: ['prompts'],
        summary: 'Say whether an answer is as its example expects',
        description:
          'For answers that only a person can judge (`needs_person`). Whoever began the run may do so too; who said it is kept. Saying it again replaces what was said. 409 `not_to_judge`: what was expected decided by itself.',
        params: CheckParams,
        body: JudgeBody,
        response: { 200: CheckWithResults },
      },
    },
    async (request) => {
      const access = await spaceOf(deps, request);
      access.require('editor', promptKind);
      requireStorable(request.body);
      requirePerson(request, 'judge answers');
      const check = await checkOf(deps, request, request.params);
      const { example, passed: isPassed, note = '' } = request.body;
      const by = personOf(callerOf(request));
      await inRequest(deps.db, async (trx) => {
        const judgement = { checkId: check.id, ordinal: example, isPassed, note, by };
        if (!(await judgeCheckResult(trx, judgement)))
          throw new ApiProblem(409, 'not_to_judge', `Nobody has to judge example ${example} of the run ${check.id}: only answers with the verdict needs_person are judged.`); // prettier-ignore
        await writeAudit(trx, request, {
          action: 'check.judge',
          target: `space/${access.row.id}/${check.promptId}`,
          detail: { check: check.id, example, passed: isPassed },
        });
      });
      return checkWithResults(deps, (await findCheck(deps.db, check)) ?? check);
    },
  );
};
