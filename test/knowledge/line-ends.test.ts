import { describe, expect, it } from 'vitest';
import { editEntry, writeEntry } from '../../knowledge/entries/edit-entry.ts';
import { mergeEntries, settleConflict } from '../../knowledge/merge/merge-entries.ts';
import { customer, merging } from './merge/merging.ts';

const crlf = (text: string) => text.replaceAll('\n', '\r\n');
const mark = '\ufeff';
const head = '---\nid: acme\nname: Acme\n---\n';
const file = `${head}One\n\nTwo\n\nThree\n`;

/** The body as an editor sends it that has its own ideas about line ends. */
const editors: [string, (body: string) => string][] = [
  ['LF', (body) => body],
  ['CRLF', crlf],
  ['CR', (body) => body.replaceAll('\n', '\r')],
  ['no final newline', (body) => body.replace(/\n$/, '')],
  ['no empty lines at the end', (body) => body.trimEnd()],
  ['CRLF and no final newline', (body) => crlf(body.replace(/\n$/, ''))],
  ['a byte order mark', (body) => mark + body],
];

/** The file as somebody else's editor wrote it. */
const files: [string, string][] = [
  ['LF', file],
  ['CRLF', crlf(file)],
  ['no final newline', file.replace(/\n$/, '')],
  ['CRLF without a final newline', crlf(file).replace(/\r\n$/, '')],
  ['a byte order mark', mark + file],
  ['empty lines at its end', `${file}\n\n`],
  ['empty lines with several line ends at its end', `${file}\r\n\n`],
  ['mixed line ends', `${crlf(head)}One\n\r\nTwo\r\n\nThree\n`],
  ['mixed line ends, the last line without one', `${head}One\r\n\nTwo\n\r\nThree`],
  ['a line that ends with CR only', `${head}One\r\nTwo\rstill\n\nThree\n`],
];

describe.each(files)('a file with %s', (_file, text) => {
  const body = text.slice(text.search(/One/)).replace(/\r\n?/g, '\n');

  it.each(editors)('stays as it is if an editor sends the same body with %s', (_editor, sent) => {
    expect(edited(text, sent(body))).toBe(text);
  });

  it.each(editors)('changes in one line if an editor with %s changes a line', (_editor, sent) => {
    const wanted = text.replace('Three', 'Drei');
    expect(edited(text, sent(body.replace('Three', 'Drei')))).toBe(wanted);
  });

  it.each(editors)('loses only the line that an editor with %s removes', (_editor, sent) => {
    const line = /Two(?:\r\n|\n|\r)/;
    expect(edited(text, sent(body.replace(line, '')))).toBe(text.replace(line, ''));
  });

  it.each(editors)('gets a line with an end like its neighbour from %s', (_editor, sent) => {
    const { end = '' } = /One(?<end>\r?\n)/.exec(text)?.groups ?? {};
    expect(edited(text, sent(body.replace('One\n', 'One\nNew\n')))).toBe(
      text.replace('One', `One${end}New`),
    );
  });
});

it('a changed line at the end of a file without a final newline gets none', () => {
  expect(edited(`${head}One\nTwo`, 'One\nTwo\nThree\n')).toBe(`${head}One\nTwo\nThree`);
  expect(edited(`${head}One\nTwo`, 'One\n')).toBe(`${head}One`);
  expect(edited(`${head}One\nTwo`, 'One\nTwo\n\n')).toBe(`${head}One\nTwo`);
});

it('empty lines at the end can be added, and go with the line before them', () => {
  expect(edited(file, 'One\n\nTwo\n\nThree\n\n')).toBe(`${file}\n`);
  expect(edited(`${file}\n`, 'One\n\nTwo\n')).toBe(`${head}One\n\nTwo\n`);
  expect(edited(`${file}\n`, 'One\n\nTwo\n\nThree\n\nFour')).toBe(`${file}\nFour\n`);
  expect(edited(`${head}\n`, '\nOne\n')).toBe(`${head}\nOne\n`);
});

it('a body that is removed, or comes to a file without one, follows the file', () => {
  expect(edited(file, '')).toBe(head);
  expect(edited(crlf(head), 'One\nTwo')).toBe(crlf(`${head}One\nTwo\n`));
  expect(edited('---\nid: acme\n---', 'One\r\nTwo\r\n')).toBe('---\nid: acme\n---\nOne\nTwo');
  expect(edited('Only text\r\nOf two lines\r\n', 'Other\ntext')).toBe('Other\r\ntext\r\n');
});

it('a file with mixed line ends keeps them through many changes at once', () => {
  const lines = Array.from(
    { length: 3_000 },
    (_, at) => `${at % 7}${at % 3 === 0 ? '\r\n' : '\n'}`,
  );
  const changed = lines.map((line, at) => (at % 500 === 250 ? line.replace(/\d/, 'x') : line));
  const sent = changed.join('').replaceAll('\r\n', '\n');
  expect(edited(head + lines.join(''), sent)).toBe(head + changed.join(''));
});

it('takes little time for any texts', () => {
  const many = (line: string, count: number) => line.repeat(count);
  const hostile = [
    [many('a\n', 250_000) + many('a\r\n', 250_000), many('a\n', 499_000)],
    [`${many('\n', 400_000)}\r\n`, `x${many('\n', 350_000)}y`],
    [many('a\nb\r\n', 100_000), many('b\na\n', 100_000)],
    [many('\r', 400_000) + '\n', many('\r\n', 400_000)],
  ] as const;
  for (const [old, sent] of hostile) {
    const before = performance.now();
    edited(head + old, sent);
    expect(performance.now() - before).toBeLessThan(4_000);
  }
}, 30_000);

it('a new file has the line ends that we write, whatever the editor sends', () => {
  const text = writeEntry(customer, { id: 'acme' }, `${mark}One\r\nTwo`);
  expect(text).toBe('---\nid: acme\n---\nOne\nTwo\n');
});

describe('a field', () => {
  it('that is added to a file with mixed line ends has the one of its neighbour', () => {
    const mixed = '---\r\nid: acme\nname: Acme\n---\r\nOne\n';
    expect(fieldsEdited(mixed, { region: 'EMEA' })).toBe(
      '---\r\nid: acme\nname: Acme\nregion: EMEA\n---\r\nOne\n',
    );
  });
});

describe('merging', () => {
  const git = file.replace('One', 'Eins');
  const mine = file.replace('Three', 'Drei');
  const both = git.replace('Three', 'Drei');

  it.each([
    ['converts the file to CRLF', crlf],
    ['adds a byte order mark', (text: string) => mark + text],
    ['drops the final newline', (text: string) => text.replace(/\n$/, '')],
    ['does all of that', (text: string) => mark + crlf(text.replace(/\n$/, ''))],
  ])('keeps a paragraph of a colleague who also %s', async (_what, converted) => {
    expect(await mergeEntries(merging({ base: file, git: converted(git), mine }))).toEqual({
      kind: 'clean',
      text: converted(both),
    });
    // Somebody whose saves are older than the conversion, and somebody whose save converted it.
    expect(await mergeEntries(merging({ base: file, git, mine: converted(mine) }))).toEqual({
      kind: 'clean',
      text: both,
    });
    expect(await mergeEntries(merging({ base: converted(file), git, mine }))).toEqual({
      kind: 'clean',
      text: both,
    });
  });

  it('takes a conversion by a colleague, and mine on top of it', async () => {
    const sides = { base: file, git: crlf(file), mine };
    expect(await mergeEntries(merging(sides))).toEqual({ kind: 'clean', text: crlf(mine) });
  });

  it('does not count a conversion as a change', async () => {
    for (const sides of [
      { base: file, git, mine: crlf(file) },
      { base: file, git, mine: mark + git },
      { base: file, git: null, mine: crlf(file) },
    ])
      expect(await mergeEntries(merging(sides))).toEqual({ kind: 'clean', text: sides.git });
    expect(await mergeEntries(merging({ base: file, git: crlf(file), mine: null }))).toEqual({
      kind: 'clean',
      text: null,
    });
  });

  it('takes only my paragraph if the front matter cannot be read', async () => {
    const unreadable = (text: string, more: string) => text.replace('name: Acme', `name: [${more}`);
    const input = merging({
      base: unreadable(file, ''),
      git: crlf(unreadable(git, 'theirs')),
      mine: unreadable(mine, 'ours'),
    });
    expect(await mergeEntries(input)).toMatchObject({ kind: 'conflict', parts: [{ id: 'file' }] });
    expect(await settleConflict(input, { take: 'mine' })).toBe(crlf(unreadable(both, 'ours')));
    expect(await settleConflict(input, { take: 'git' })).toBe(input.git);
  });

  it('takes only my paragraph in a conflict with a file that was converted', async () => {
    const theirs = crlf(git.replace('Three', 'Trois'));
    const input = merging({ base: file, git: theirs, mine });
    const { parts } = (await mergeEntries(input)) as { parts?: unknown[] };
    expect(parts).toMatchObject([{ what: 'paragraph', git: 'Trois\n', mine: 'Drei\n' }]);
    expect(await settleConflict(input, { take: 'mine' })).toBe(crlf(both));
    expect(await settleConflict(input, { take: 'git' })).toBe(theirs);
    const own = { parts: { 'body:1': { value: 'Three\nor four' } } };
    expect(await settleConflict(input, own)).toBe(crlf(git.replace('Three', 'Three\nor four')));
    expect(await settleConflict(input, { text: both })).toBe(crlf(both));
  });
});

function edited(text: string, body: string): string {
  const result = editEntry(text, customer, { body });
  if (result.kind === 'refused') throw new Error(result.message);
  return result.text;
}

function fieldsEdited(text: string, fields: Record<string, string>): string {
  const result = editEntry(text, customer, { fields });
  if (result.kind === 'refused') throw new Error(result.message);
  return result.text;
}
