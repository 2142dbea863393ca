import type { Space } from '../../../db/knowledge/spaces.ts';
import { kindsOf } from '../../../knowledge/kinds/kinds.ts';
import { spaceStream } from '../../../model/knowledge/ids.ts';
import { StreamFailure } from '../../../model/streams/errors.ts';
import { whyNotPrivate } from '../../streams/check-visibility.ts';
import type { ActivityDependencies } from '../../streams/dependencies.ts';
import type { Execution } from '../../streams/execution.ts';
import type { SavesPlan } from './plan-saves.ts';

/**
 * Throws `StreamFailure('public_repository')` if personal data is about to be sent (also in index files), the repository
 * is public (or it is not known who may read it), and no admin has allowed that. Called right before a push, since who
 * may read the repository may have changed.
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
    `${result === 'public' ? 'Anyone can read the repository' : 'It is not known who can read the repository'} (${reason}), ` +
      `and entries of the kind ${waiting} contain personal data. Make it private, or have an admin add the kind to rules.publicKinds.`,
  );
}
