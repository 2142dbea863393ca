import type { StreamId } from '../../../model/streams/ids.ts';
import { ApiProblem } from '../../http/problem.ts';

/** What a person is told whose mirror would write where another stream writes. */
export function placeTakenBy(by: StreamId): string {
  return `${by} already writes to this place. Give another branch or subdirectory, or end that one.`;
}

/** The problem for a place that another stream has. */
export function placeTaken(by: StreamId): ApiProblem {
  return new ApiProblem(409, 'place_taken', placeTakenBy(by), [
    { pointer: '/repository', message: `${by} writes here` },
  ]);
}
