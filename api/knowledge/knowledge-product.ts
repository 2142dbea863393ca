import type { AddRoutes } from '../http/deps.ts';
import { addCheckRoutes } from './checks/check-routes.ts';
import { addJudgeRoute } from './checks/judge-route.ts';
import { addConflictRoutes } from './conflicts/conflict-routes.ts';
import { addChangeSetRoutes } from './drafts/change-set-routes.ts';
import { addDraftRoutes } from './drafts/draft-routes.ts';
import { addEditorRoute } from './drafts/editor-route.ts';
import { addPublishRoutes } from './drafts/publish-routes.ts';
import { addUpdateDraftRoute } from './drafts/update-draft-route.ts';
import { addEntryRoutes } from './entries/entry-routes.ts';
import { addMoveRoute } from './entries/move-route.ts';
import { addRenderRoute } from './entries/render-route.ts';
import { addSaveRoutes } from './entries/save-routes.ts';
import { addSpaceChangeRoutes } from './history/change-routes.ts';
import { addSpaceCommitRoutes } from './history/commit-routes.ts';
import { addHistoryRoutes } from './history/history-routes.ts';
import { addBulkActionRoutes } from './operations/bulk-action-routes.ts';
import { addOperationRoutes } from './operations/operation-routes.ts';
import { addPromptRoutes } from './prompts/prompt-routes.ts';
import { addReviewRoutes } from './reviews/review-routes.ts';
import { addDismissRoute } from './reviews/dismiss-route.ts';
import { addVerdictRoutes } from './reviews/verdict-routes.ts';
import { addAcceptRoutes } from './spaces/accept-routes.ts';
import { addReviewRulesRoute } from './spaces/review-rules-route.ts';
import { addEnvironmentRoutes } from './environments/environment-routes.ts';
import { addScoreRoutes } from './prompts/score-routes.ts';
import { addSpaceActionRoutes } from './spaces/space-action-routes.ts';
import { addSpaceSecretRoutes } from './spaces/secret-routes.ts';
import { addSpaceRoutes } from './spaces/space-routes.ts';
import { addSpaceStreamRoute } from './spaces/space-stream-route.ts';
import { addTemplateRoutes } from './templates/template-routes.ts';
import { addWebhookRoutes } from './webhooks/webhook-routes.ts';
import { addWebhookStateRoute } from './webhooks/webhook-state-route.ts';

/** The routes of the knowledge product, which keeps what people know in Git. */
export const addKnowledgeProduct: AddRoutes = (api, deps) => {
  const resources = [
    addSpaceRoutes,
    addSpaceStreamRoute,
    addSpaceSecretRoutes,
    addSpaceActionRoutes,
    addAcceptRoutes,
    addReviewRulesRoute,
    addBulkActionRoutes,
    addOperationRoutes,
    addEntryRoutes,
    addRenderRoute,
    addSaveRoutes,
    addMoveRoute,
    addDraftRoutes,
    addChangeSetRoutes,
    addPublishRoutes,
    addUpdateDraftRoute,
    addEditorRoute,
    addReviewRoutes,
    addVerdictRoutes,
    addDismissRoute,
    addHistoryRoutes,
    addSpaceChangeRoutes,
    addSpaceCommitRoutes,
    addConflictRoutes,
    addEnvironmentRoutes,
    addPromptRoutes,
    addScoreRoutes,
    addCheckRoutes,
    addJudgeRoute,
    addTemplateRoutes,
    addWebhookRoutes,
    addWebhookStateRoute,
  ];
  for (const add of resources) add(api, deps);
};
