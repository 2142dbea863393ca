import { Type } from '@fastify/type-provider-typebox';
import { listOtherEditors } from '../../../db/knowledge/drafts/editors.ts';
import { callerOf } from '../../access/authentication.ts';
import type { AddRoutes } from '../../http/deps.ts';
import { Name, Time } from '../../http/schema-parts.ts';
import { EntryParams } from '../entries/entry-schema.ts';
import { openEntry } from '../entries/open-entry.ts';

/** Who wrote so long ago at most is said to be writing now, in milliseconds. */
const now = 5 * 60_000;
/** As many are named at most. */
const most = 20;

const Editors = Type.Object({
  items: Type.Array(Type.Object({ name: Name, at: Time }), {
    description: `Those who wrote last come first; at most ${most}.`,
  }),
});

/** The route that says who else is writing an entry. */
export const addEditorRoute: AddRoutes = (api, deps) => {
  api.get(
    '/v1/spaces/:space/entries/:entry/editors',
    {
      config: { role: 'editor', refuses: [404, 422] },
      schema: {
        tags: ['drafts'],
        summary: 'Who else is writing an entry',
        description:
          'Others whose draft of it was written within the last five minutes. What they write stays theirs.',
        params: EntryParams,
        response: { 200: Editors },
      },
    },
    async (request) => {
      const { access, entry } = await openEntry(deps, request, 'editor');
      const found = await listOtherEditors(deps.db, {
        ...{ spaceId: access.row.id, entryId: entry.id, reader: callerOf(request) },
        ...{ since: new Date(Date.now() - now), limit: most },
      });
      return { items: found.map(({ name, at }) => ({ name, at: at.toISOString() })) };
    },
  );
};
