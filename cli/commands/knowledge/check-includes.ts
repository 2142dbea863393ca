import { join } from 'node:path';
import { readEntryBytes } from '../../../knowledge/entries/read-entry.ts';
import type { BrokenInclude, NotIncluded } from '../../../knowledge/includes/broken-include.ts';
import { renderEntry, type RenderSource } from '../../../knowledge/includes/render-entry.ts';
import { renderSource } from '../../../knowledge/includes/render-source.ts';
import { strayInclude } from '../../../knowledge/includes/text-parts.ts';
import { readBytes, type WorkingCopy } from './working-copy.ts';

/** What is wrong with the includes of a working copy. */
export interface CheckedIncludes {
  problems: { path: string; line: number; code: BrokenInclude['code']; message: string }[];
  hints: { path: string; line: number; message: string }[];
}

/** The space of the working copy, which does not know what it is called. */
const here = '';

/**
 * Finds the includes that cannot be resolved among these entries, by id. What is included from other spaces is not there,
 * and counts as a text without a line. Throws `UsageError` if a file cannot be read.
 */
export async function checkIncludes(
  dir: string,
  entries: ReadonlyMap<string, WorkingCopy['entries'][number]>,
): Promise<CheckedIncludes> {
  const sources = new Map<string, Promise<RenderSource | NotIncluded>>();
  const problems = new Map<string, CheckedIncludes['problems'][number]>();
  const hints: CheckedIncludes['hints'] = [];
  for (const [id, { path, kind }] of entries) {
    const source = kind.includes === true ? await sourceOf(id) : null;
    // A file that cannot be read is a problem anyway.
    if (source === null || 'code' in source) continue;
    const stray = strayInclude(source.body);
    if (stray !== null) hints.push({ path, line: source.bodyLine + stray - 1, message: noInclude });
    const result = await renderEntry(source, async (space, of) =>
      space === here ? sourceOf(of) : elsewhere(space, of),
    );
    for (const one of result.kind === 'broken' ? result.broken : []) {
      const { line, code, message } = one;
      const at = entries.get(one.id)?.path ?? path;
      // It is found again by every entry that includes this one.
      problems.set(`${line} ${at}`, {
        path: at,
        line,
        code,
        message: `${one.include}: ${message}`,
      });
    }
  }
  return { problems: [...problems.values()], hints };

  function sourceOf(id: string): Promise<RenderSource | NotIncluded> {
    const source = sources.get(id) ?? read(id);
    sources.set(id, source);
    return source;
  }

  async function read(id: string): Promise<RenderSource | NotIncluded> {
    const entry = entries.get(id);
    if (entry === undefined)
      return { code: 'include_not_found', message: `There is no entry ${id} in these files.` };
    const { text } = readEntryBytes(await readBytes(join(dir, entry.path)), entry.kind);
    return renderSource({ space: here, id }, text, entry.kind);
  }
}

const noInclude = 'This includes nothing: {{> …}} must be on a line of its own.';

function elsewhere(space: string, id: string): RenderSource {
  return { space, id, body: '', bodyLine: 1, hasIncludes: false, fileBytes: 0 };
}
