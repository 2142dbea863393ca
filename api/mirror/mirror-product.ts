import type { AddRoutes } from '../http/deps.ts';
import { addBranchRoutes } from './branch-routes.ts';
import { addCommitRoutes } from './commit-routes.ts';
import { addEventRoutes } from './event-routes.ts';
import { addHealthRoute } from './health-routes.ts';
import { addMirrorActionRoutes } from './mirrors/mirror-action-routes.ts';
import { addMirrorRoutes } from './mirrors/mirror-routes.ts';
import { addMirrorStreamRoutes } from './mirrors/mirror-stream-routes.ts';
import { addPreviewRoutes } from './preview-routes.ts';
import { addPlatformRoutes } from './platform-routes.ts';
import { addProjectRoutes } from './projects.ts';
import { addReadingRoutes } from './reading/reading-routes.ts';
import { addRepositoryCheckRoute } from './repository-check-route.ts';
import { addSampleChangeRoutes } from './sample-changes.ts';
import { addSecretRoutes } from './secret-routes.ts';
import { addSourceCheckRoute } from './source-check-route.ts';
import { addTimelineRoute } from './timeline-route.ts';
import { addVerificationRoutes } from './verification-routes.ts';

/** The routes of the mirror product, which keeps a platform's project in Git. */
export const addMirrorProduct: AddRoutes = (api, deps) => {
  const resources = [
    addPlatformRoutes,
    addProjectRoutes,
    addSourceCheckRoute,
    addBranchRoutes,
    addMirrorRoutes,
    addMirrorActionRoutes,
    addRepositoryCheckRoute,
    addPreviewRoutes,
    addCommitRoutes,
    addTimelineRoute,
    addMirrorStreamRoutes,
    addVerificationRoutes,
    addSecretRoutes,
    addHealthRoute,
    addReadingRoutes,
    addSampleChangeRoutes,
    addEventRoutes,
  ];
  for (const add of resources) add(api, deps);
};
