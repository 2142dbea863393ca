import type { Operation } from '../../../db/knowledge/operations.ts';
import type { ActivityDependencies } from '../../streams/dependencies.ts';
import type { Execution } from '../../streams/execution.ts';
import type { Progress } from './progress.ts';

/** What working on items needs. */
export type OperationDependencies = Pick<
  ActivityDependencies,
  'db' | 'sealer' | 'clones' | 'spaces'
>;

/** What an operation is worked on with. */
export interface OperationRun {
  deps: OperationDependencies;
  row: Operation;
  execution: Execution;
  progress: Progress;
}

/**
 * Chunks of an operation's items, each stored as a whole with what came of it, the next one when it is asked for;
 * at its end no item is left. A chunk that finds the operation ended, or ends it, is `ended` and the last one; one that
 * finds the space being read is `later`, and did nothing.
 */
export type Chunks = AsyncGenerator<'done' | 'later' | 'ended'>;
