import type { TSchema } from '@fastify/type-provider-typebox';
import type { FastifyBaseLogger, FastifyRequest } from 'fastify';
import type { Trx } from '../../db/connect.ts';
import type { StreamId } from '../../model/streams/ids.ts';
import { audited, writeAudit } from '../access/audited.ts';
import type { Api, ApiDeps } from '../http/deps.ts';
import type { ApiProblem } from '../http/problem.ts';
import { refusals } from '../http/schema-parts.ts';
import { tellOrRefuse } from './signals.ts';

/** A resource that operators act on, with `POST <path>/actions/<verb>`. `T` is one of them, as a request names it. */
export interface ActedOn<T> {
  /** Where one of them is, with its parameters: `/v1/spaces/:space`. */
  path: string;
  tag: string;
  params: TSchema;
  view: TSchema;
  /** What the audit log calls one: an action is `<noun>.<verb>`. */
  noun: string;
  streamOf(one: T): StreamId;
  /** The one that the path names, for a caller who operates it; throws the `ApiProblem` where there is none. */
  find(request: FastifyRequest): Promise<T>;
  /** Why its workflow cannot be told anything now, such as that it is paused; `null`: it can. */
  whyNotTold(one: T): ApiProblem | null;
  /** What is wrong where a mark found nothing to set it on. */
  notMarked(one: T): ApiProblem;
  /** As it is answered: read again, after the action. */
  viewOf(request: FastifyRequest, one: T): Promise<unknown>;
}

interface Described {
  verb: string;
  summary: string;
  description: string;
}

/** An action that is a signal and nothing else: 202, since the workflow acts later, and 503 where Temporal is away. */
export interface Nudge<T> extends Described {
  tell: (one: T) => Promise<void>;
}

/** An action that the database keeps, so that it holds also while Temporal is away: 200. */
export interface Mark<T> extends Described {
  /** Sets the mark; `null` where there is nothing to set it on any more. */
  mark: (trx: Trx, one: T) => Promise<object | null>;
  /** Tells the workflow of the mark; never rejects. */
  signal: (log: FastifyBaseLogger, one: T) => Promise<void>;
}

/** Adds the routes of a resource's actions; their role is operator. */
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
  const { path, tag, params, view, noun } = resource;
  api.post(
    `${path}/actions/${verb}`,
    {
      config: { role: 'operator' },
      schema: { tags: [tag], summary, description, params, response: { 202: view, ...refusals } },
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
  { verb, summary, description, mark, signal }: Mark<T>,
): void {
  const { path, tag, params, view, noun } = resource;
  api.post(
    `${path}/actions/${verb}`,
    {
      config: { role: 'operator' },
      schema: { tags: [tag], summary, description, params, response: { 200: view, ...refusals } },
    },
    async (request) => {
      const one = await resource.find(request);
      const marked = await audited(
        db,
        request,
        (transaction) => mark(transaction, one),
        (row) => row && { action: `${noun}.${verb}`, target: resource.streamOf(one) },
      );
      if (marked === null) throw resource.notMarked(one);
      await signal(request.log, one);
      return resource.viewOf(request, one);
    },
  );
}
