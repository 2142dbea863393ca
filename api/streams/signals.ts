import type { FastifyBaseLogger } from 'fastify';
import { mirrorStream, type MirrorKey } from '../../model/mirror/ids.ts';
import { spaceStream } from '../../model/knowledge/ids.ts';
import {
  TemporalUnavailable,
  type MirrorSignal,
  type MirrorWorkflows,
} from '../../temporal/mirror/mirror-workflows.ts';
import type { SpaceSignal, SpaceWorkflows } from '../../temporal/knowledge/space-workflows.ts';
import { ApiProblem } from '../http/problem.ts';

/**
 * Sends signals whose cause is already in the database: if Temporal is unavailable nothing is lost,
 * because the relay rings again. Never rejects; failures are logged.
 */
export async function signalStored(
  workflows: MirrorWorkflows,
  log: FastifyBaseLogger,
  mirror: MirrorKey,
  ...signals: MirrorSignal[]
): Promise<void> {
  await attempt(log, `signal ${mirrorStream(mirror)}`, async () => {
    for (const signal of signals) await workflows.signal(mirror, signal);
  });
}

/** Like {@link signalStored}, for a space. */
export async function signalSpace(
  spaces: SpaceWorkflows,
  log: FastifyBaseLogger,
  spaceId: string,
  ...signals: SpaceSignal[]
): Promise<void> {
  await attempt(log, `signal ${spaceStream(spaceId)}`, async () => {
    for (const signal of signals) await spaces.signal(spaceId, signal);
  });
}

/** Like {@link signalStored}, but creates or removes the project's Schedules. */
export async function keepSchedules(
  workflows: MirrorWorkflows,
  log: FastifyBaseLogger,
  projectId: string,
  wanted: boolean,
): Promise<void> {
  await attempt(log, `set the Schedules of ${projectId}`, () =>
    wanted
      ? // The relay makes it less often once the project is watched.
        workflows.ensureSchedules(projectId, { watched: false })
      : workflows.removeSchedules(projectId),
  );
}

/**
 * Like {@link signalStored}, but looks for the project's new development branches; the next
 * catch-up would find them too.
 */
export async function lookForBranches(
  workflows: MirrorWorkflows,
  log: FastifyBaseLogger,
  projectId: string,
): Promise<void> {
  await attempt(log, `look for new branches of ${projectId}`, () =>
    workflows.linkBranches(projectId),
  );
}

/** Like {@link signalStored}, for a bulk operation; `what` completes "could not …" in the log. */
export async function signalOperation(
  log: FastifyBaseLogger,
  what: string,
  tell: () => Promise<void>,
): Promise<void> {
  await attempt(log, what, tell);
}

/**
 * Tells a workflow something that is not stored anywhere else. Throws `ApiProblem` 503 if Temporal
 * is unavailable.
 */
export async function tellOrRefuse(tell: () => Promise<void>): Promise<void> {
  try {
    await tell();
  } catch (error) {
    if (!(error instanceof TemporalUnavailable)) throw error;
    throw new ApiProblem(
      503,
      'temporal_unavailable',
      'Temporal does not answer, so the workflow cannot be reached. Waiting work continues by itself when Temporal is back.',
    );
  }
}

async function attempt(
  log: FastifyBaseLogger,
  what: string,
  act: () => Promise<void>,
): Promise<void> {
  try {
    await act();
  } catch (err) {
    if (err instanceof TemporalUnavailable)
      log.warn({ err }, `could not ${what}: Temporal is unavailable; the relay will`);
    else log.error({ err }, `could not ${what}; the relay will`);
  }
}
