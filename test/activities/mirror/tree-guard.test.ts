import { expect, it } from 'vitest';
import { TreeGuard } from '../../../activities/mirror/tree-guard.ts';
import { blobId } from '../../../git/blob-id.ts';
import type { RenderedFile } from '../../../model/platform/tree.ts';
import { guardWith } from '../../secrets/guard-under-test.ts';
import { SeededSigns } from '../../secrets/seeded-signs.ts';
import { trueSecrets } from '../../secrets/true-secrets.ts';

const texts = guardWith();
const secret = trueSecrets['a token of GitHub']?.(new SeededSigns(5)).text ?? '';

function file(text: string): RenderedFile {
  const content = Buffer.from(text);
  return { path: 'a.sql', content, blobId: blobId(content), owner: 'config/1/a/b' };
}

it('what was made of a content stays, whatever the rules of this version make of it', () => {
  const given = file(`SET a = '${secret}'`);
  // Other rules masked it in another way, or saw nothing in it.
  const otherwise = {
    ...{ path: 'a.sql', owner: 'config/1/a/b', blobId: 'f'.repeat(40) },
    maskedFrom: texts.fingerprint(given.content),
  };
  const unseen = { ...otherwise, blobId: given.blobId, maskedFrom: null };
  for (const before of [otherwise, unseen]) {
    const guard = new TreeGuard(texts, new Map([['a.sql', before]]));
    expect(guard.asBefore(given)).toEqual(before);
    expect(guard.findings).toEqual([]);
    // Its owner is as it is now.
    expect(guard.asBefore({ ...given, owner: 'config/1/a/c' })).toMatchObject({
      owner: 'config/1/a/c',
    });
    // Another content is looked at.
    expect(guard.asBefore(file(`SET b = '${secret}'`))).toBeNull();
  }
});

it('what is masked says from which content, by a fingerprint that gives nothing away', () => {
  const guard = new TreeGuard(texts, new Map());
  const given = file(`SET a = '${secret}'`);
  const passed = guard.look(given);
  expect(Buffer.from(passed.content).toString()).toBe("SET a = '[secret masked by Gitward]'");
  expect(passed.blobId).toBe(blobId(passed.content));
  expect(passed.maskedFrom).toMatch(/^[0-9a-f]{32}$/);
  expect(guard.findings).toMatchObject([{ path: 'a.sql', line: 1, column: 10 }]);
  const plain = file('SELECT 1');
  expect(guard.look(plain)).toBe(plain);
});
