import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { snapshotFormat } from '../../../model/mirror/snapshot.ts';
import { sampleProject } from '../../../platforms/sample/sample-project.ts';
import { render } from './platform-project.ts';

/** What the sample project renders to, by the format of snapshots. */
const known = { format: 3, digest: 'a6fa189ba20d324e' };

test('whoever changes what is rendered raises the format of snapshots', () => {
  const { files } = render(sampleProject('1', []));
  const lines = [...files.values()].map(({ path, blobId }) => `${blobId} ${path}\n`).sort();
  const digest = createHash('sha256').update(lines.join('')).digest('hex').slice(0, 16);
  // Windows render what changed since the snapshot. Where the same project gives other files than before, a
  // snapshot of another format is thrown away, and the next window renders everything.
  expect(
    { format: snapshotFormat, digest },
    'The sample project gives other files than before. Was it the rendering that changed, raise `snapshotFormat` ' +
      'in model/mirror/snapshot.ts; then note format and digest here.',
  ).toEqual(known);
});
