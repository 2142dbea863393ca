import type { SpaceRefusal, SpaceSettings } from '../../../db/knowledge/spaces.ts';
import { checkedAddress, credentialRefused } from '../../streams/repository-refusals.ts';
import { checkedRules } from '../../../knowledge/review/checked-rules.ts';
import type { SpaceChecks } from '../../../model/knowledge/space.ts';
import type { ReviewRule } from '../../../model/knowledge/review-rules.ts';
import type { AddressPolicy } from '../../http/ports.ts';
import { ApiProblem, fieldProblem } from '../../http/problem.ts';
import { branchNameFault, subdirectoryFault } from '../../streams/repository-rules.ts';
import type { SpaceBody, SpaceChange } from './space-schema.ts';

/**
 * The settings of a new space from a body, checked and with defaults. Throws `ApiProblem` 422 with
 * the field.
 */
export function newSpace(body: SpaceBody, policy: AddressPolicy): SpaceSettings {
  const { repository, rules = {} } = checkedSettings(body, policy);
  const { url, branch, credentialId = null } = repository;
  return {
    name: body.name,
    repository: { url, branch, credentialId },
    root: body.root ?? 'knowledge',
    webhook: body.webhook ?? null,
    checks: body.checks === undefined ? null : checkedModel(body.checks, policy),
    rules: {
      publicKinds: rules.publicKinds ?? [],
      index: rules.index ?? true,
      notify: { emails: [], channels: [], ...rules.notify },
      commits: rules.commits ?? {},
      ...secretRules(rules),
      review: checkedReview(rules.review ?? []),
      ...(rules.mostReviews === undefined ? {} : { mostReviews: rules.mostReviews }),
    },
  };
}

/**
 * Returns a function that applies a change to a space's settings; what the body does not contain
 * stays as it is. The body is checked right away; throws like {@link newSpace}.
 */
export function spaceChange(
  body: SpaceChange,
  policy: AddressPolicy,
): (before: SpaceSettings) => SpaceSettings {
  const { name, repository, root, webhook, rules } = checkedSettings(body, policy);
  const { review, secretsInText, allowedSecrets, notify, ...others } = rules ?? {};
  const checks = body.checks === undefined ? undefined : checkedModel(body.checks, policy);
  const changed = review === undefined ? {} : { review: checkedReview(review) };
  return (before) => ({
    name: name ?? before.name,
    repository: { ...before.repository, ...repository },
    root: root ?? before.root,
    // `null` is a value: it removes the webhook.
    webhook: webhook === undefined ? before.webhook : webhook,
    checks: checks === undefined ? before.checks : checks,
    rules: {
      ...before.rules,
      ...others,
      notify: { ...before.rules.notify, ...notify },
      ...secretRules({ secretsInText, allowedSecrets }),
      ...changed,
    },
  });
}

/** What the rules say of secrets in texts; a list that is not given is empty. */
function secretRules({
  secretsInText,
  allowedSecrets,
}: {
  [Key in 'secretsInText' | 'allowedSecrets']?: NonNullable<SpaceBody['rules']>[Key] | undefined;
}): Pick<SpaceSettings['rules'], 'secretsInText' | 'allowedSecrets'> {
  return {
    ...(secretsInText === undefined ? {} : { secretsInText }),
    ...(allowedSecrets === undefined
      ? {}
      : { allowedSecrets: { paths: [], fingerprints: [], ...allowedSecrets } }),
  };
}

/** The problem for a space that cannot be stored as requested. */
export function spaceRefused(refusal: SpaceRefusal): ApiProblem {
  if (refusal.kind === 'checks_refused') return credentialRefused(refusal.refusal, '/checks/credentialId'); // prettier-ignore
  if (refusal.kind !== 'place_taken') return credentialRefused(refusal);
  return new ApiProblem(
    409,
    'place_taken',
    `${refusal.by} already writes to this place. Give another branch or root, or end that one.`,
    [{ pointer: '/root', message: `${refusal.by} writes here` }],
  );
}

/** The model of the checks with its defaults; `null`: none. Throws {@link ApiProblem} 422. */
function checkedModel(
  given: NonNullable<SpaceBody['checks']> | null,
  policy: AddressPolicy,
): SpaceChecks | null {
  if (given === null) return null;
  const { address, model, credentialId = null, timeout = 60, maxExamples = 50 } = given;
  const checked = checkedAddress('/checks/address', () => policy.checkHttpUrl(address));
  if (new URL(checked).search !== '') throw fieldProblem('/checks/address', 'must not have a query ("?"): end with the version of the API, such as https://api.example/v1'); // prettier-ignore
  return { address: checked.replace(/\/+$/, ''), model, credentialId, timeout, maxExamples };
}

/** Rules of review with their defaults; throws {@link ApiProblem} 422 with all that is wrong. */
function checkedReview(
  given: NonNullable<NonNullable<SpaceBody['rules']>['review']>,
): ReviewRule[] {
  const checked = checkedRules(given);
  if ('rules' in checked) return checked.rules;
  const faults = checked.faults.map(({ pointer, message }) => ({
    ...{ pointer: `/rules/review${pointer}`, message },
  }));
  const detail = faults.map(({ pointer, message }) => `${pointer}: ${message}`).join(' ');
  throw new ApiProblem(422, 'invalid_request', detail, faults);
}

/** The body, checked, with its address in the form to store. */
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
