import type { Space } from '../../../db/knowledge/spaces.ts';
import { rulesInForce } from '../../../knowledge/review/rules-in-force.ts';
import type { AddRoutes } from '../../http/deps.ts';
import { ReviewRulesView } from './review-rules-schema.ts';
import { spaceOf } from './space-access.ts';
import { SpaceParams } from './space-schema.ts';

/** The route that says who must approve changes. */
export const addReviewRulesRoute: AddRoutes = (api, deps) => {
  api.get(
    '/v1/spaces/:space/review-rules',
    {
      config: { role: 'agent', refuses: [404] },
      schema: {
        tags: ['spaces'],
        summary: 'Who must approve which changes',
        description:
          'The rules of `.gitward/rules.yml` in the repository and those of the settings (`rules.review`) are in force together.',
        params: SpaceParams,
        response: { 200: ReviewRulesView },
      },
    },
    async (request) => {
      const access = await spaceOf(deps, request);
      return reviewRulesView(access.row, access.kinds('reader'));
    },
  );
};

/** The rules of a space, for somebody who may read these kinds (`null`: all). */
function reviewRulesView(row: Space, seen: readonly string[] | null): ReviewRulesView {
  const rules = rulesInForce(row.reviewRules, row.rules.review);
  // Names, paths and people of a rule that is not limited to kinds may be about any kind.
  return seen === null
    ? { rules, waiting: row.heldRules }
    : {
        rules: rules.filter(({ kinds }) => kinds?.every((kind) => seen.includes(kind)) ?? false),
        waiting: null,
      };
}
