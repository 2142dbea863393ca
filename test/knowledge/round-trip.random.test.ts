import { expect, it } from 'vitest';
import { editEntry } from '../../knowledge/entries/edit-entry.ts';
import { builtInKinds } from '../../knowledge/kinds/kinds.ts';
import { readEntry } from '../../knowledge/entries/read-entry.ts';
import { roundTrip } from '../../knowledge/entries/round-trip.ts';
import type { JsonValue, Kind } from '../../model/knowledge/entry.ts';
import { entryCorpus } from '../support/knowledge/entry-corpus.ts';
import { SeededRandom } from '../support/seeded-random.ts';
import { randomRuns, randomSeed } from '../support/random-runs.ts';

const seed = randomSeed;
const files = randomRuns(200);
const [customer, category] = ['customer', 'category'].map((name): Kind => {
  const kind = builtInKinds.find((one) => one.name === name);
  if (kind === undefined) throw new Error(name);
  return kind;
}) as [Kind, Kind];

it(`keeps every byte except those of the value that changes, in ${files} files (seed ${seed})`, () => {
  const all = { unchanged: 0, edited: 0, refused: 0, unreadable: 0 };
  for (const { text, mayRefuse } of entryCorpus(seed, files)) {
    const { unchanged, edited, refused, wrong } = roundTrip(text, customer, 2);
    expect({ text, wrong }).toEqual({ text, wrong: [] });
    all.unchanged += unchanged;
    if (edited === 0 && mayRefuse) all.unreadable += 1;
    if (mayRefuse) continue;
    all.edited += edited;
    all.refused += refused.length;
  }
  expect(all.unchanged + all.unreadable).toBeGreaterThanOrEqual(files);
  expect(all.edited).toBeGreaterThan(files);
  expect(all.refused).toBeLessThanOrEqual(all.edited / 1_000);
});

it(`adds or removes a field or an item in one piece, in ${files / 4} files (seed ${seed})`, () => {
  const random = new SeededRandom(seed);
  let refused = 0;
  for (const { text, mayRefuse } of entryCorpus(seed + 1, files / 4)) {
    const { fields, body } = readEntry(text, customer);
    const [name, value] = random.of<[string, JsonValue | undefined]>([
      ['added', undefined],
      ...Object.entries(fields),
    ]);
    const change = Array.isArray(value) ? [...value, 'one more'] : name === 'added' ? 'new' : null;
    const edit = editEntry(text, customer, { fields: Object.fromEntries([[name, change]]) });
    if (edit.kind === 'refused') {
      if (!mayRefuse) refused += 1;
      continue;
    }
    const wanted = new Map(Object.entries(fields));
    if (change !== null) wanted.set(name, change);
    else if (value !== null) wanted.delete(name);
    const read = readEntry(edit.text, customer);
    expect({ text, fields: [...Object.entries(read.fields)], body: read.body }).toEqual({
      text,
      fields: [...wanted],
      body,
    });
    // Exactly one piece was added or removed.
    const [longer, shorter] =
      edit.text.length > text.length ? [edit.text, text] : [text, edit.text];
    if (change !== null || value === null || typeof value !== 'object')
      expect({ text, name, isOnePiece: isOnePiece(longer, shorter) }).toEqual({
        text,
        name,
        isOnePiece: true,
      });
  }
  // About one in 4,000: what would move a comment into the block before it, or stand after blanks that are its text.
  expect(refused).toBeLessThanOrEqual(2 + files / 4_000);
});

/** Whether the shorter text is the longer one without one piece. */
function isOnePiece(longer: string, shorter: string): boolean {
  let start = 0;
  while (start < shorter.length && longer[start] === shorter[start]) start += 1;
  return longer.endsWith(shorter.slice(start));
}

it('names what is refused, and why a file cannot be read', () => {
  expect(roundTrip('---\nid: a\na: [\n---\n', customer)).toMatchObject({
    ...{ edited: 0, refused: [] },
    unreadable: { line: 4, message: expect.stringContaining('cannot be read') as string },
  });
  expect(roundTrip('no front matter', customer)).toMatchObject({
    ...{ unchanged: 1, refused: [] },
    unreadable: { line: 1 },
  });
  expect(roundTrip('---\nid: a\nb: &x 1\nc: *x\n---\n', customer)).toMatchObject({
    edited: 1,
    refused: [
      { pointer: '/b', line: 3, message: expect.stringContaining('anchor') as string },
      { pointer: '/c', line: 4, message: expect.stringContaining('alias') as string },
    ],
    unreadable: null,
  });
});

it('also tries values in JSON', () => {
  expect(roundTrip('{\t"a": [1, {"b": "c"}],\r\n "x": null}\n', category)).toEqual({
    unchanged: 1,
    edited: 3,
    refused: [],
    unreadable: null,
    wrong: [],
  });
});
