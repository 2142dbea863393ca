import { expect, it } from 'vitest';
import { composeBatch } from '../../../activities/mirror/deliver/compose-batch.ts';
import { keboola } from '../../../platforms/keboola/index.ts';
import type { RenderedFile } from '../../../model/platform/tree.ts';

const file = (path: string): RenderedFile => ({
  path,
  content: new Uint8Array(),
  blobId: '0'.repeat(40),
  owner: 'branch/1',
});

it('the message lists an object in unlinked/ only if the commit writes one of its files', () => {
  const object = (path: string) => ({ owner: 'branch/1', path, reasons: ['It has no place.'] });
  const { message } = composeBatch({
    reason: 'initial',
    key: { projectId: '7', branchId: '1' },
    projectName: 'Shop',
    view: { platform: keboola, facts: { branch: { name: '1' } }, objects: new Map() },
    changes: [],
    difference: {
      written: [file('unlinked/main/x/new/config.json'), file('unlinked/main/part/config.json')],
      removed: ['unlinked/main/x/gone/config.json'],
    },
    ownerBefore: () => undefined,
    replacedSecrets: 0,
    unlinked: [
      object('unlinked/main/x/new'),
      object('unlinked/main/x/ne'),
      object('unlinked/main/x/as-before'),
      object('unlinked/main/part/config.json'),
    ],
    authors: {},
    guard: { text: (text) => text },
    readAt: '2026-05-01T10:00:00.000Z',
  });
  expect(message.body.split('\n').slice(1)).toEqual([
    '    unlinked/main/x/new: It has no place.',
    '    unlinked/main/part/config.json: It has no place.',
  ]);
});
