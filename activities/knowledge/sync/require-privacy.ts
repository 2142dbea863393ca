import type { Space } from '../../../db/knowledge/spaces.ts';
import { kindsOf } from '../../../knowledge/kinds/kinds.ts';
import { spaceStream } from '../../../model/knowledge/ids.ts';
import { StreamFailure } from '../../../model/streams/errors.ts';
import { whyNotPrivate } from '../../streams/check-visibility.ts';
import type { ActivityDependencies } from '../../streams/dependencies.ts';
import type { Execution } from '../../streams/execution.ts';
import type { SavesPlan } from './plan-saves.ts';

/**
 * Throws `StreamFailure('public_repository')` where data of persons waits to be sent (what index files tell of it too), anybody can read the repository (or nobody
 * can say who can), and no admin said that this is right. Asked right before a push: who may read it may have changed.
 */
export async function requirePrivacy(
  deps: ActivityDependencies,
  row: Space,
  { sent, indexedKinds }: Pick<SavesPlan, 'sent' | 'indexedKinds'>,
  execution: Execution,
): Promise<void> {
  const personal = new Set(
    kindsOf(row.kinds).flatMap(({ name, personal: is }) =>
      is && !row.rules.publicKinds.includes(name) ? [name] : [],
    ),
  );
  const saved = sent
    .flatMap(({ saves }) => saves)
    .flatMap(({ kind, action }) => (action === 'delete' ? [] : [kind]));
  const waiting = [...saved, ...indexedKinds].find((kind) => personal.has(kind));
  if (waiting === undefined) return;
  execution.step('asking who may read the repository');
  const repository = { ...row, stream: spaceStream(row.id) };
  const visibility = await whyNotPrivate(deps, repository, execution);
  if (visibility === null) return;
  const { result, reason } = visibility;
  throw new StreamFailure(
    'public_repository',
    `${result === 'public' ? 'Anybody can read the repository' : 'Nobody can say who may read the repository'} (${reason}), ` +
      `and entries of the kind ${waiting} are of persons. Make it private, or let an admin name the kind under rules.publicKinds.`,
  );
}
