import type { Visibility } from '../streams/visibility.ts';
import type { Kind } from './entry.ts';
import type { SpaceRules } from './space.ts';

/** Whether entries of this kind may only go to a private repository: they are about persons, and no admin allowed it. */
export function isConfidential(
  { name, personal }: Pick<Kind, 'name' | 'personal'>,
  { publicKinds }: Pick<SpaceRules, 'publicKinds'>,
): boolean {
  return personal && !publicKinds.includes(name);
}

/**
 * Why a text of an entry of this kind must not be accepted for the space's repository, in sentences that say what to do;
 * `null` if it may. Every way to save asks this. `ask` is only called if the kind is confidential.
 */
export async function whyNotAccepted(
  kind: Pick<Kind, 'name' | 'personal'>,
  rules: Pick<SpaceRules, 'publicKinds'>,
  ask: () => Promise<Visibility>,
): Promise<string | null> {
  if (!isConfidential(kind, rules)) return null;
  const visibility = await ask();
  return visibility.result === 'private' ? null : notPrivate(kind.name, visibility);
}

/** Says that entries of this kind must not go to a repository that is not known to be private, and what to do. */
export function notPrivate(kind: string, { result, reason }: Visibility): string {
  const who =
    result === 'public'
      ? 'Anyone can read the repository'
      : 'It is not known who can read the repository';
  return `${who} (${reason}), and entries of the kind ${kind} contain personal data. Make it private, or have an admin add the kind to rules.publicKinds.`;
}
