import type { JsonSchema, JsonValue } from '../../model/knowledge/entry.ts';
import type { ReviewRule } from '../../model/knowledge/review-rules.ts';
import { findUnstorable } from '../../model/text/find-unstorable.ts';
import { pointerToken } from '../../model/text/json-pointer.ts';
import { schemaProblems } from '../kinds/schema-problems.ts';
import { asMap } from '../merge/same-value.ts';
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

const list: JsonSchema = {
  type: 'array',
  items: { type: 'string', minLength: 1, maxLength: ruleLimits.item },
  ...{ minItems: 1, maxItems: ruleLimits.items, uniqueItems: true },
};

const properties: Record<string, JsonSchema> = {
  name: { type: 'string', minLength: 1, maxLength: ruleLimits.name },
  kinds: list,
  paths: list,
  fields: list,
  authors: list,
  approvals: { type: 'integer', minimum: 1, maximum: ruleLimits.approvals },
  approvers: list,
  author: { type: 'boolean' },
};

const rulesSchema: JsonSchema = {
  type: 'object',
  properties: {
    list: {
      type: 'array',
      maxItems: ruleLimits.rules,
      items: { type: 'object', required: ['name'], properties },
    },
  },
};

/**
 * The rules that a list describes, with their defaults; or everything that is wrong with it. One that could not be used
 * as it is meant is wrong: a key that nobody knows, a path that no file has, more approvals than people. So no rule is
 * silently without effect.
 */
export function checkedRules(given: JsonValue): { rules: ReviewRule[] } | { faults: RuleFault[] } {
  const unstorable = findUnstorable(given);
  if (unstorable !== null)
    return { faults: [{ ...unstorable, message: `This ${unstorable.message}.` }] };
  const shape = schemaProblems(rulesSchema, { list: given }, () => 1);
  const ofShape = shape.map(({ pointer, message }) => ({
    ...{ pointer: pointer.slice('/list'.length), message },
  }));
  const items = Array.isArray(given) ? given : [];
  const unknown = items.flatMap((item, at) => unknownKeys(item, `/${at}`));
  if (ofShape.length > 0 || unknown.length > 0) return { faults: [...ofShape, ...unknown] };
  const rules = items.map((item) => withDefaults(item as unknown as GivenRule));
  const faults = [
    ...rules.flatMap((rule, at) => faultsOf(rule, `/${at}`)),
    ...repeatedNames(rules),
    ...tooManyPaths(rules),
  ];
  return faults.length === 0 ? { rules } : { faults };
}

/** A rule as it is written. */
type GivenRule = Pick<ReviewRule, 'name'> & Partial<ReviewRule>;

function withDefaults(given: GivenRule): ReviewRule {
  return { ...given, approvals: given.approvals ?? 1, author: given.author ?? false };
}

function unknownKeys(item: JsonValue, pointer: string): RuleFault[] {
  const known = Object.keys(properties);
  return Object.keys(asMap(item) ?? {})
    .filter((key) => !known.includes(key))
    .map((key) => ({
      pointer: `${pointer}/${pointerToken(key)}`,
      message: `A rule has no key "${key.slice(0, 100)}": it can have ${known.join(', ')}.`,
    }));
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
