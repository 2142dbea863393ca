import type { EntryFields, Kind } from '../../model/knowledge/entry.ts';
import { editEntry } from '../entries/edit-entry.ts';
import { withLineEnd } from '../front-matter/line-end.ts';
import type { MergeInput } from './merge-input.ts';
import { mergeFields, type Decide, type Sides } from './merge-values.ts';
import { sameValue } from './same-value.ts';
import { splitEntry, type SplitEntry } from '../front-matter/split-entry.ts';
import { wholeText } from './whole-text.ts';

/** The merged values cannot be written into the front matter of either side without changing more. */
export class NotApplicable extends Error {
  override readonly name = 'NotApplicable';
}

/**
 * Joins the merged front matter and a body. Throws {@link NotApplicable} if the front matter cannot be
 * written.
 */
type WithHead = (decide: Decide, body: string) => Promise<string>;

/** Merges front matter by key. `null` if one side has none that can be read. */
export async function mergeHeads(
  {
    kind,
    mergeTexts,
    eachDifference = false,
  }: Pick<MergeInput, 'kind' | 'mergeTexts' | 'eachDifference'>,
  { base, git, mine }: Record<keyof Sides, SplitEntry>,
): Promise<WithHead | null> {
  const taken =
    git.head === mine.head || (base.head === mine.head && !eachDifference)
      ? git.head
      : base.head === git.head && !eachDifference
        ? mine.head
        : null;
  if (taken !== null) return (_decide, body) => Promise.resolve(joined(taken, body));
  const fields = { base: base.fields, git: git.fields, mine: mine.fields };
  if (fields.base === null || fields.git === null || fields.mine === null) return null;
  if (git.head === '' || mine.head === '') return null;

  // If both sides changed different lines, the bytes and comments of both are kept. Otherwise, Git's come
  // first.
  const lines = eachDifference
    ? null
    : await mergeTexts({ base: base.head, git: git.head, mine: mine.head });
  const starts = new Set([
    ...(lines === null ? [] : [wholeText(lines, 'git')]),
    git.head,
    mine.head,
  ]);
  return async (decide, body) => {
    const wanted = mergeFields(fields, { root: kind.schema, decide, eachDifference });
    let refusal = 'its front matter cannot be read';
    for (const start of starts) {
      const result = await withFields(joined(start, body), body, kind, wanted);
      if ('text' in result) return result.text;
      refusal = result.refused ?? refusal;
    }
    throw new NotApplicable(refusal);
  };
}

/** The text with these fields and no other change. */
async function withFields(
  text: string,
  body: string,
  kind: Kind,
  wanted: EntryFields,
): Promise<{ text: string } | { refused: string | null }> {
  const is = await splitEntry(text, kind);
  if (is.fields === null || is.body !== body) return { refused: null };
  const fields = differences(is.fields, wanted);
  if (Object.keys(fields).length === 0) return { text };
  await new Promise((resolve) => setImmediate(resolve));
  const result = editEntry(text, kind, { fields });
  return result.kind === 'edited' ? { text: result.text } : { refused: result.message };
}

/** The fields that must change, with `null` for those to remove. */
function differences(fields: EntryFields, wanted: EntryFields): EntryFields {
  const own = (of: EntryFields, key: string) => (Object.hasOwn(of, key) ? of[key] : undefined);
  const keys = [...new Set([...Object.keys(fields), ...Object.keys(wanted)])];
  return Object.fromEntries(
    keys
      .filter((key) => !sameValue(own(fields, key), own(wanted, key)))
      .map((key) => [key, own(wanted, key) ?? null]),
  );
}

/** Joins the front matter of one side and the body of the other. The fence may need a line end. */
function joined(head: string, body: string): string {
  return body === '' ? head : withLineEnd(head, '\n') + body;
}
