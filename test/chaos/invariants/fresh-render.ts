import { listRenderedFiles } from '../../../db/mirror/rendered-files.ts';
import { mirrorStream } from '../../../model/mirror/ids.ts';
import { directoriesOf } from '../../../platforms/keboola/layout/directories-of.ts';
import { renderFully } from '../../support/mirror/full-render.ts';
import { mirrorKey, type Stage } from '../driver/stage.ts';

const parts = {
  jobs: { enabled: true, retainDays: 90, include: 'all' as const, backfillDays: 7 },
  samples: null,
};

/** The files of the mirror are what the source makes of its project now, read and rendered without the product. */
export async function renderProblems({ world, repositories }: Stage): Promise<string[]> {
  const known = await listRenderedFiles(world.db, mirrorStream(mirrorKey));
  const source = { url: world.sourceUrl, token: 'storage-api-token' };
  const files = await renderFully(source, mirrorKey, directoriesOf(known.values()), parts);
  const expected = new Map([...files.values()].map(({ path, blobId }) => [path, blobId]));
  const written = Object.entries(await repositories.mirror.blobIds());
  const found = new Map(written.filter(([path]) => isRendered(path)));
  const paths = [...new Set([...expected.keys(), ...found.keys()])];
  const different = paths.flatMap((path) => {
    const [wanted, written] = [expected.get(path), found.get(path)];
    if (wanted === written) return [];
    return wanted === undefined
      ? `${path} is too much`
      : `${path} is ${written === undefined ? 'missing' : 'different'}`;
  });
  return different.length === 0
    ? []
    : [`${different.length} files of the mirror differ from a fresh render: ${different.slice(0, 3).join(', ')}.`]; // prettier-ignore
}

function isRendered(path: string): boolean {
  return /^(configs|unlinked|storage|jobs|ai)\//.test(path) && !path.endsWith('/.gitattributes');
}
