import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router';
import { queryClient } from './api/query-client.ts';
import { sessionQuery } from './api/session.ts';
import { HomePage } from './pages/home/home-page.tsx';
import { homeSearch } from './pages/home/home-filters.ts';
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

const mirrorRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/mirrors/$project/$branch',
  component: lazyRouteComponent(() => import('./pages/mirror/mirror-page.tsx'), 'MirrorPage'),
});

const spaceRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/spaces/$space',
  component: lazyRouteComponent(() => import('./pages/space/space-page.tsx'), 'SpacePage'),
});

/** Addresses that lead nowhere. */
const nowhereRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '$',
  component: NotFoundPage,
});

const routeTree = rootRoute.addChildren([
  signInRoute,
  signedInRoute.addChildren([homeRoute, mirrorRoute, spaceRoute, nowhereRoute]),
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
