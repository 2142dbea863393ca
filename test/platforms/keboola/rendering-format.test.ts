import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { snapshotFormat } from '../../../model/mirror/snapshot.ts';
import { sampleProject } from '../../../platforms/sample/sample-project.ts';
import { render } from './platform-project.ts';

/** A digest of the rendered sample project, with the format of snapshots that it belongs to. */
const known = { format: 6, digest: 'c31747db0abbdd03' };

test('a change of what is rendered requires a higher format of snapshots', () => {
  const { files } = render(sampleProject('1', []));
  const lines = [...files.values()].map(({ path, blobId }) => `${blobId} ${path}\n`).sort();
  const digest = createHash('sha256').update(lines.join('')).digest('hex').slice(0, 16);
  // A window renders what changed since the snapshot. If the same project now gives different files, snapshots of an
  // older format are dropped, and the next window renders everything.
  expect(
    { format: snapshotFormat, digest },
    'The sample project gives different files. If this is because the rendering changed, raise `snapshotFormat` ' +
      'in model/mirror/snapshot.ts, then enter the format and the digest here.',
  ).toEqual(known);
});
