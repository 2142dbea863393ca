import type { AddRoutes } from '../../http/deps.ts';
import { addHoldRoute } from '../hold/hold-route.ts';
import { addChangeRoutes } from './change-routes.ts';
import { addCommitObjectsRoutes } from './commit-objects-routes.ts';
import { addComparisonRoutes } from './comparison-routes.ts';
import { addLineageRoutes } from './lineage-routes.ts';
import { ReadingCache } from './reading-cache.ts';
import { addRunRoutes } from './run-routes.ts';
import { addSampleRoutes } from './sample-routes.ts';
import { addSearchRoutes } from './search-routes.ts';
import { createSlots } from '../../http/slots.ts';
import { addTreeRoutes } from './tree-routes.ts';
import { addVersionRoutes } from './version-routes.ts';

/**
 * How many requests may search histories at once, each with git processes of its own, and how many may
 * wait for that.
 */
const searching = { most: 2, waiting: 8, what: 'requests read the history of repositories' };

/** Routes that read a mirror: from a clone of its branch, and never from the platform. */
export const addReadingRoutes: AddRoutes = (api, deps) => {
  const slots = createSlots(searching);
  const reading = { ...deps, readingCache: new ReadingCache(), slots };
  addTreeRoutes(api, reading);
  addCommitObjectsRoutes(api, reading);
  addVersionRoutes(api, reading);
  addComparisonRoutes(api, reading);
  addLineageRoutes(api, reading);
  addSearchRoutes(api, reading);
  addSampleRoutes(api, reading);
  addHoldRoute(api, reading);
  addRunRoutes(api, reading);
  addChangeRoutes(api, reading);
};
