import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ApiProblem } from './problem.ts';
import { answerProblem } from './problem-handler.ts';

/** Answers a request that no route is for. */
export type AnswerUnknown = (request: FastifyRequest, reply: FastifyReply) => void;

/** What every path has: it is answered here. */
const options = 'OPTIONS';

/**
 * Watches which routes are added from now on, and answers requests that none of them is for: 405 with `Allow` if their path
 * has other methods, 404 if there is no such path. OPTIONS tells the methods of a path. All of this is in the description of
 * the API, which anybody may read, so it is the same for every caller and says nothing about what exists.
 */
export function watchRoutes(app: FastifyInstance): AnswerUnknown {
  const known = new Map<string, KnownPath>();
  app.addHook('onRoute', ({ url, method }) => {
    // What is behind a wildcard, such as the files of the console, is not known.
    if (url.includes('*')) return;
    const path = known.get(url) ?? { pattern: patternOf(url), methods: new Set([options]) };
    for (const one of [method].flat()) path.methods.add(one);
    known.set(url, path);
  });

  const answer: AnswerUnknown = (request, reply) => {
    const { method, url } = request;
    const path = url.split('?', 1)[0] ?? '';
    const methods = [...known.values()]
      .filter(({ pattern }) => pattern.test(path))
      .flatMap((one) => [...one.methods]);
    if (methods.length === 0 || (method !== options && methods.includes(method))) {
      answerProblem(notFound(method, path), request, reply);
      return;
    }
    const allowed = [...new Set(methods)].sort().join(', ');
    void reply.header('allow', allowed);
    if (method === options) void reply.code(204).send();
    else answerProblem(notAllowed(method, path, allowed), request, reply);
  };
  app.setNotFoundHandler(answer);
  // Not only in the handler: before it, the type or the size of a body would be refused.
  app.addHook('onRequest', async (request, reply) => {
    if (request.is404) answer(request, reply);
  });
  return answer;
}

interface KnownPath {
  pattern: RegExp;
  methods: Set<string>;
}

/** A path like that of the route; its parameters are one segment each. */
function patternOf(url: string): RegExp {
  const segments = url
    .split('/')
    .map((segment) => (segment.startsWith(':') ? '[^/]+' : escaped(segment)));
  return new RegExp(`^${segments.join('/')}$`);
}

function escaped(text: string): string {
  return text.replaceAll(/[^\w-]/g, '\\$&');
}

function notFound(method: string, path: string): ApiProblem {
  return new ApiProblem(
    404,
    'route_not_found',
    `There is no ${method} ${path}. /docs lists the routes.`,
  );
}

function notAllowed(method: string, path: string, allowed: string): ApiProblem {
  return new ApiProblem(
    405,
    'method_not_allowed',
    `${path} cannot be asked with ${method}, only with ${allowed}.`,
  );
}
