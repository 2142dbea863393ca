import type { Space } from '../../../db/knowledge/spaces.ts';
import { spaceStream } from '../../../model/knowledge/ids.ts';
import type { Visibility } from '../../../model/streams/visibility.ts';
import { currentVisibility } from '../../streams/check-visibility.ts';
import type { OperationRun } from './operation-run.ts';

/** Asks who may read the space's repository, when it is called for the first time; later calls get the same answer. */
export function askWhoReads(
  { deps, execution }: Pick<OperationRun, 'deps' | 'execution'>,
  space: Space,
): () => Promise<Visibility> {
  let answer: Promise<Visibility> | null = null;
  return () => {
    answer ??= currentVisibility(deps, { ...space, stream: spaceStream(space.id) }, execution);
    return answer;
  };
}
