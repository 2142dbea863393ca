import type { Static } from '@fastify/type-provider-typebox';
import { findEntry } from '../../../db/knowledge/entries.ts';
import type { BrokenInclude, NotIncluded } from '../../../knowledge/includes/broken-include.ts';
import { renderEntry, type RenderSource } from '../../../knowledge/includes/render-entry.ts';
import { renderSource } from '../../../knowledge/includes/render-source.ts';
import type { Caller } from '../../access/caller.ts';
import type { ApiDeps } from '../../http/deps.ts';
import { ApiProblem } from '../../http/problem.ts';
import { findSpaceOf } from '../spaces/space-access.ts';
import type { RenderedView } from './entry-schema.ts';
import { kindNamed, type OpenedEntry } from './open-entry.ts';

type View = Static<typeof RenderedView>;
type Source = RenderSource & { seen: View['includes'][number] };

/**
 * An entry's text with its includes, all of which the caller must be allowed to read. Throws 422 `entry_unreadable` if
 * there is no text, and 422 `includes_broken` with all broken includes.
 */
export async function renderedView(
  db: ApiDeps['db'],
  caller: Caller,
  opened: OpenedEntry,
): Promise<View> {
  const source = sourceOf(opened);
  if ('code' in source) throw new ApiProblem(422, 'entry_unreadable', source.message);
  const result = await renderEntry(source, async (space, id) => {
    const found = await findReadable(db, caller, space, id);
    return found === null ? notFound(space, id) : sourceOf(found);
  });
  if (result.kind === 'broken') throw includesBroken(source, result.broken);
  return {
    ...source.seen,
    body: result.text,
    includes: result.included.map(({ seen }) => seen),
  };
}

function sourceOf({ access, entry, kind }: OpenedEntry): Source | NotIncluded {
  const space = access.row.id;
  const { id, headText, headBlob, waiting, commitSha } = entry;
  const source = renderSource({ space, id }, headText, kind);
  if ('code' in source) return source;
  const seen = { space, id, kind: kind.name, blob: headBlob ?? '', commit: waiting ? null : commitSha }; // prettier-ignore
  return { ...source, seen };
}

/** An entry as it is now; `null` if there is none, or the caller may not read it. */
async function findReadable(
  db: ApiDeps['db'],
  caller: Caller,
  spaceId: string,
  id: string,
): Promise<OpenedEntry | null> {
  const access = await findSpaceOf(db, caller, spaceId);
  if (access === null) return null;
  const entry = await findEntry(db, spaceId, id);
  if (!entry?.headBlob || !access.may('reader', entry.kind)) return null;
  return { access, entry, kind: kindNamed(access, entry.kind) };
}

/** The same for what does not exist and for what the caller must not know of. */
function notFound(space: string, id: string): NotIncluded {
  const message = `Space ${space} has no entry ${id} that you may read.`;
  return { code: 'include_not_found', message };
}

/** So many are also in the message, which is for people. */
const shown = 10;

/** The 422 with all includes of an entry that cannot be resolved. */
export function includesBroken(
  { space, id }: Pick<Source, 'space' | 'id'>,
  broken: readonly BrokenInclude[],
): ApiProblem {
  const lines = broken.slice(0, shown).map((one) => {
    const file = one.space === space && one.id === id ? '' : `${one.space}/${one.id}, `;
    return `${file}line ${one.line}, ${one.include}: ${one.message}`;
  });
  const more = broken.length > shown ? ` And ${broken.length - shown} more.` : '';
  const detail = `Entry ${id} of space ${space} cannot be rendered. ${lines.join(' ')}${more}`;
  return new ApiProblem(422, 'includes_broken', detail, [], null, { broken });
}
