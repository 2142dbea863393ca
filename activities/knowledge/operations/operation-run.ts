import type { Operation } from '../../../db/knowledge/operations.ts';
import type { ActivityDependencies } from '../../streams/dependencies.ts';
import type { Execution } from '../../streams/execution.ts';
import type { Progress } from './progress.ts';

/** The parts that working on items needs. */
export type OperationDependencies = Pick<
  ActivityDependencies,
  'db' | 'sealer' | 'git' | 'hosts' | 'clones' | 'readingLimits' | 'spaces' | 'askModel'
>;

/** The operation that is being worked on, with everything needed for it. */
export interface OperationRun {
  deps: OperationDependencies;
  row: Operation;
  execution: Execution;
  progress: Progress;
}

/**
 * Chunks of an operation's items. Each is worked on when it is requested, and stored as a whole with its outcomes; after
 * the last, no items are left. A chunk that finds the operation ended, or ends it, is `ended` and the last one. A chunk
 * that finds the space being read is `later`, and did nothing.
 */
export type Chunks = AsyncGenerator<'done' | 'later' | 'ended'>;
