import type { SpaceRefusal, SpaceSettings } from '../../../db/knowledge/spaces.ts';
import { checkedAddress, noSuchCredential } from '../../streams/repository-refusals.ts';
import type { AddressPolicy } from '../../http/ports.ts';
import { ApiProblem, fieldProblem } from '../../http/problem.ts';
import { branchNameFault, subdirectoryFault } from '../../streams/repository-rules.ts';
import type { SpaceBody, SpaceChange } from './space-schema.ts';

/** A new space as a body asks for it, with defaults and checked. Throws `ApiProblem` 422 with the field. */
export function newSpace(body: SpaceBody, policy: AddressPolicy): SpaceSettings {
  const { repository, rules = {} } = checkedSettings(body, policy);
  const { url, branch, credentialId = null } = repository;
  return {
    name: body.name,
    repository: { url, branch, credentialId },
    root: body.root ?? 'knowledge',
    webhook: body.webhook ?? null,
    rules: {
      publicKinds: rules.publicKinds ?? [],
      index: rules.index ?? true,
      notify: { emails: rules.notify?.emails ?? [] },
    },
  };
}

/**
 * What makes a space's settings from those that it has: what the body does not name stays. What the body names is
 * checked at once; throws as {@link newSpace}.
 */
export function spaceChange(
  body: SpaceChange,
  policy: AddressPolicy,
): (before: SpaceSettings) => SpaceSettings {
  const { name, repository, root, webhook, rules } = checkedSettings(body, policy);
  return (before) => ({
    name: name ?? before.name,
    repository: { ...before.repository, ...repository },
    root: root ?? before.root,
    // `null` is a value: nothing is heard any more.
    webhook: webhook === undefined ? before.webhook : webhook,
    rules: { ...before.rules, ...rules },
  });
}

/** The refusal of a space that cannot be stored as asked for. */
export function spaceRefused(refusal: SpaceRefusal): ApiProblem {
  if (refusal.kind === 'no_credential') return noSuchCredential();
  return new ApiProblem(
    409,
    'place_taken',
    `${refusal.by} writes to this place already. Give another branch or root, or end that one.`,
    [{ pointer: '/root', message: `${refusal.by} writes here` }],
  );
}

/** The body with its address as it is to be stored. */
function checkedSettings<T extends SpaceChange>(body: T, policy: AddressPolicy): T {
  const { repository, root } = body;
  if (repository?.branch !== undefined) {
    const fault = branchNameFault(repository.branch);
    if (fault !== null) throw fieldProblem('/repository/branch', fault);
  }
  if (root !== undefined) {
    const fault = subdirectoryFault(root);
    if (fault !== null) throw fieldProblem('/root', fault);
  }
  const { url } = repository ?? {};
  if (url === undefined) return body;
  const checked = checkedAddress('/repository/url', () => policy.checkRepositoryUrl(url));
  return { ...body, repository: { ...repository, url: checked } };
}
