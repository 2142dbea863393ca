import { describe, expect, it } from 'vitest';
import {
  grantsBody,
  grantsForm,
  noGrants,
  rolesWithin,
  type Grants,
} from '../../../web/pages/access/shared/grants-form.ts';
import { grantsText } from '../../../web/pages/access/shared/grants-text.ts';

const editor: Grants = {
  role: 'editor',
  projects: ['12345'],
  spaces: [
    { space: 'sales', kinds: null, role: 'editor' },
    { space: 'support', kinds: ['skill'], role: 'reader' },
  ],
};

describe('what a form asks for', () => {
  it('is nothing that was not given', () => {
    expect(grantsBody(noGrants)).toEqual({ role: 'reader', projects: [], spaces: [] });
  });

  it('is what was there, if nothing was changed', () => {
    expect(grantsBody(grantsForm(editor))).toEqual({
      role: 'editor',
      projects: ['12345'],
      // The role is left out where it is the one beside it.
      spaces: [{ space: 'sales' }, { space: 'support', kinds: ['skill'], role: 'reader' }],
    });
    const all: Grants = { role: 'operator', projects: null, spaces: null };
    expect(grantsBody(grantsForm(all))).toEqual(all);
  });

  it('is only the role for an admin, whatever was chosen before', () => {
    expect(grantsBody({ ...grantsForm(editor), role: 'admin' })).toEqual({ role: 'admin' });
  });

  it('gives no space more than the role that somebody has now', () => {
    const form = grantsForm({ ...editor, spaces: [{ space: 'a', kinds: null, role: 'agent' }] });
    expect(grantsBody({ ...form, role: 'reader' }).spaces).toEqual([{ space: 'a', role: 'agent' }]);
    const raised = grantsForm({
      role: 'publisher',
      projects: [],
      spaces: [{ space: 'a', kinds: null, role: 'editor' }],
    });
    expect(grantsBody({ ...raised, role: 'reader' }).spaces).toEqual([{ space: 'a' }]);
  });
});

it('offers in a space the roles that are at most the one beside it', () => {
  expect(rolesWithin('publisher')).toEqual(['editor', 'reader', 'agent']);
  expect(rolesWithin('agent')).toEqual(['reader']);
});

it.each<[Grants, string]>([
  [{ role: 'admin', projects: null, spaces: null }, 'Everything'],
  [{ role: 'reader', projects: [], spaces: [] }, 'None'],
  [{ role: 'reader', projects: null, spaces: [] }, 'All projects'],
  [editor, '1 project, 2 spaces'],
])('says what %j may see', (grants, text) => {
  expect(grantsText(grants)).toBe(text);
});
