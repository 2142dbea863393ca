import { createHash, randomUUID } from 'node:crypto';
import rateLimit from '@fastify/rate-limit';
import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import { TypeBoxValidatorCompiler, type TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import Fastify, { type FastifyInstance, type RouteOptions } from 'fastify';
import { authenticate, expiryWarning, requireVisibleProject } from '../access/authentication.ts';
import type { AddRoutes, Api, ApiDeps } from './deps.ts';
import { addJsonBodies } from './json-body.ts';
import { loggedRequest } from './log-request.ts';
import { openApiDescription } from './open-api.ts';
import { answerProblem, answerUnknownRoute, answerUnreadable } from './problem-handler.ts';
import { ApiProblem } from './problem.ts';
import { addAuditRoutes } from '../access/audit-routes.ts';
import { addConsole } from '../console/add-console.ts';
import { addTokenRoutes } from '../access/tokens/token-routes.ts';
import { addKnowledgeProduct } from '../knowledge/knowledge-product.ts';
import { addMirrorProduct } from '../mirror/mirror-product.ts';
import { addOverviewRoutes } from '../overview/overview-routes.ts';
import { addCredentialRoutes } from '../streams/credentials/credential-routes.ts';
import { addHealthRoutes } from './health-routes.ts';

/** Each product adds its own routes; the rest serves both. */
const routes: AddRoutes[] = [
  addMirrorProduct,
  addKnowledgeProduct,
  addOverviewRoutes,
  addCredentialRoutes,
  addTokenRoutes,
  addAuditRoutes,
  addHealthRoutes,
];

/** Requests without a valid token that an IP address may make in a minute. */
const refusalsPerMinute = 60;

/**
 * The HTTP API, not yet listening: the caller starts and closes it. It keeps no state of its own,
 * so any number of instances may share one database.
 */
export function createApi(deps: ApiDeps, extra: AddRoutes[] = []): FastifyInstance {
  const app = Fastify({
    loggerInstance: deps.logger.child({}, { serializers: { req: loggedRequest } }),
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
  app.setValidatorCompiler(TypeBoxValidatorCompiler);
  app.setErrorHandler(answerProblem);
  app.setNotFoundHandler(answerUnknownRoute);
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
  app.decorateRequest('caller', null);
  closeConnectionsWhenStopping(app);
  requireRoles(app);
  void app.register(async (scope) => {
    await addLimits(scope, deps);
    await scope.register(swagger, { openapi: openApiDescription(deps.version) });
    await scope.register(addDocumentation);
    const api: Api = scope.withTypeProvider<TypeBoxTypeProvider>();
    for (const add of [...routes, ...extra]) add(api, deps);
    if (deps.consoleDirectory != null) await addConsole(scope, deps.consoleDirectory);
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

/**
 * Authenticates and limits requests: those with a valid token are counted per token, others per IP
 * address.
 */
async function addLimits(scope: FastifyInstance, deps: ApiDeps): Promise<void> {
  await scope.register(rateLimit, {
    // After authentication, and before the body is read.
    hook: 'preParsing',
    max: deps.requestsPerMinute ?? 6_000,
    timeWindow: '1 minute',
    keyGenerator: (request) => request.caller?.id ?? request.ip,
    errorResponseBuilder: (_request, { ttl }) => rateLimited(ttl),
  });
  const countRefusal = scope.createRateLimit({
    max: refusalsPerMinute,
    timeWindow: '1 minute',
    keyGenerator: (request) => `refused ${createHash('sha256').update(request.ip).digest('hex')}`,
  });
  scope.addHook('onRequest', async (request, reply) => {
    try {
      request.caller = await authenticate(deps.db, request);
    } catch (error) {
      if (error instanceof ApiProblem && error.status === 401) {
        const counted = await countRefusal(request);
        if (!counted.isAllowed && counted.isExceeded) throw rateLimited(counted.ttl);
      }
      throw error;
    }
    void reply.headers(expiryWarning(request.caller));
    requireVisibleProject(request);
  });
}

function rateLimited(ttl: number): ApiProblem {
  const seconds = Math.max(1, Math.ceil(ttl / 1_000));
  const detail = `Too many requests. Try again in ${seconds} s.`;
  return new ApiProblem(429, 'rate_limited', detail, [], seconds);
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
