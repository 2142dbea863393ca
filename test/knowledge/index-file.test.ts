import { expect, it } from 'vitest';
import { indexPath, renderIndex } from '../../knowledge/entries/index-file.ts';
import { builtInKinds } from '../../knowledge/kinds/kinds.ts';

const [skill] = builtInKinds;
if (skill === undefined) throw new Error('There are no kinds.');

it('there is one file for each kind', () => {
  expect(builtInKinds.map((kind) => indexPath(kind, 'knowledge'))).toEqual([
    'knowledge/.index/skills.json',
    'knowledge/.index/customers.json',
    'knowledge/.index/prompts-system.json',
    'knowledge/.index/prompts-blocks.json',
    'knowledge/.index/templates-slides.json',
    'knowledge/.index/templates-documents.json',
    'knowledge/.index/documents.json',
    'knowledge/.index/environments.json',
    'knowledge/.index/categories-metadata.json',
  ]);
  expect(indexPath(skill, '')).toBe('.index/skills.json');
});

it('has one entry per line, sorted by id, whatever the order of the entries', () => {
  const entry = (id: string, fields = {}) => ({ id, title: id, path: `skills/${id}.md`, fields });
  const entries = [entry('b', { active: true, other: 1, id: 'b' }), entry('a'), entry('Z')];
  const text = renderIndex(skill, entries);
  expect(text).toBe(`[
  {"id":"Z","title":"Z","path":"skills/Z.md"},
  {"id":"a","title":"a","path":"skills/a.md"},
  {"id":"b","title":"b","path":"skills/b.md","active":true}
]
`);
  expect(renderIndex(skill, entries.reverse())).toBe(text);
  expect(renderIndex(skill, [])).toBe('[]\n');
});

it('leaves out long values', () => {
  const of = (length: number) => ({ fields: { categories: ['x'.repeat(length - 4)] } });
  const entries = [501, 500].map((length) => ({
    id: `${length}`,
    title: 'T',
    path: 'p',
    ...of(length),
  }));
  expect(renderIndex(skill, entries).match(/"categories"/g)).toHaveLength(1);
});

it('never lets a field replace the id, the title or the path', () => {
  const kind = { ...skill, indexFields: ['path', 'title', 'constructor'] };
  const fields = { path: 'elsewhere', title: 'Other' };
  expect(renderIndex(kind, [{ id: 'a', title: 'A', path: 'p', fields }])).toBe(
    '[\n  {"id":"a","title":"A","path":"p"}\n]\n',
  );
});
