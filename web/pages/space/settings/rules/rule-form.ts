import type { Answer } from '../../../../api/types.ts';

/** A rule that is in force. */
export type Rule = Answer<'/v1/spaces/{space}/review-rules'>['rules'][number];

/** A rule of a space's settings, as the API takes it. */
export type SettingsRule = Omit<Rule, 'from'>;

/** A rule as it is given in its form. Roles are as the API writes them (`role:editor`). */
export interface RuleForm {
  name: string;
  kinds: string[];
  paths: string[];
  fields: string[];
  authorRoles: string[];
  authorEmails: string[];
  approvals: number;
  approverRoles: string[];
  approverEmails: string[];
  /** Whether an author's own approval counts, too. */
  author: boolean;
}

const isRole = (text: string) => text.startsWith('role:');

/** The form of a rule; of `null`, that of a new one, which is about every change. */
export function ruleForm(rule: SettingsRule | null): RuleForm {
  const { name = '', kinds = [], paths = [], fields = [], authors = [] } = rule ?? {};
  const { approvals = 1, approvers = [], author = false } = rule ?? {};
  return {
    ...{ name, kinds, paths, fields, approvals, author },
    authorRoles: authors.filter(isRole),
    authorEmails: authors.filter((text) => !isRole(text)),
    approverRoles: approvers.filter(isRole),
    approverEmails: approvers.filter((text) => !isRole(text)),
  };
}

/** The rule of a form. An empty list does not limit it, and is left out. */
export function formRule(form: RuleForm): SettingsRule {
  const { name, kinds, paths, fields, approvals, author } = form;
  const authors = [...form.authorRoles, ...form.authorEmails];
  const approvers = [...form.approverRoles, ...form.approverEmails];
  return {
    name: name.trim(),
    ...(kinds.length > 0 && { kinds }),
    ...(paths.length > 0 && { paths }),
    ...(fields.length > 0 && { fields }),
    ...(authors.length > 0 && { authors }),
    approvals,
    ...(approvers.length > 0 && { approvers }),
    author,
  };
}

/** Of the rules in force, those of the settings. */
export function settingsRules(rules: readonly Rule[]): SettingsRule[] {
  return rules.flatMap(({ from, ...rule }) => (from === 'settings' ? [rule] : []));
}

/**
 * The rules with one of them given, removed (`null`) or, if no name is said, added. By its name, since somebody else may have
 * changed the list meanwhile.
 */
export function rulesWith(
  rules: readonly SettingsRule[],
  name: string | null,
  rule: SettingsRule | null,
): SettingsRule[] {
  const given = rule === null ? [] : [rule];
  const at = rules.findIndex((one) => one.name === name);
  return at < 0 ? [...rules, ...given] : [...rules.slice(0, at), ...given, ...rules.slice(at + 1)];
}
