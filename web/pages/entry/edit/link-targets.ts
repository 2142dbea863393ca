import { api, dataOf } from '../../../api/client.ts';
import type { LinkTarget } from '../../../editor/rich/link-dialog.tsx';
import { relativePath } from './relative-path.ts';

/** Entries of a space with these words, as a link from a file leads to them. `from`: `null` if the file is not there yet. */
export async function findLinkTargets(
  { space, text, from }: { space: string; text: string; from: string | null },
  signal: AbortSignal,
): Promise<LinkTarget[]> {
  const params = { path: { space }, query: { q: text, limit: 8 } };
  const { items } = await dataOf(api.GET('/v1/spaces/{space}/entries', { params, signal }));
  return items.map(({ id, title, kind, path }) => ({
    ...{ id, title: title === '' ? id : title, detail: `${kind} · ${path}` },
    href: from === null ? `/${path}` : relativePath(from, path),
  }));
}
