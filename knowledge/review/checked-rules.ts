import type { JsonSchema, JsonValue } from '../../model/knowledge/entry.ts';
import type { ReviewRule } from '../../model/knowledge/review-rules.ts';
import { findUnstorable } from '../../model/text/find-unstorable.ts';
import { pointerToken } from '../../model/text/json-pointer.ts';
import { schemaProblems } from '../kinds/schema-problems.ts';
import { asMap } from '../merge/same-value.ts';
import { faultsOfRules, ruleLimits, type RuleFault } from './rule-faults.ts';

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
  const faults = faultsOfRules(rules);
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
