import { expect, it } from 'vitest';
import { noGrants } from '../../../web/pages/access/shared/grants-form.ts';
import {
  movedUp,
  providerBody,
  providerForm,
  type Provider,
} from '../../../web/pages/access/sign-in/provider-form.ts';

const provider: Provider = {
  name: 'Acme',
  issuer: 'https://id.acme.example',
  clientId: 'gitward',
  scopes: ['openid', 'email'],
  groupsClaim: 'groups',
  rules: [
    { group: 'data', role: 'operator', projects: ['1'], spaces: null },
    { group: 'admins', role: 'admin', projects: null, spaces: null },
  ],
  everyone: { role: 'reader', projects: [], spaces: null },
};

it('asks for what is there if nothing was changed, and for no new secret', () => {
  const { rules, ...rest } = provider;
  expect(providerBody(providerForm(provider, noGrants))).toEqual({
    ...rest,
    rules: [rules[0], { group: 'admins', role: 'admin' }],
  });
});

it('lets in nobody whom no rule names unless that was chosen', () => {
  const form = {
    ...providerForm(null, noGrants),
    clientSecret: ' s3cret ',
    scopes: ' openid  x x ',
  };
  expect(providerBody(form)).toMatchObject({
    clientSecret: 's3cret',
    scopes: ['openid', 'x'],
    rules: [],
    everyone: null,
  });
  expect(providerBody({ ...form, letsOthersIn: true }).everyone).toEqual({
    role: 'reader',
    projects: [],
    spaces: [],
  });
});

it('moves a rule before the one above it; the first stays', () => {
  const { rules } = providerForm(provider, noGrants);
  expect(movedUp(rules, 1).map(({ group }) => group)).toEqual(['admins', 'data']);
  expect(movedUp(rules, 0)).toEqual(rules);
  expect(movedUp(rules, 9)).toEqual(rules);
});
