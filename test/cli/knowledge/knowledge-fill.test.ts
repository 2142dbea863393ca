import { chmod, readdir, readFile, stat, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runKnowledge, workingCopy } from './run-knowledge.ts';

const uuid = '[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}';

/** What `fill` makes of one file; ids that it made are `UUID`. */
async function filled(path: string, content: string, others: Record<string, string> = {}) {
  const folder = await workingCopy({ ...others, [path]: content });
  const ran = await runKnowledge(['fill', folder]);
  const text = await readFile(join(folder, path), 'utf8');
  return {
    ...{ code: ran.code, folder, id: new RegExp(uuid).exec(text)?.[0] },
    text: text.replace(new RegExp(uuid), 'UUID'),
    out: ran.out.replaceAll(`${folder}/`, '').replaceAll(new RegExp(uuid, 'g'), 'UUID'),
  };
}

describe('fill', () => {
  it('adds what can be derived, and prints it', async () => {
    const { code, text, out } = await filled(
      'knowledge/customers/acme.md',
      "---\nregion: 'EMEA'   # since 2020\n---\n\n# Acme *Corp*\n",
    );
    expect(text).toBe(
      "---\nregion: 'EMEA'   # since 2020\nid: UUID\nname: Acme Corp\nactive: true\n---\n\n# Acme *Corp*\n",
    );
    expect(out).toBe(
      'knowledge/customers/acme.md: id: "UUID", name: "Acme Corp", active: true\n1 file filled, 0 refused.\n',
    );
    expect(code).toBe(0);
  });

  it('makes entries that pass, and finds nothing to add to them', async () => {
    const { folder } = await filled('knowledge/skills/a.md', 'Text');
    expect(await runKnowledge(['check', folder])).toMatchObject({ code: 0 });
    expect((await runKnowledge(['fill', folder])).out).toBe('0 files filled, 0 refused.\n');
  });

  it('gives each file an id of its own', async () => {
    const others = { 'knowledge/skills/b.md': '' };
    const { folder, id } = await filled('knowledge/skills/a.md', '', others);
    expect(await readFile(join(folder, 'knowledge/skills/b.md'), 'utf8')).not.toContain(id);
  });

  it('leaves existing fields alone', async () => {
    const text = '---\nactive: false\ntitle: 5\nid: 7\n---\n# Another';
    expect((await filled('knowledge/skills/a.md', text)).text).toBe(text);
  });

  it('fills what is empty', async () => {
    const { text } = await filled('knowledge/skills/a.md', '---\nid:\ntitle: ""\nactive:\n---\n');
    expect(text).toBe('---\nid: UUID\ntitle: "A"\nactive: true\n---\n');
  });

  it.each([
    ['# One\n# Two\n', 'One'],
    ['Text\n\n## [Two](https://example.com) `x` ##\n', 'Two x'],
    ['```sh\n# a comment\n```\n# After\n', 'After'],
    ['~~~\n```\n# in code\n~~~\n# After\n', 'After'],
    ['#hash\n#\n    # code\n', 'How we sell'],
    [`# ${'long '.repeat(100)}\n`, expect.stringMatching(/^long [long ]{1,195}$/)],
    ['', 'How we sell'],
  ])('calls it by its first heading, else its file: %j', async (body, title) => {
    const { folder } = await filled('knowledge/skills/how-we_sell.md', body);
    const { out } = await runKnowledge(['check', folder, '--json']);
    expect(JSON.parse(out)).toEqual({ entries: 1, problems: [], hints: [] });
    const text = await readFile(join(folder, 'knowledge/skills/how-we_sell.md'), 'utf8');
    expect(/^title: (.*)$/m.exec(text)?.[1]).toEqual(title);
  });

  it.each([
    ['no line end at the end', 'Text'],
    ['CRLF', 'One\r\nTwo\r\n'],
    ['mixed line ends', 'One\nTwo\r\n\r\n'],
    ['what looks like fences', 'One\n---\nTwo\n---\n'],
    ['a longer rule', '----\nOne\n'],
    ['nothing', ''],
    ['a lone line end', '\n'],
  ])('keeps the body of a file without front matter to the byte: %s', async (_what, body) => {
    const { text } = await filled('knowledge/skills/a.md', body);
    expect(text.replaceAll('\r', '')).toMatch(/^---\nid: UUID\ntitle: A\nactive: true\n---\n/);
    expect(text.slice(-body.length || text.length)).toBe(body);
    const head = text.slice(0, text.length - body.length);
    expect(head.includes('\r\n')).toBe(/^[^\n]*\r\n/.test(body));
    expect(head.split('\n')).toHaveLength(6);
  });

  it('keeps a byte order mark first', async () => {
    const { text } = await filled('knowledge/skills/a.md', '\ufeffText');
    expect(text).toBe('\ufeff---\nid: UUID\ntitle: A\nactive: true\n---\nText');
  });

  it('reports what it cannot edit, with the line, and fills the rest', async () => {
    const torn = '---\ntitle: Torn\nowners: [\n---\n';
    const { code, text, out, folder } = await filled('knowledge/skills/torn.md', torn, {
      'knowledge/skills/a.md': '',
    });
    expect(text).toBe(torn);
    expect(out).toMatch(/^knowledge\/skills\/torn\.md:[234]: not filled: /m);
    expect(out).toContain('1 file filled, 1 refused.');
    expect(await readFile(join(folder, 'knowledge/skills/a.md'), 'utf8')).toContain('title: A');
    expect(code).toBe(1);
  });

  it('adds what the kind knows, and nothing that it refuses', async () => {
    const properties = { id: { type: 'integer' }, active: { type: 'string' }, label: {} };
    const schema = { properties, 'x-gitward': { folder: 'presets', title: 'label' } };
    const { text } = await filled('knowledge/presets/dark.md', '', {
      'knowledge/.schemas/preset.json': JSON.stringify(schema),
    });
    expect(text).toBe('---\nlabel: Dark\n---\n');
  });

  it('does not touch the one file of a kind, nor what is no entry', async () => {
    const others = { 'knowledge/skills/README.md': 'For people.', 'knowledge/notes.md': 'Text' };
    const { text, out } = await filled('knowledge/categories/metadata.json', '{}', others);
    expect(text).toBe('{}');
    expect(out).toBe('0 files filled, 0 refused.\n');
  });

  it('writes nothing in a dry run', async () => {
    const folder = await workingCopy({ 'knowledge/skills/a.md': 'Text' });
    const { out } = await runKnowledge(['fill', folder, '--dry-run']);
    expect(out.replace(`${folder}/`, '')).toBe(
      'knowledge/skills/a.md: id: (a new one), title: "A", active: true\n1 file would be filled, 0 refused.\n',
    );
    expect(await readFile(join(folder, 'knowledge/skills/a.md'), 'utf8')).toBe('Text');
  });

  it("keeps a file's permissions, leaves nothing next to it, and follows no links", async () => {
    const outside = await workingCopy({ 'x.md': 'Not ours.' });
    const folder = await workingCopy({ 'knowledge/skills/a.md': '' });
    await chmod(join(folder, 'knowledge/skills/a.md'), 0o664);
    await symlink(join(outside, 'x.md'), join(folder, 'knowledge/skills/x.md'));
    await runKnowledge(['fill', folder]);
    expect((await stat(join(folder, 'knowledge/skills/a.md'))).mode & 0o777).toBe(0o664);
    expect(await readdir(join(folder, 'knowledge/skills'))).toEqual(['a.md', 'x.md']);
    expect(await readFile(join(outside, 'x.md'), 'utf8')).toBe('Not ours.');
  });
});
