import { expect } from 'vitest';
import type { Db } from '../../../db/connect.ts';
import { listRenderedFiles } from '../../../db/mirror/rendered-files.ts';
import type { GivenPaths, RenderedFile } from '../../../model/platform/tree.ts';
import { renderFully } from '../../support/mirror/full-render.ts';
import type { Activities } from '../activities-under-test.ts';

type Mirror = Awaited<ReturnType<Activities['mirror']>>;

/**
 * Compares the rendered state of a mirror, path by path, with a full reading that is rendered with the same
 * given paths, and returns its files. `said` tells what happened, for whoever reads the failure.
 */
export async function expectFullRender(
  db: Db,
  mirror: Pick<Mirror, 'platform' | 'key' | 'stream'>,
  paths: GivenPaths,
  said: readonly string[],
): Promise<ReadonlyMap<string, RenderedFile>> {
  const files = await renderFully(mirror.platform, mirror.key, paths);
  const known = await listRenderedFiles(db, mirror.stream);
  const wanted = new Map([...files.values()].map((file) => [file.path, file]));
  const differences = [...new Set([...wanted.keys(), ...known.keys()])].sort().flatMap((path) => {
    const [is, should] = [known.get(path), wanted.get(path)];
    if (is === undefined) return `missing     ${path}`;
    if (should === undefined) return `too much    ${path}`;
    if (is.blobId !== should.blobId)
      return `not this    ${path}: ${Buffer.from(should.content).toString().slice(0, 500)}`;
    return is.owner === should.owner ? [] : `not of ${is.owner} ${path}: of ${should.owner}`;
  });
  if (differences.length === 0) return files;
  const shown = [...differences.slice(0, 10), ...(differences.length > 10 ? ['…'] : [])];
  expect.fail(
    `${differences.length} files differ from a full render:\n${shown.join('\n')}\n\n` +
      `What happened, oldest first:\n${said.join('\n')}`,
  );
}
