import { grantsBody, grantsForm, type Grants, type GrantsForm } from '../shared/grants-form.ts';

/** The provider as the API has it. */
export interface Provider {
  name: string;
  issuer: string;
  clientId: string;
  scopes: string[];
  groupsClaim: string;
  rules: ({ group: string } & Grants)[];
  everyone: Grants | null;
}

/** The same as a form has it. */
export interface ProviderForm {
  name: string;
  issuer: string;
  clientId: string;
  /** Empty: the one that is there is kept. */
  clientSecret: string;
  /** Separated by spaces. */
  scopes: string;
  groupsClaim: string;
  rules: RuleForm[];
  letsOthersIn: boolean;
  others: GrantsForm;
}

/** A rule; `key` tells it from the others while the form is open. */
export interface RuleForm {
  key: number;
  group: string;
  grants: GrantsForm;
}

/** What a form begins with; `null`: there is no provider yet. */
export function providerForm(provider: Provider | null, empty: GrantsForm): ProviderForm {
  return {
    name: provider?.name ?? '',
    issuer: provider?.issuer ?? '',
    clientId: provider?.clientId ?? '',
    clientSecret: '',
    scopes: (provider?.scopes ?? ['openid', 'profile', 'email']).join(' '),
    groupsClaim: provider?.groupsClaim ?? 'groups',
    rules: (provider?.rules ?? []).map(({ group, ...grants }, key) => ({
      ...{ key, group, grants: grantsForm(grants) },
    })),
    letsOthersIn: provider?.everyone != null,
    others: provider?.everyone == null ? empty : grantsForm(provider.everyone),
  };
}

/** What a request says. An empty secret is left out: the one that is there is kept. */
export function providerBody(form: ProviderForm) {
  const secret = form.clientSecret.trim();
  return {
    name: form.name.trim(),
    issuer: form.issuer.trim(),
    clientId: form.clientId.trim(),
    ...(secret !== '' && { clientSecret: secret }),
    scopes: [...new Set(form.scopes.split(/\s+/).filter(Boolean))],
    groupsClaim: form.groupsClaim.trim(),
    rules: form.rules.map(({ group, grants }) => ({ group: group.trim(), ...grantsBody(grants) })),
    everyone: form.letsOthersIn ? grantsBody(form.others) : null,
  };
}

/** The rules with one a place further up: the first that fits decides. */
export function movedUp(rules: readonly RuleForm[], key: number): RuleForm[] {
  const at = rules.findIndex((rule) => rule.key === key);
  const [before, rule] = [rules[at - 1], rules[at]];
  if (before === undefined || rule === undefined) return [...rules];
  return rules.with(at - 1, rule).with(at, before);
}
