import { Type } from '@fastify/type-provider-typebox';
import type { Mirror } from '../../../db/mirror/mirrors.ts';
import { listRenderedFiles } from '../../../db/mirror/rendered-files.ts';
import { mirrorStream } from '../../../model/mirror/ids.ts';
import { sampleKey, samplesKey } from '../../../model/platform/object-key.ts';
import { cut } from '../../../model/text/outside-text.ts';
import type { Api } from '../../http/deps.ts';
import { MirrorParams, Nullable } from '../../http/schema-parts.ts';
import { readMirror, type ReadingDeps } from './open-reading.ts';
import { idText, ReadAt } from './reading-schema.ts';
import { readAt } from './tree-routes.ts';

/** What is shown of a wide table and of a long value, in columns and characters. */
const mostColumns = 100;
const longestValue = 500;

const SampleView = Type.Interface([ReadAt], {
  tableId: Type.String(),
  path: Nullable(Type.String({ description: 'Its file, which has everything.' })),
  columnCount: Type.Integer({ description: 'How many columns the file has.' }),
  columns: Type.Array(Type.String(), { description: `At most ${mostColumns}.` }),
  rows: Type.Array(Type.Array(Nullable(Type.String())), {
    description: `At most 100; a value of more than ${longestValue} characters is cut. \`null\`: the table has no value there.`,
  }),
  reason: Nullable(Type.String({ description: 'Why there is no sample; `null` if there is one.' })),
});

/** The route that shows the sample of a table, as the mirror's newest tree has it. */
export function addSampleRoutes(api: Api, deps: ReadingDeps): void {
  api.get(
    '/v1/projects/:project/mirrors/:branch/sample',
    {
      config: { role: 'agent', refuses: [404, 409, 422, 502] },
      schema: {
        tags: ['reading'],
        summary: 'The first rows of a table, or why there are none',
        params: MirrorParams,
        querystring: Type.Object({ table: idText }),
        response: { 200: SampleView },
      },
    },
    async (request) => {
      const { table } = request.query;
      return readMirror(deps, request, async (reading) => {
        const { key, head, row } = reading;
        const owners = [sampleKey(key.branchId, table)];
        const written = await listRenderedFiles(deps.db, mirrorStream(key), { owners, kinds: [] });
        // The file that is read best: `.csv` comes before `.json`.
        const [path = null] = [...written.keys()].sort();
        const sample =
          path === null ? null : await reading.layout.reading.sample(path, reading.files(head));
        return {
          ...readAt(reading, head),
          ...{ tableId: table, path },
          columnCount: sample?.columns.length ?? 0,
          columns: (sample?.columns ?? []).slice(0, mostColumns).map(shown),
          rows: (sample?.rows ?? []).map((values) =>
            values.slice(0, mostColumns).map((value) => value && shown(value)),
          ),
          reason: sample === null ? whyNone(row, table, path) : null,
        };
      });
    },
  );
}

const shown = (text: string): string => cut(text, longestValue);

function whyNone({ branchId, policy, warnings }: Mirror, table: string, path: string | null) {
  if (!policy.samples.enabled) return 'The mirror writes no samples: they are off in its settings.';
  if (path !== null) return `The repository has no sample that can be read in ${path}.`;
  const owners: string[] = [sampleKey(branchId, table), samplesKey(branchId)];
  const warning = owners.flatMap((owner) => warnings.find((one) => one.owner === owner) ?? []);
  return (
    warning[0]?.message ??
    "The table is left out by the mirror's settings for samples, or it has not been read yet."
  );
}
