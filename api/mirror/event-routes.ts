import type { FastifyRequest } from 'fastify';
import type { AddRoutes, ApiDeps } from '../http/deps.ts';
import type { Judgement } from '../../platforms/events/judgement.ts';
import { acceptChanges, type IncomingChange } from '../../db/mirror/change-events.ts';
import type { Db } from '../../db/connect.ts';
import { findDefaultMirror, findMirror } from '../../db/mirror/mirrors.ts';
import { mayNeedMirror } from '../../model/mirror/events.ts';
import { mirrorStream, type MirrorKey } from '../../model/mirror/ids.ts';
import { callerOf } from '../access/authentication.ts';
import { seesProject } from '../access/caller.ts';
import { changeFields } from '../../telemetry/log-fields.ts';
import { publishing } from '../../telemetry/publish-changes.ts';
import { readTraceparent } from '../../telemetry/spans.ts';
import { ApiProblem } from '../http/problem.ts';
import { EventsAnswer, eventsBody, maxEvents } from './event-schema.ts';
import { judgeAll } from './judge-events.ts';
import { lookForBranches, signalStored } from '../streams/signals.ts';

/** Room for a thousand events of about 8 KB each, and some larger ones. */
const bodyLimit = 16 * 1024 * 1024;

interface Rejection {
  index: number;
  code: 'invalid_event' | 'mirror_not_found' | 'project_forbidden';
  message: string;
}

/** The changes of one mirror, with their positions in the request. */
interface Group {
  mirror: MirrorKey;
  changes: IncomingChange[];
  indexes: number[];
}

/** The route to which a platform reports changes. */
export const addEventRoutes: AddRoutes = (api, deps) => {
  api.post(
    '/v1/events',
    {
      config: { role: 'operator' },
      bodyLimit,
      schema: {
        tags: ['events'],
        summary: 'Report changes: one event, or an array of up to 1,000',
        description:
          'Each event is checked separately. 202 means that the accepted events are stored permanently; ' +
          'sending an event again is harmless. Fields that are not described here are kept. An event about a new branch ' +
          'also counts as accepted if the branch has no mirror yet but may get one automatically; such an event is only a hint ' +
          'and is not stored: the branches that the source lists decide.',
        body: eventsBody(deps.platforms),
        response: { 202: EventsAnswer },
      },
      // The schema only describes the body: one bad event must not cause the others to be refused.
      validatorCompiler: () => () => true,
    },
    async (request, reply) => {
      const events = eventsOf(request.body);
      const { groups, rejected } = sort(
        events,
        await judgeAll(deps, events, judging(request)),
        request,
      );
      const accepted = await acceptGroups(deps, request, groups);
      rejected.push(...accepted.rejected);
      rejected.sort((a, b) => a.index - b.index);
      return reply
        .code(202)
        .send({ accepted: accepted.accepted, duplicates: accepted.duplicates, rejected });
    },
  );
};

/** What events are checked against: the time, and the projects that the caller may know about. */
function judging(request: FastifyRequest): { now: Date; sees: (projectId: string) => boolean } {
  const caller = callerOf(request);
  return { now: new Date(), sees: (projectId) => seesProject(caller, projectId) };
}

function eventsOf(body: unknown): unknown[] {
  if (body === undefined)
    throw new ApiProblem(
      400,
      'malformed_json',
      'There is no body. Send one event, or an array of events.',
    );
  const events: unknown[] = Array.isArray(body) ? body : [body];
  if (events.length > maxEvents)
    throw new ApiProblem(
      413,
      'body_too_large',
      `There are ${events.length} events; a request may contain at most ${maxEvents}. Send them in several requests.`,
    );
  return events;
}

/** Groups the events by mirror; within a mirror they keep the order of the request. */
function sort(
  events: readonly unknown[],
  judgements: readonly Judgement[],
  request: FastifyRequest,
): { groups: Group[]; rejected: Rejection[] } {
  const caller = callerOf(request);
  const ofRequest = readTraceparent(request.headers.traceparent);
  const groups = new Map<string, Group>();
  const rejected: Rejection[] = [];
  judgements.forEach((judged, index) => {
    if (judged.kind === 'invalid') {
      rejected.push({ index, code: 'invalid_event', message: judged.message });
      return;
    }
    const { projectId, branchId } = judged.change;
    if (!seesProject(caller, projectId)) {
      const message = `This token may not send events of project ${projectId}.`;
      rejected.push({ index, code: 'project_forbidden', message });
      return;
    }
    const body = textOf(events[index]);
    if (body === null) {
      const message = 'The event is nested too deeply.';
      rejected.push({ index, code: 'invalid_event', message });
      return;
    }
    const mirror = { projectId, branchId };
    const group = groups.get(mirrorStream(mirror)) ?? { mirror, changes: [], indexes: [] };
    group.changes.push({
      change: judged.change,
      incarnation: judged.incarnation,
      body: Buffer.from(body),
      traceparent: traceparentIn(events[index]) ?? ofRequest,
    });
    group.indexes.push(index);
    groups.set(mirrorStream(mirror), group);
  });
  return { groups: [...groups.values()], rejected };
}

/** The trace context that the event itself names. */
function traceparentIn(event: unknown): string | null {
  if (typeof event !== 'object' || event === null || !('traceparent' in event)) return null;
  return readTraceparent(event.traceparent);
}

/** The event as JSON; `null` if it is nested too deeply to be written as JSON again. */
function textOf(event: unknown): string | null {
  try {
    return JSON.stringify(event);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

async function acceptGroups(
  { db, sealer, workflows, sampling }: ApiDeps,
  request: FastifyRequest,
  groups: readonly Group[],
): Promise<{ accepted: number; duplicates: number; rejected: Rejection[] }> {
  const total = { accepted: 0, duplicates: 0, rejected: [] as Rejection[] };
  const rings: Promise<void>[] = [];
  for (const { mirror, changes, indexes } of groups) {
    const result = await publishing(mirror, changes, sampling, async (traced) => {
      const accepted = await acceptChanges(db, sealer, mirror, traced);
      if (accepted.kind === 'accepted' && accepted.ring)
        rings.push(signalStored(workflows, request.log, mirror, 'doorbell'));
      return accepted;
    });
    if (result.kind === 'no_mirror') {
      const hints = await countHints(db, mirror, changes);
      if (hints > 0) {
        total.accepted += hints;
        rings.push(lookForBranches(workflows, request.log, mirror.projectId));
      }
      const message = `There is no mirror of branch ${mirror.branchId} of project ${mirror.projectId}.`;
      total.rejected.push(
        ...indexes
          .filter((_, place) => !(hints > 0 && isHint(changes[place])))
          .map((index): Rejection => ({ index, code: 'mirror_not_found', message })),
      );
      continue;
    }
    total.accepted += result.accepted;
    total.duplicates += result.duplicates;
    for (const { change, traceparent, loggedOneIn } of result.stored)
      if (loggedOneIn != null)
        request.log.info(changeFields({ ...change, traceparent, loggedOneIn }), 'Accepted');
  }
  await Promise.all(rings);
  return total;
}

/** How many of these are about a branch that may get a mirror automatically: see `linkBranches`. */
async function countHints(
  db: Db,
  key: MirrorKey,
  changes: readonly IncomingChange[],
): Promise<number> {
  const hints = changes.filter(isHint);
  if (hints.length === 0 || (await findMirror(db, key)) !== null) return 0;
  const main = await findDefaultMirror(db, key.projectId);
  const links = main?.endedAt === null && main.developmentBranches.link.length > 0;
  return links ? hints.length : 0;
}

function isHint(incoming: IncomingChange | undefined): boolean {
  return incoming !== undefined && mayNeedMirror(incoming.change);
}
