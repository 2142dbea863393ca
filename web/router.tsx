import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router';
import { queryClient } from './api/query-client.ts';
import { sessionQuery } from './api/session.ts';
import { auditSearch } from './pages/access/audit/audit-search.ts';
import { channelsSearch } from './pages/access/channels/channels-search.ts';
import { credentialsSearch } from './pages/access/credentials/credentials-search.ts';
import { hostTokensSearch } from './pages/access/host-tokens/host-tokens-search.ts';
import { peopleSearch } from './pages/access/people/people-search.ts';
import { sessionsSearch } from './pages/access/sessions/sessions-search.ts';
import { signInSearch } from './pages/access/sign-in/sign-in-search.ts';
import { tokensSearch } from './pages/access/tokens/tokens-search.ts';
import { conflictsSearch } from './pages/conflicts/conflicts-search.ts';
import { enableSearch } from './pages/enable/enable-search.ts';
import { entriesSearch } from './pages/entries/entries-search.ts';
import { entrySearch, newEntrySearch } from './pages/entry/entry-search.ts';
import { healthPageSearch } from './pages/health/health-search.ts';
import { HomePage } from './pages/home/home-page.tsx';
import { homeSearch } from './pages/home/home-filters.ts';
import { importSearch } from './pages/import/import-search.ts';
import {
  contentsSearch,
  healthSearch,
  lineageSearch,
  objectSearch,
  runsSearch,
} from './pages/mirror/mirror-search.ts';
import { newSpaceSearch } from './pages/space/add/new-space-search.ts';
import { reviewsSearch } from './pages/space/reviews/reviews-search.ts';
import { SignInPage } from './pages/sign-in/sign-in-page.tsx';
import { ErrorPage } from './parts/error-page.tsx';
import { NotFoundPage } from './parts/not-found-page.tsx';
import { PageLoading } from './parts/page-loading.tsx';
import { Shell } from './shell/shell.tsx';

const rootRoute = createRootRoute();

const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  validateSearch: ({ to, problem }: Record<string, unknown>) => ({
    ...(typeof to === 'string' && { to }),
    ...(typeof problem === 'string' && { problem }),
  }),
  component: SignInPage,
});

/** Whatever needs somebody to be signed in. Who is not comes back after signing in. */
const signedInRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'signed-in',
  beforeLoad: async ({ location }) => {
    const session = await queryClient.query({ ...sessionQuery, staleTime: 'static' });
    if (session === null)
      throw redirect({ to: '/sign-in', search: { to: location.href }, replace: true });
  },
  component: Shell,
});

const homeRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/',
  validateSearch: homeSearch,
  component: HomePage,
});

const installationHealthRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/health',
  validateSearch: healthPageSearch,
  component: lazyRouteComponent(
    () => import('./pages/health/health-page.tsx'),
    'InstallationHealthPage',
  ),
});

const mirrorRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/mirrors/$project/$branch',
  component: lazyRouteComponent(() => import('./pages/mirror/mirror-page.tsx'), 'MirrorPage'),
});

const enableRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/enable',
  validateSearch: enableSearch,
  component: lazyRouteComponent(() => import('./pages/enable/enable-page.tsx'), 'EnablePage'),
});

const settingsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/mirrors/$project/$branch/settings',
  component: lazyRouteComponent(
    () => import('./pages/mirror/settings/settings-page.tsx'),
    'SettingsPage',
  ),
});

const healthRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/mirrors/$project/$branch/health',
  validateSearch: healthSearch,
  component: lazyRouteComponent(
    () => import('./pages/mirror/health/health-page.tsx'),
    'HealthPage',
  ),
});

const contentsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/mirrors/$project/$branch/contents',
  validateSearch: contentsSearch,
  component: lazyRouteComponent(
    () => import('./pages/mirror/contents/contents-page.tsx'),
    'ContentsPage',
  ),
});

const objectRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/mirrors/$project/$branch/object',
  validateSearch: objectSearch,
  component: lazyRouteComponent(
    () => import('./pages/mirror/contents/object-page.tsx'),
    'ObjectPage',
  ),
});

const commitRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/mirrors/$project/$branch/commits/$sha',
  component: lazyRouteComponent(
    () => import('./pages/mirror/commit/commit-page.tsx'),
    'CommitPage',
  ),
});

const lineageRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/mirrors/$project/$branch/lineage',
  validateSearch: lineageSearch,
  component: lazyRouteComponent(
    () => import('./pages/mirror/lineage/lineage-page.tsx'),
    'LineagePage',
  ),
});

const runsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/mirrors/$project/$branch/runs',
  validateSearch: runsSearch,
  component: lazyRouteComponent(() => import('./pages/mirror/runs/runs-page.tsx'), 'RunsPage'),
});

const newSpaceRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/new-space',
  validateSearch: newSpaceSearch,
  component: lazyRouteComponent(
    () => import('./pages/space/add/new-space-page.tsx'),
    'NewSpacePage',
  ),
});

const spaceRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/spaces/$space',
  component: lazyRouteComponent(
    () => import('./pages/space/home/space-home-page.tsx'),
    'SpaceHomePage',
  ),
});

const entriesRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/spaces/$space/entries',
  validateSearch: entriesSearch,
  component: lazyRouteComponent(() => import('./pages/entries/entries-page.tsx'), 'AllEntriesPage'),
});

const kindRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/spaces/$space/kinds/$kind',
  validateSearch: entriesSearch,
  component: lazyRouteComponent(() => import('./pages/entries/entries-page.tsx'), 'KindPage'),
});

const operationRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/spaces/$space/operations/$operation',
  component: lazyRouteComponent(
    () => import('./pages/space/operations/operation-page.tsx'),
    'OperationPage',
  ),
});

const reviewsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/spaces/$space/reviews',
  validateSearch: reviewsSearch,
  component: lazyRouteComponent(
    () => import('./pages/space/reviews/reviews-page.tsx'),
    'ReviewsPage',
  ),
});

const reviewRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/spaces/$space/reviews/$review',
  component: lazyRouteComponent(
    () => import('./pages/space/reviews/review-page.tsx'),
    'ReviewPage',
  ),
});

const spaceSettingsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/spaces/$space/settings',
  component: lazyRouteComponent(
    () => import('./pages/space/settings/space-settings-page.tsx'),
    'SpaceSettingsPage',
  ),
});

const environmentsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/spaces/$space/environments',
  component: lazyRouteComponent(
    () => import('./pages/environments/environments-page.tsx'),
    'EnvironmentsPage',
  ),
});

const conflictsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/spaces/$space/conflicts',
  validateSearch: conflictsSearch,
  component: lazyRouteComponent(
    () => import('./pages/conflicts/conflicts-page.tsx'),
    'ConflictsPage',
  ),
});

const conflictRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/spaces/$space/conflicts/$conflict',
  component: lazyRouteComponent(
    () => import('./pages/conflicts/conflict-page.tsx'),
    'ConflictPage',
  ),
});

const entryRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/spaces/$space/entries/$entry',
  validateSearch: entrySearch,
  component: lazyRouteComponent(() => import('./pages/entry/entry-page.tsx'), 'EntryPage'),
});

const newEntryRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/spaces/$space/new',
  validateSearch: newEntrySearch,
  component: lazyRouteComponent(() => import('./pages/entry/new-entry-page.tsx'), 'NewEntryPage'),
});

const importRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/spaces/$space/import',
  validateSearch: importSearch,
  component: lazyRouteComponent(() => import('./pages/import/import-page.tsx'), 'ImportPage'),
});

const peopleRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/access/people',
  validateSearch: peopleSearch,
  component: lazyRouteComponent(
    () => import('./pages/access/people/people-page.tsx'),
    'PeoplePage',
  ),
});

const tokensRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/access/tokens',
  validateSearch: tokensSearch,
  component: lazyRouteComponent(
    () => import('./pages/access/tokens/tokens-page.tsx'),
    'TokensPage',
  ),
});

const sessionsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/access/sessions',
  validateSearch: sessionsSearch,
  component: lazyRouteComponent(
    () => import('./pages/access/sessions/sessions-page.tsx'),
    'SessionsPage',
  ),
});

const credentialsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/access/credentials',
  validateSearch: credentialsSearch,
  component: lazyRouteComponent(
    () => import('./pages/access/credentials/credentials-page.tsx'),
    'CredentialsPage',
  ),
});

const noticesRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/access/notices',
  validateSearch: channelsSearch,
  component: lazyRouteComponent(
    () => import('./pages/access/channels/channels-page.tsx'),
    'ChannelsPage',
  ),
});

const hostTokensRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/access/host-tokens',
  validateSearch: hostTokensSearch,
  component: lazyRouteComponent(
    () => import('./pages/access/host-tokens/host-tokens-page.tsx'),
    'HostTokensPage',
  ),
});

const auditRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/access/audit',
  validateSearch: auditSearch,
  component: lazyRouteComponent(() => import('./pages/access/audit/audit-page.tsx'), 'AuditPage'),
});

const providerSettingsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/access/sign-in',
  validateSearch: signInSearch,
  component: lazyRouteComponent(
    () => import('./pages/access/sign-in/open-id-connect-page.tsx'),
    'OpenIdConnectPage',
  ),
});

/** Addresses that lead nowhere. */
const nowhereRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '$',
  component: NotFoundPage,
});

const routeTree = rootRoute.addChildren([
  signInRoute,
  signedInRoute.addChildren([
    homeRoute,
    installationHealthRoute,
    enableRoute,
    mirrorRoute,
    settingsRoute,
    healthRoute,
    contentsRoute,
    objectRoute,
    commitRoute,
    lineageRoute,
    runsRoute,
    newSpaceRoute,
    spaceRoute,
    entriesRoute,
    kindRoute,
    operationRoute,
    reviewsRoute,
    reviewRoute,
    spaceSettingsRoute,
    environmentsRoute,
    conflictsRoute,
    conflictRoute,
    entryRoute,
    newEntryRoute,
    importRoute,
    peopleRoute,
    tokensRoute,
    sessionsRoute,
    hostTokensRoute,
    credentialsRoute,
    noticesRoute,
    auditRoute,
    providerSettingsRoute,
    nowhereRoute,
  ]),
]);

/** The pages and their addresses. Every state that somebody may want to send to another is in the address. */
export const router = createRouter({
  routeTree,
  defaultPreload: 'intent',
  scrollRestoration: true,
  defaultErrorComponent: ErrorPage,
  defaultPendingComponent: PageLoading,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
