import { ownRules } from './rules/own-rules.ts';
import { passwordRules } from './rules/password-rules.ts';
import { presetRules } from './rules/preset-rules.ts';
import { privateKeyRule } from './rules/private-key-rule.ts';
import type { Span, TextRule } from './rules/text-rule.ts';

/** A secret in a text. */
export interface FoundSecret extends Span {
  rule: string;
}

const rules: readonly TextRule[] = [privateKeyRule, ...ownRules, ...presetRules, ...passwordRules];

/** What Keboola has encrypted: it opens nothing, and is there to be kept. */
const encrypted = /KBC::[A-Za-z]{1,40}(?:::|==)[A-Za-z0-9+/=:_-]{1,100000}/g;

/** The secrets in a text, in its order; where several rules see one, it has all of what they see, under the first one's name. */
export function findSecrets(text: string): FoundSecret[] {
  const found: FoundSecret[] = [];
  for (const { id, anchor, find } of rules) {
    if (!anchor.test(text)) continue;
    for (const span of find(text)) found.push({ ...span, rule: id });
  }
  return found.length === 0 ? found : outsideEncrypted(apart(found), text);
}

/** In order, with what overlaps joined. */
function apart(found: FoundSecret[]): FoundSecret[] {
  const joined: FoundSecret[] = [];
  for (const one of found.sort((a, b) => a.start - b.start)) {
    const last = joined.at(-1);
    if (last === undefined || one.start >= last.end) joined.push({ ...one });
    else last.end = Math.max(last.end, one.end);
  }
  return joined;
}

/** Those of an ordered list that are not in an encrypted value. */
function outsideEncrypted(found: FoundSecret[], text: string): FoundSecret[] {
  if (!text.includes('KBC::')) return found;
  const values = text.matchAll(encrypted);
  let value = values.next();
  return found.filter(({ start, end }) => {
    while (value.done !== true && value.value.index + value.value[0].length <= start)
      value = values.next();
    return value.done === true || value.value.index >= end;
  });
}
