import type { Kind } from '../../model/knowledge/entry.ts';
import { findFrontMatter, lineAt } from '../front-matter/front-matter.ts';
import type { NotIncluded } from './broken-include.ts';
import type { RenderSource } from './render-entry.ts';

/**
 * An entry's text as it is rendered and included: what follows its front matter. `text` is its file, or `null` if that is
 * not UTF-8 or larger than 1 MiB.
 */
export function renderSource(
  { space, id }: Pick<RenderSource, 'space' | 'id'>,
  text: string | null,
  kind: Kind,
): RenderSource | NotIncluded {
  if (text === null) return unreadable('is not UTF-8 text of at most 1 MiB.');
  if (kind.format === 'json') return unreadable('is JSON, which has no text.');
  const fences = findFrontMatter(text);
  if ('code' in fences && fences.code !== 'no_front_matter')
    return unreadable(`cannot be read: ${fences.message}`);
  const start = 'code' in fences ? Number(text.startsWith('\ufeff')) : fences.bodyStart;
  return {
    ...{ space, id, body: text.slice(start), bodyLine: lineAt(text, start) },
    hasIncludes: kind.includes === true,
    fileBytes: Buffer.byteLength(text),
  };

  function unreadable(why: string): NotIncluded {
    return { code: 'include_unreadable', message: `The file of ${id} ${why}` };
  }
}
