import type { Space } from '../../../db/knowledge/spaces.ts';
import { kindsOf } from '../../../knowledge/kinds/kinds.ts';
import { spaceStream } from '../../../model/knowledge/ids.ts';
import { whyNotAccepted } from '../../../model/knowledge/privacy.ts';
import type { Visibility } from '../../../model/streams/visibility.ts';
import { visibilityInTurn } from '../../streams/check-visibility.ts';
import type { OperationRun } from './operation-run.ts';

/**
 * Why texts of these kinds must not be accepted for the space's repository, by kind; the others may. Asks the host at
 * most once, and only if there is a kind with personal data.
 */
export async function refusedKinds(
  { deps, execution }: Pick<OperationRun, 'deps' | 'execution'>,
  space: Space,
  names: Iterable<string>,
): Promise<ReadonlyMap<string, string>> {
  let answer: Promise<Visibility> | null = null;
  const ask = () => {
    answer ??= visibilityInTurn(deps, { ...space, stream: spaceStream(space.id) }, execution);
    return answer;
  };
  const kinds = kindsOf(space.kinds);
  const refused = new Map<string, string>();
  for (const name of new Set(names)) {
    const kind = kinds.find((one) => one.name === name) ?? { name, personal: true };
    const refusal = await whyNotAccepted(kind, space.rules, ask);
    if (refusal !== null) refused.set(name, refusal);
  }
  return refused;
}
