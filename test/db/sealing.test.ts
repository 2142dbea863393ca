import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createSealer, SealError } from '../../db/sealing.ts';

const [first, second, third] = [randomBytes(32), randomBytes(32), randomBytes(32)];
const text = Buffer.from('a secret');

/** A byte with another last bit. */
const flipped = (byte = 0) => Buffer.of(byte ^ 1);

describe('a sealer', () => {
  it('opens what it sealed, and seals differently each time', () => {
    const sealer = createSealer(first);
    const sealed = sealer.seal(text, 'place');
    expect(sealer.open(sealed, 'place')).toEqual(text);
    expect(sealer.seal(text, 'place')).not.toEqual(sealed);
    expect(sealed.subarray(0, sealer.headers[0].length)).toEqual(sealer.headers[0]);
  });

  it('opens what previous keys sealed, and seals with its own key', () => {
    const [old, older] = [createSealer(second), createSealer(third)];
    const sealer = createSealer(first, [second, third]);
    expect(sealer.open(old.seal(text, 'place'), 'place')).toEqual(text);
    expect(sealer.open(older.seal(text, 'place'), 'place')).toEqual(text);
    const sealed = sealer.seal(text, 'place');
    expect(createSealer(first).open(sealed, 'place')).toEqual(text);
    expect(() => old.open(sealed, 'place')).toThrow(SealError);
  });

  it('names the key that it lacks, and the setting to use', () => {
    const [id, own, previous] = [third, first, second].map((key) =>
      createSealer(key).headers[0].toString('hex', 1),
    );
    const sealed = createSealer(third).seal(text, 'credentials/1');
    const todo =
      'Give GITWARD_MASTER_KEY the key that this database was written with, or add that key to GITWARD_MASTER_KEY_PREVIOUS.';
    expect(() => createSealer(first).open(sealed, 'credentials/1')).toThrow(
      `credentials/1: sealed under the master key ${id}, but this is ${own}. ${todo}`,
    );
    expect(() => createSealer(first, [second]).open(sealed, 'credentials/1')).toThrow(
      `credentials/1: sealed under the master key ${id}, but this is ${own} (and the previous ${previous}). ${todo}`,
    );
  });

  it.each([
    [
      'changed',
      (sealed: Buffer) => Buffer.concat([sealed.subarray(0, -1), flipped(sealed.at(-1))]),
      'place',
    ],
    ['moved', (sealed: Buffer) => sealed, 'another place'],
    ['cut', (sealed: Buffer) => sealed.subarray(0, 20), 'place'],
  ])(
    'refuses a value that was %s, even if it was sealed with a previous key',
    (_what, change, place) => {
      const sealer = createSealer(first, [second]);
      for (const key of [first, second]) {
        const sealed = change(createSealer(key).seal(Buffer.from([1, 2, 3]), 'place'));
        expect(() => sealer.open(sealed, place)).toThrow(SealError);
      }
    },
  );

  it('refuses a key of another length', () => {
    expect(() => createSealer(randomBytes(31))).toThrow('31 bytes');
    expect(() => createSealer(first, [randomBytes(33)])).toThrow('33 bytes');
  });
});
