import type { FastifyRequest } from 'fastify';
import { StreamFailure } from '../../../model/streams/errors.ts';
import { ApiProblem } from '../../http/problem.ts';
import { readMirror, type MirrorReading, type ReadingDeps } from './open-reading.ts';

/** How long a list waits for what the repository adds to it, in milliseconds. */
const patience = 1_000;

/**
 * What the repository adds to a list that is complete without it, such as names. `null` if it cannot be read in a moment:
 * the reading goes on, so a later request has it.
 */
export async function readAtHand<T>(
  deps: ReadingDeps,
  request: FastifyRequest<{ Params: { project: string; branch: string } }>,
  use: (reading: MirrorReading) => Promise<T>,
): Promise<T | null> {
  try {
    return await readMirror(deps, request, use, { patience });
  } catch (error) {
    // That there is no commit yet, that it is still fetched, or that the host is away, is nothing to look into here.
    const isExpected = error instanceof ApiProblem || error instanceof StreamFailure;
    const level = isExpected ? 'debug' : 'warn';
    request.log[level]({ err: error }, 'A list is shown without what the repository says');
    return null;
  }
}
