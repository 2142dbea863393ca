import type { JsonValue } from '../../model/knowledge/entry.ts';
import type { ReviewedContent } from '../../model/knowledge/review-rules.ts';
import { sameValue } from '../merge/same-value.ts';

/** What a rule calls the text after the front matter. */
export const bodyField = 'body';

/**
 * Whether a change gives one of these fields another value: not only other bytes. What appears or disappears has all of
 * its fields changed; where fields cannot be read, each of them may be another.
 */
export function changesFields(
  before: ReviewedContent | null,
  after: ReviewedContent | null,
  names: readonly string[],
): boolean {
  return names.some(
    (name) =>
      changesField(before, after, name) || (name === bodyField && changesBody(before, after)),
  );
}

function changesField(
  before: ReviewedContent | null,
  after: ReviewedContent | null,
  name: string,
): boolean {
  if (before?.fields === null || after?.fields === null) return true;
  return !sameValue(fieldOf(before, name), fieldOf(after, name));
}

function changesBody(before: ReviewedContent | null, after: ReviewedContent | null): boolean {
  if (before === null || after === null) return true;
  return withoutLineEnds(before.body) !== withoutLineEnds(after.body);
}

function fieldOf(content: ReviewedContent | null, name: string): JsonValue {
  const fields = content?.fields ?? {};
  return Object.hasOwn(fields, name) ? (fields[name] ?? null) : null;
}

/** Line ends belong to the file, not to what somebody wrote. */
function withoutLineEnds(text: string): string {
  return text.replace(/\r\n?/g, '\n');
}
