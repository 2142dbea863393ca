import type { ReviewRule } from '../../model/knowledge/review-rules.ts';
import { roleOrEmail } from './people.ts';

/** Something that is wrong with rules, and where: a JSON Pointer into their list. */
export interface RuleFault {
  pointer: string;
  message: string;
}

/** The limits of rules, for schemas. */
export const ruleLimits = {
  rules: 100,
  items: 100,
  name: 100,
  item: 254,
  approvals: 10,
  /** Characters of all `paths` together: each of them is compared with each changed file. */
  paths: 8_000,
};

/** What is wrong with rules that have the right shape: each of them could not be used as it is meant. */
export function faultsOfRules(rules: readonly ReviewRule[]): RuleFault[] {
  return [
    ...rules.flatMap((rule, at) => faultsOf(rule, `/${at}`)),
    ...repeatedNames(rules),
    ...tooManyPaths(rules),
  ];
}

function faultsOf(rule: ReviewRule, pointer: string): RuleFault[] {
  const each = (key: 'kinds' | 'paths' | 'authors' | 'approvers', fault: FaultOf): RuleFault[] =>
    (rule[key] ?? []).flatMap((text, at) => {
      const message = fault(text);
      return message === null ? [] : [{ pointer: `${pointer}/${key}/${at}`, message }];
    });
  const named = nameFault(rule.name);
  return [
    ...(named === null ? [] : [{ pointer: `${pointer}/name`, message: named }]),
    ...each('kinds', kindFault),
    ...each('paths', pathFault),
    ...each('authors', personFault),
    ...each('approvers', personFault),
    ...tooFewApprovers(rule, pointer),
  ];
}

/** Why a text cannot be an item of a list; `null` if it can. */
type FaultOf = (text: string) => string | null;

const nameFault: FaultOf = (name) =>
  /\p{Cc}/u.test(name) || name.trim() !== name
    ? 'A name is one line, without blanks around it.'
    : null;

const kindFault: FaultOf = (kind) =>
  /^[a-z][a-z0-9-]*$/.test(kind)
    ? null
    : `"${kind}" cannot be a kind: the names of kinds have lower-case letters, digits and "-".`;

const pathFault: FaultOf = (path) => {
  if (path.endsWith('/')) return `"${path}" is no file: write "${path}*" for all files in it.`;
  const isPath = path.split('/').every((part) => part !== '' && part !== '.' && part !== '..');
  return isPath && !path.includes('\\')
    ? null
    : `"${path}" is no path: write it from the space's root on, with "/" between its parts and not at its beginning.`;
};

const personFault: FaultOf = (text) =>
  roleOrEmail(text) === null
    ? `"${text}" is neither an e-mail address nor a role such as role:publisher.`
    : null;

/** Approvals that nobody could ever give would stop all work. */
function tooFewApprovers({ approvals, approvers = [] }: ReviewRule, pointer: string): RuleFault[] {
  const people = approvers.map((text) => roleOrEmail(text));
  const isOpen = people.some((one) => one === null || 'role' in one);
  const count = new Set(approvers.map((text) => text.toLowerCase())).size;
  if (approvers.length === 0 || isOpen || count >= approvals) return [];
  return [
    {
      pointer: `${pointer}/approvers`,
      message: `${approvals} approvals are needed, but only ${count} of these can be given: name more people, or a role.`,
    },
  ];
}

function tooManyPaths(rules: readonly ReviewRule[]): RuleFault[] {
  let length = 0;
  const at = rules.findIndex(({ paths = [] }) => {
    length += paths.join('').length;
    return length > ruleLimits.paths;
  });
  if (at === -1) return [];
  const message = `All paths together may have ${ruleLimits.paths} characters: write fewer, with "*".`;
  return [{ pointer: `/${at}/paths`, message }];
}

function repeatedNames(rules: readonly ReviewRule[]): RuleFault[] {
  const names = rules.map(({ name }) => name);
  return names.flatMap((name, at) =>
    names.indexOf(name) === at
      ? []
      : [
          {
            pointer: `/${at}/name`,
            message: `Another rule is named "${name}": name this one otherwise.`,
          },
        ],
  );
}
