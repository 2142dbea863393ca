import type { AddRoutes } from '../../http/deps.ts';
import { callerOf } from '../../access/authentication.ts';
import { EntryParams, RenderedView } from './entry-schema.ts';
import { openEntry } from './open-entry.ts';
import { renderedView } from './rendered-view.ts';

/** The route that resolves an entry's includes. */
export const addRenderRoute: AddRoutes = (api, deps) => {
  api.get(
    '/v1/spaces/:space/entries/:entry/rendered',
    {
      config: { role: 'agent', refuses: [403, 404, 422] },
      schema: {
        tags: ['entries'],
        summary: 'Show the text of an entry with all includes resolved',
        description:
          'As it is now, including saves that are not in Git yet. Every included entry must be one that the caller may read. Otherwise it is 422 `includes_broken`, with all broken includes in `broken`: `code` (`include_not_found`, `include_unreadable`, `include_malformed`, `include_circular`, `include_limit`), the entry that has the line (`space`, `id`), `line`, `include` and `message`.',
        params: EntryParams,
        response: { 200: RenderedView },
      },
    },
    async (request) => {
      const opened = await openEntry(deps, request, 'reader');
      return renderedView(deps.db, callerOf(request), opened);
    },
  );
};
