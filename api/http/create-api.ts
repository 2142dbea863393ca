import { randomUUID } from 'node:crypto';
import cookie from '@fastify/cookie';
import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import Fastify, { type FastifyInstance, type RouteOptions } from 'fastify';
import type { AddRoutes, Api, ApiDeps } from './deps.ts';
import { addJsonBodies } from './json-body.ts';
import { addLimits } from './limits.ts';
import { loggedRequest, RequestLog } from './log-request.ts';
import { describing } from './open-api.ts';
import { answerProblem, answerUnreadable } from './problem-handler.ts';
import { addAuditRoutes } from '../access/audit-routes.ts';
import { addHostTokenRoutes } from '../access/host-tokens/host-token-routes.ts';
import { addOpenIdConnectBrowserRoutes } from '../access/open-id-connect/browser-routes.ts';
import { addBackChannelLogout } from '../access/open-id-connect/logout-route.ts';
import { addOpenIdConnectSettings } from '../access/open-id-connect/settings-routes.ts';
import { addConsole } from '../console/add-console.ts';
import { addPersonRoutes } from '../access/people/person-routes.ts';
import { addSessionListRoutes } from '../access/sessions/session-list-routes.ts';
import { addSessionRoutes } from '../access/sessions/session-routes.ts';
import { addSignInLinkRoutes } from '../access/sessions/sign-in-link-routes.ts';
import { addSignInRoutes } from '../access/sessions/sign-in-routes.ts';
import { addTokenRoutes } from '../access/tokens/token-routes.ts';
import { addKnowledgeProduct } from '../knowledge/knowledge-product.ts';
import { addMirrorProduct } from '../mirror/mirror-product.ts';
import { addFindRoute } from '../overview/find-route.ts';
import { addInstallationHealthRoute } from '../overview/installation-health-route.ts';
import { addLiveRoutes } from '../overview/live-routes.ts';
import { addOverviewRoutes } from '../overview/overview-routes.ts';
import { addTrendRoute } from '../overview/trend-route.ts';
import { addChannelRoutes } from '../streams/channels/channel-routes.ts';
import { addNoticeRoutes } from '../streams/channels/notice-routes.ts';
import { addCredentialRoutes } from '../streams/credentials/credential-routes.ts';
import { addSigningKeyRoutes } from '../streams/credentials/signing-key-routes.ts';
import { addCredentialTestRoute } from '../streams/credentials/credential-test-route.ts';
import { addHealthRoutes } from './health-routes.ts';
import { addMetricsRoute } from './metrics-route.ts';
import { compileValidator } from './request-validator.ts';
import { watchRoutes } from './unknown-routes.ts';

/** Each product adds its own routes; the rest serves both. */
const routes: AddRoutes[] = [
  addMirrorProduct,
  addKnowledgeProduct,
  addOverviewRoutes,
  addTrendRoute,
  addInstallationHealthRoute,
  addLiveRoutes,
  addFindRoute,
  addCredentialRoutes,
  addCredentialTestRoute,
  addChannelRoutes,
  addNoticeRoutes,
  addSigningKeyRoutes,
  addTokenRoutes,
  addPersonRoutes,
  addHostTokenRoutes,
  addSignInRoutes,
  addOpenIdConnectSettings,
  addOpenIdConnectBrowserRoutes,
  addBackChannelLogout,
  addSignInLinkRoutes,
  addSessionRoutes,
  addSessionListRoutes,
  addAuditRoutes,
  addHealthRoutes,
  addMetricsRoute,
];

/**
 * The HTTP API, not yet listening: the caller starts and closes it. It keeps no state of its own,
 * so any number of instances may share one database.
 */
export function createApi(deps: ApiDeps, extra: AddRoutes[] = []): FastifyInstance {
  const app = Fastify({
    loggerInstance: deps.logger.child({}, { serializers: { req: loggedRequest } }),
    logController: new RequestLog(deps.sampling),
    ...(deps.trustedProxies === null ? {} : { trustProxy: deps.trustedProxies }),
    genReqId: () => randomUUID(),
    // An id chosen by the caller could be made to look like a log line.
    requestIdHeader: false,
    bodyLimit: 1024 * 1024,
    requestTimeout: 60_000,
    handlerTimeout: 60_000,
    keepAliveTimeout: 75_000,
    http: { headersTimeout: 20_000 },
    routerOptions: { maxParamLength: 200 },
    // `return503OnClosing` is on by default: requests on open connections are told that we are
    // stopping.
    forceCloseConnections: 'idle',
    frameworkErrors: (error, request, reply) => answerProblem(error, request, reply),
    clientErrorHandler: answerUnreadable,
  });
  // Only JSON: Fastify itself would also accept plain text.
  app.removeContentTypeParser('text/plain');
  addJsonBodies(app);
  app.setValidatorCompiler(compileValidator);
  app.setErrorHandler(answerProblem);
  app.addHook('onRequest', (request, reply, done) => {
    void reply.headers({
      'x-request-id': request.id,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
      'x-frame-options': 'DENY',
    });
    done();
  });
  const answerUnknown = watchRoutes(app);
  app.decorateRequest('caller', null);
  closeConnectionsWhenStopping(app);
  requireRoles(app);
  void app.register(async (scope) => {
    await scope.register(cookie);
    await addLimits(scope, deps);
    await scope.register(swagger, describing(deps.version));
    await scope.register(addDocumentation);
    const api: Api = scope.withTypeProvider<TypeBoxTypeProvider>();
    for (const add of [...routes, ...extra]) add(api, deps);
    if (deps.consoleDirectory != null)
      await addConsole(scope, deps.consoleDirectory, answerUnknown);
  });
  return app;
}

/**
 * Closes the connection after each answer while we are stopping: an idle connection would keep us
 * waiting.
 */
function closeConnectionsWhenStopping(app: FastifyInstance): void {
  let stopping = false;
  app.addHook('preClose', (done) => {
    stopping = true;
    done();
  });
  app.addHook('onSend', (_request, reply, payload, done) => {
    if (stopping) void reply.header('connection', 'close');
    done(null, payload);
  });
}

/** Keeps the API from starting if a route does not declare who may use it. */
function requireRoles(app: FastifyInstance): void {
  const declared: RouteOptions[] = [];
  app.addHook('onRoute', (route) => {
    declared.push(route);
  });
  // Not right away: the documentation's routes get their role from a hook that runs after this one.
  app.addHook('onReady', (done) => {
    const bare = declared.find(({ config }) => config?.role === undefined);
    done(
      bare &&
        new Error(
          `${String(bare.method)} ${bare.url} declares no role: give it \`config: { role }\`.`,
        ),
    );
  });
}

/** The OpenAPI description and a page that shows it; neither contains anything confidential. */
async function addDocumentation(scope: FastifyInstance): Promise<void> {
  await scope.register(async (docs) => {
    docs.addHook('onRoute', (route) => {
      route.config = { ...route.config, role: 'public' };
    });
    await docs.register(swaggerUi, {
      routePrefix: '/docs',
      staticCSP: true,
      // Its default also names a validator of other people, and styles and fonts from anywhere.
      transformStaticCSP: (policy) =>
        policy.replaceAll(/ (?:https:|validator\.swagger\.io)(?=[ ;])/g, ''),
      // Without the top bar, which asks for the URL of another description.
      uiConfig: { layout: 'BaseLayout' },
      theme: { title: 'Gitward API' },
    });
  });
  scope.get(
    '/openapi.json',
    { config: { role: 'public' }, schema: { hide: true } },
    async (_request, reply) =>
      // Sent as text, because there is no schema for the description itself.
      reply.type('application/json').send(JSON.stringify(scope.swagger())),
  );
}
