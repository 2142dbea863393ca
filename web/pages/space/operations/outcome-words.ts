import { itemOutcomes } from '../../../../model/knowledge/operation.ts';
import { texts } from '../../../texts/index.ts';
import type { Operation } from './operation-queries.ts';

const { operations: words } = texts;

/** What became of an operation's items, in a sentence for each outcome, those that need somebody first. */
export function outcomeWords({ counts }: Pick<Operation, 'counts'>): string[] {
  const troubled = ['failed', 'error', 'needs_person', 'conflict', 'invalid'] as const;
  const others = itemOutcomes.filter((one) => !troubled.some((trouble) => trouble === one));
  return [...troubled, ...others].flatMap((outcome) => {
    const count = counts[outcome] ?? 0;
    return count === 0 ? [] : [words.outcomes[outcome](count)];
  });
}
