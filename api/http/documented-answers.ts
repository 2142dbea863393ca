import { STATUS_CODES } from 'node:http';
import type { RouteOptions } from 'fastify';
import { roleAllows } from '../../model/access/roles.ts';
import { Problem } from './schema-parts.ts';

/** What the statuses of a route's problems depend on. */
type AnsweringRoute = Pick<RouteOptions, 'method' | 'config' | 'schema'>;

/**
 * A route's schema with the problems that it answers with, for the description of the API. They are not part of the schema
 * that Fastify compiles, because problems are sent as they are.
 */
export function withProblems(route: AnsweringRoute): object {
  const own = route.schema?.response ?? {};
  const problems = problemStatuses(route).map((status) => [status, placeholder] as const);
  return { ...route.schema, response: { ...Object.fromEntries(problems), ...own } };
}

/** Describes each kind of problem once, in the place of what {@link withProblems} added. */
export function shareProblems<T extends Described>(description: T): T {
  const responses: Record<string, object> = {};
  for (const operation of Object.values(description.paths ?? {}).flatMap(operationsOf))
    for (const [status, answer] of Object.entries(operation.responses ?? {})) {
      if (answer.description !== placeholder.description) continue;
      responses[status] = problemAnswer(Number(status));
      operation.responses = {
        ...operation.responses,
        [status]: { $ref: `#/components/responses/${status}` },
      };
    }
  const { components = {} } = description;
  const schemas = { ...components.schemas, Problem };
  return { ...description, components: { ...components, schemas, responses } };
}

const placeholder = { description: 'A problem', type: 'null' };

/** The parts of an OpenAPI description that matter here. */
interface Described {
  paths?: Record<string, object | undefined>;
  components?: { schemas?: object };
}
interface Operation {
  responses?: Record<string, { description?: string; $ref?: string }>;
}

function operationsOf(methods: object | undefined): Operation[] {
  return Object.values(methods ?? {}) as Operation[];
}

function problemAnswer(status: number): object {
  return {
    description: STATUS_CODES[status],
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  };
}

/** The problems that a route names, and those of authentication, limits, bodies, validation and the database. */
function problemStatuses({ method, config, schema }: AnsweringRoute): number[] {
  const { role, refuses = [], rateLimit } = config ?? {};
  const isReading = method === 'GET' || method === 'HEAD';
  const statuses = [...refuses, 431, 500, 503];
  if (!isReading) statuses.push(400, 413, 415);
  if (schema?.params !== undefined) statuses.push(400, 414);
  if (schema?.querystring !== undefined) statuses.push(400);
  if (rateLimit !== false) statuses.push(429);
  if (role === undefined || role === 'public') return statuses;
  statuses.push(401);
  // Requests by cookie that change something need a token that only our pages have.
  if (!isReading || (role !== 'anyone' && !roleAllows('agent', role))) statuses.push(403);
  return statuses;
}
