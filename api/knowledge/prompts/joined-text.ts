import { joinedBlocks } from '../../../knowledge/prompts/joined-blocks.ts';
import { readEntry } from '../../../knowledge/entries/read-entry.ts';
import { renderLimits, type NotIncluded } from '../../../knowledge/includes/broken-include.ts';
import { renderEntry, type RenderSource } from '../../../knowledge/includes/render-entry.ts';
import { renderSource } from '../../../knowledge/includes/render-source.ts';
import { lineEndOf } from '../../../knowledge/front-matter/line-end.ts';
import type { EntryFields } from '../../../model/knowledge/entry.ts';
import { ApiProblem } from '../../http/problem.ts';
import { includesBroken } from '../entries/rendered-view.ts';
import type { EntryAt, SpaceAt } from '../refs/space-at.ts';

/** An entry as it is rendered, with where it comes from. */
export type TextSource = RenderSource & { entry: EntryAt; fields: EntryFields };

/** Finds entries, of this and of other spaces, that the caller may read. */
export type FindAt = (space: string, id: string) => Promise<EntryAt | null>;

/** A text, and everything that it was made of. */
export interface JoinedText {
  text: string;
  blocks: TextSource[];
  /** What they include, each once. */
  includes: TextSource[];
}

/** An entry's text. Throws 422 `entry_unreadable` if it has none. */
export function textSource(entry: EntryAt): TextSource {
  const source = sourceOf(entry);
  if ('code' in source) throw new ApiProblem(422, 'entry_unreadable', source.message);
  return source;
}

function sourceOf(entry: EntryAt): TextSource | NotIncluded {
  const { space, id, text, kind } = entry;
  const source = renderSource({ space, id }, text, kind);
  if ('code' in source) return source;
  return { ...source, entry, fields: readEntry(text ?? '', kind).fields };
}

/**
 * A prompt's text with its blocks after it, each after a blank line, and all includes resolved. A block that the text
 * includes is not there twice. Throws 422: `includes_broken`, `blocks_missing`, `text_too_large`.
 */
export async function joinedPrompt(
  prompt: TextSource,
  at: SpaceAt,
  find: FindAt,
): Promise<JoinedText> {
  const all = (await at.list('prompt-block')).flatMap((block) => {
    const source = sourceOf(block);
    return 'code' in source ? [] : source;
  });
  const { ids, missing } = joinedBlocks(prompt.fields, all);
  if (missing.length > 0)
    throw new ApiProblem(
      422,
      'blocks_missing',
      `The prompt ${prompt.id} names blocks that its space does not have, or that you may not read: ${missing.slice(0, 20).join(', ')}.`,
    );
  const first = await renderedText(prompt, find);
  const included = new Set(
    first.includes.map(({ id, space }) => (space === prompt.space ? id : '')),
  );
  const blocks = ids
    .filter((id) => !included.has(id))
    .flatMap((id) => all.find((block) => block.id === id) ?? []);
  return joined(prompt, first, blocks, find);
}

async function joined(
  prompt: TextSource,
  first: { text: string; includes: TextSource[] },
  blocks: TextSource[],
  find: FindAt,
): Promise<JoinedText> {
  const lineEnd = lineEndOf(prompt.body);
  const includes = new Map(first.includes.map((one) => [keyOf(one), one]));
  let { text } = first;
  for (const block of blocks) {
    const rendered = await renderedText(block, find);
    for (const one of rendered.includes)
      if (!includes.has(keyOf(one))) includes.set(keyOf(one), one);
    const lines = rendered.text
      .replace(/^(?:[ \t]*\r?\n)+/, '')
      .trimEnd()
      .split(/\r?\n/);
    if (lines.join('') === '') continue;
    const before = text.trimEnd();
    text = `${before === '' ? '' : before + lineEnd + lineEnd}${lines.join(lineEnd)}${lineEnd}`;
    if (Buffer.byteLength(text) > renderLimits.bytes)
      throw new ApiProblem(422, 'text_too_large', `With its blocks, the text of ${prompt.id} is larger than 1 MiB: join fewer.`); // prettier-ignore
  }
  return { text, blocks, includes: [...includes.values()] };
}

/** A text with its includes resolved. Throws 422 `includes_broken`. */
export async function renderedText(
  source: TextSource,
  find: FindAt,
): Promise<{ text: string; includes: TextSource[] }> {
  const result = await renderEntry(source, async (space, id) => {
    const found = await find(space, id);
    return found === null ? notFound(space, id) : sourceOf(found);
  });
  if (result.kind === 'broken') throw includesBroken(source, result.broken);
  return { text: result.text, includes: result.included };
}

function notFound(space: string, id: string): NotIncluded {
  return {
    code: 'include_not_found',
    message: `Space ${space} has no entry ${id} that you may read.`,
  };
}

function keyOf({ space, id }: TextSource): string {
  return `${space}\n${id}`;
}
