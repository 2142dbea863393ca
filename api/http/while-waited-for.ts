import type { FastifyReply } from 'fastify';
import { ApiProblem } from './problem.ts';

/**
 * Runs work that is aborted when nobody is waiting for the answer any more, or after `patience` milliseconds; then throws
 * 503 `timed_out`, and names `what` took too long ("The preview"). Fastify's `request.signal` and `handlerTimeout` do not
 * help: both end once the request body has been read.
 */
export async function whileWaitedFor<T>(
  reply: FastifyReply,
  { what, patience }: { what: string; patience: number },
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const gone = new AbortController();
  reply.raw.once('close', () => gone.abort());
  const late = AbortSignal.timeout(patience);
  try {
    return await work(AbortSignal.any([gone.signal, late]));
  } catch (error) {
    if (!late.aborted) throw error;
    throw new ApiProblem(503, 'timed_out', `${what} took too long. Try again.`);
  }
}
