import type { TSchema } from '@fastify/type-provider-typebox';
import type { FastifyBaseLogger, FastifyReply, FastifyRequest } from 'fastify';
import type { Trx } from '../../db/connect.ts';
import type { StreamId } from '../../model/streams/ids.ts';
import { audited, writeAudit } from '../access/audited.ts';
import type { Api, ApiDeps } from '../http/deps.ts';
import type { ApiProblem } from '../http/problem.ts';
import { tellOrRefuse } from './signals.ts';

/**
 * A resource that operators act on with `POST <path>/actions/<verb>`. `T` is the item that a
 * request names.
 */
export interface ActedOn<T> {
  /** The path of an item, with its parameters: `/v1/spaces/:space`. */
  path: string;
  tag: string;
  params: TSchema;
  view: TSchema;
  /** What the audit log calls an item: an action is `<noun>.<verb>`. */
  noun: string;
  /** The statuses of the problems that `find`, `whyNotTold`, `notMarked` and `viewOf` may be answered with. */
  refuses: readonly number[];
  streamOf(one: T): StreamId;
  /**
   * Finds the item that the path names, for a caller with the role operator; throws `ApiProblem` if
   * there is none.
   */
  find(request: FastifyRequest): Promise<T>;
  /**
   * Why its workflow cannot be signalled now, for example because it is paused; `null` if it can.
   */
  whyNotTold(one: T): ApiProblem | null;
  /** The problem for when there was nothing to set a mark on. */
  notMarked(one: T): ApiProblem;
  /** The answer: the item, read again after the action. */
  viewOf(request: FastifyRequest, one: T): Promise<unknown>;
}

interface Described {
  verb: string;
  summary: string;
  description: string;
}

/**
 * An action that is only a signal: 202, because the workflow acts later, and 503 if Temporal is
 * unavailable.
 */
export interface Nudge<T> extends Described {
  tell: (one: T) => Promise<void>;
}

/**
 * An action that is stored in the database, so it also takes effect while Temporal is unavailable:
 * 200.
 */
export interface Mark<T> extends Described {
  /** The body that a request may have; without one it has none. */
  body?: TSchema;
  /** Throws `ApiProblem` if what the request says about the item is not so; nothing is marked then. */
  check?: (one: T, request: FastifyRequest, reply: FastifyReply) => Promise<void>;
  /** Sets the mark; returns `null` if there is no longer anything to set it on. */
  mark: (trx: Trx, one: T, request: FastifyRequest) => Promise<object | null>;
  /** Tells the workflow about the mark; never rejects. */
  signal: (log: FastifyBaseLogger, one: T) => Promise<void>;
}

/** Adds the routes for a resource's actions; they need the role operator. */
export function addActionRoutes<T>(
  api: Api,
  deps: ApiDeps,
  resource: ActedOn<T>,
  actions: readonly (Nudge<T> | Mark<T>)[],
): void {
  for (const action of actions)
    if ('mark' in action) addMark(api, deps, resource, action);
    else addNudge(api, deps, resource, action);
}

function addNudge<T>(
  api: Api,
  { db }: ApiDeps,
  resource: ActedOn<T>,
  { verb, summary, description, tell }: Nudge<T>,
): void {
  const { path, tag, params, view, noun, refuses } = resource;
  api.post(
    `${path}/actions/${verb}`,
    {
      config: { role: 'operator', refuses },
      schema: { tags: [tag], summary, description, params, response: { 202: view } },
    },
    async (request, reply) => {
      const one = await resource.find(request);
      const reason = resource.whyNotTold(one);
      if (reason !== null) throw reason;
      await tellOrRefuse(() => tell(one));
      await writeAudit(db, request, { action: `${noun}.${verb}`, target: resource.streamOf(one) });
      return reply.code(202).send(await resource.viewOf(request, one));
    },
  );
}

function addMark<T>(
  api: Api,
  { db }: ApiDeps,
  resource: ActedOn<T>,
  { verb, summary, description, body, check, mark, signal }: Mark<T>,
): void {
  const { path, tag, params, view, noun, refuses } = resource;
  api.post(
    `${path}/actions/${verb}`,
    {
      config: { role: 'operator', refuses },
      schema: {
        ...{ tags: [tag], summary, description, params },
        ...(body === undefined ? {} : { body }),
        response: { 200: view },
      },
    },
    async (request, reply) => {
      const one = await resource.find(request);
      await check?.(one, request, reply);
      const marked = await audited(
        db,
        request,
        (transaction) => mark(transaction, one, request),
        (row) => row && { action: `${noun}.${verb}`, target: resource.streamOf(one) },
      );
      if (marked === null) throw resource.notMarked(one);
      await signal(request.log, one);
      return resource.viewOf(request, one);
    },
  );
}
