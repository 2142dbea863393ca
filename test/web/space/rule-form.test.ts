import { expect, it } from 'vitest';
import {
  formRule,
  ruleForm,
  rulesWith,
  settingsRules,
} from '../../../web/pages/space/settings/rules/rule-form.ts';

const prices = {
  name: 'Prices',
  paths: ['skills/pricing/*'],
  authors: ['role:editor', 'eva@example.com'],
  approvals: 2,
  approvers: ['jan@example.com', 'role:publisher'],
  author: true,
};
const contracts = { name: 'Contracts', kinds: ['document'], approvals: 1, author: false };

it('shows roles and people of a rule apart, and gives the same rule back', () => {
  const form = ruleForm(prices);
  expect(form).toMatchObject({
    ...{ authorRoles: ['role:editor'], authorEmails: ['eva@example.com'] },
    ...{ approverRoles: ['role:publisher'], approverEmails: ['jan@example.com'] },
    ...{ kinds: [], fields: [] },
  });
  expect(formRule(form)).toEqual({
    ...prices,
    approvers: ['role:publisher', 'jan@example.com'],
  });
  expect(formRule(ruleForm(contracts))).toEqual(contracts);
});

it('begins with a rule about every change', () => {
  expect(formRule({ ...ruleForm(null), name: ' All ' })).toEqual({
    ...{ name: 'All', approvals: 1, author: false },
  });
});

it('gives, adds and removes a rule among those that are there now', () => {
  const now = [prices, contracts];
  const renamed = { ...prices, name: 'All prices' };
  expect(rulesWith(now, 'Prices', renamed)).toEqual([renamed, contracts]);
  expect(rulesWith([contracts, prices], 'Prices', renamed)).toEqual([contracts, renamed]);
  expect(rulesWith(now, null, renamed)).toEqual([prices, contracts, renamed]);
  expect(rulesWith(now, 'Prices', null)).toEqual([contracts]);
  // Somebody else has removed it meanwhile.
  expect(rulesWith([contracts], 'Prices', null)).toEqual([contracts]);
});

it('leaves the rules of the repository where they are', () => {
  expect(
    settingsRules([
      { ...prices, from: 'repository' },
      { ...contracts, from: 'settings' },
    ]),
  ).toEqual([contracts]);
});
