import { spaceChanged } from '../../../db/knowledge/space-marks.ts';
import type { Space } from '../../../db/knowledge/spaces.ts';
import { kindsOf } from '../../../knowledge/kinds/kinds.ts';
import { spaceStream } from '../../../model/knowledge/ids.ts';
import { isConfidential, notPrivate } from '../../../model/knowledge/privacy.ts';
import { whyNotPrivate } from '../../streams/check-visibility.ts';
import type { ActivityDependencies } from '../../streams/dependencies.ts';
import type { Execution } from '../../streams/execution.ts';
import type { SavesPlan } from './plan-saves.ts';

/**
 * Why texts of these kinds must not be sent, by kind: they are about persons, no admin has allowed that, and the
 * repository is not known to be private. Asks only if there is such a kind.
 */
export async function whyConfidential(
  deps: ActivityDependencies,
  row: Space,
  names: readonly string[],
  execution: Execution,
): Promise<ReadonlyMap<string, string>> {
  const kinds = new Map(kindsOf(row.kinds).map((kind) => [kind.name, kind]));
  // Whoever removes a kind from the repository must not thereby publish what is waiting.
  const confidential = [...new Set(names)].filter((name) =>
    isConfidential(kinds.get(name) ?? { name, personal: true }, row.rules),
  );
  if (confidential.length === 0) return new Map();
  execution.step('asking who may read the repository');
  const visibility = await whyNotPrivate(deps, { ...row, stream: spaceStream(row.id) }, execution);
  if (visibility === null) return new Map();
  return new Map(confidential.map((name) => [name, notPrivate(name, visibility)]));
}

/**
 * Throws `ChangedMeanwhile` if personal data is about to be sent (also in index files) that must not leave. Called right
 * before a push, since who may read the repository may have changed after the saves were prepared: when that is done
 * again, they are held.
 */
export async function requirePrivacy(
  deps: ActivityDependencies,
  row: Space,
  { sent, removedOnly, indexedKinds }: Pick<SavesPlan, 'sent' | 'removedOnly' | 'indexedKinds'>,
  execution: Execution,
): Promise<void> {
  const saved = sent
    .flatMap(({ saves }) => saves)
    .flatMap(({ entryId: id, kind, currentText }) =>
      currentText === null || removedOnly.has(id) ? [] : [kind],
    );
  const reasons = await whyConfidential(deps, row, [...saved, ...indexedKinds], execution);
  if (reasons.size > 0) throw spaceChanged(row.id);
}
