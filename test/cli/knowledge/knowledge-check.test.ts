import { readFileSync } from 'node:fs';
import { mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readBytes } from '../../../cli/commands/knowledge/working-copy.ts';
import { readExamples } from '../../../knowledge/checks/read-examples.ts';
import { updatedFields } from '../../../knowledge/kinds/date-fields.ts';
import { builtInKinds, kindOfPath } from '../../../knowledge/kinds/kinds.ts';
import { isSchemaPath, readSchemaFile } from '../../../knowledge/kinds/read-schema-file.ts';
import { readRules } from '../../../knowledge/review/read-rules.ts';
import { runKnowledge, workingCopy } from './run-knowledge.ts';

const acme = '---\nid: acme\nname: Acme\n---\n';
const schema = (settings: object, more = {}) =>
  JSON.stringify({ type: 'object', required: ['id'], ...more, 'x-gitward': settings });

/** What `check` says of these files, with paths from their folder. */
async function checked(files: Record<string, string | Uint8Array>, ...args: string[]) {
  const folder = await workingCopy(files);
  const ran = await runKnowledge(['check', folder, ...args]);
  return { ...ran, lines: ran.out.replaceAll(`${folder}/`, '').trimEnd().split('\n') };
}

describe('check', () => {
  it('finds nothing where all is well', async () => {
    const { code, lines } = await checked({ 'knowledge/customers/acme.md': acme });
    expect(lines).toEqual(['1 entry, no problems.']);
    expect(code).toBe(0);
  });

  it('says what is wrong, and at which line', async () => {
    const { code, lines } = await checked({
      'knowledge/customers/acme.md': acme,
      'knowledge/customers/copy.md': '---\nname: Acme\nid: acme\nactive: perhaps\n---\n',
      'knowledge/customers/none.md': 'No front matter.\n',
      'knowledge/customers/torn.md': '---\nid: torn\nname: "\n---\n',
      'knowledge/customers/latin.md': Buffer.from([0x2d, 0xe9]),
      'knowledge/customers/large.md': 'x'.repeat(1024 * 1024 + 1),
    });
    expect(lines).toEqual([
      'knowledge/customers/copy.md:3: knowledge/customers/acme.md also has the id acme: change one of the two.',
      'knowledge/customers/copy.md:4: This must be true or false or empty.',
      'knowledge/customers/large.md:1: The file is larger than 1 MiB.',
      'knowledge/customers/latin.md:1: The file is not UTF-8 text: save it with that encoding.',
      'knowledge/customers/none.md:1: The file has no front matter, which begins with a line `---`.',
      expect.stringMatching(/^knowledge\/customers\/torn.md:[34]: The front matter cannot be read/),
      '6 entries, 6 problems in 5 files.',
    ]);
    expect(code).toBe(1);
  });

  it('says what is wrong with the rules of review', async () => {
    const rules = ['review:', '  - name: Prices', '    kind: [skill]', '    approvers: [boss]'];
    const files = {
      'knowledge/customers/acme.md': acme,
      'knowledge/.gitward/rules.yml': rules.join('\n'),
    };
    expect(await checked(files)).toMatchObject({
      code: 1,
      lines: [
        expect.stringMatching(/^knowledge\/.gitward\/rules.yml:3: A rule has no key "kind"/),
        '1 entry, 1 problem in 1 file.',
      ],
    });
    files['knowledge/.gitward/rules.yml'] = 'review:\n  - name: A\n    kinds: [customer]\n';
    expect((await checked(files)).lines).toEqual(['1 entry, no problems.']);
    const others = {
      ...files,
      'knowledge/.gitward/rules.yml': 'review:\n  - name: A\n    kinds: [glossary]\n',
      'knowledge/.gitward/Rules.yaml': '',
    };
    expect((await checked(others)).lines).toEqual([
      'knowledge/.gitward/Rules.yaml:1: Rules are read from knowledge/.gitward/rules.yml only: rename this file.',
      'knowledge/.gitward/rules.yml:1: The rule "A" is about the kind "glossary", which this space does not have: write another, or remove it.',
      '1 entry, 2 problems in 2 files.',
    ]);
    const atRoot = { 'customers/acme.md': acme, '.gitward/rules.yml': 'reviews: []\n' };
    expect((await checked(atRoot, '--root', '.')).lines[0]).toContain(
      '.gitward/rules.yml:1: The key',
    );
  });

  it('finds files that Windows and macOS take for one, entries or not', async () => {
    const other = acme.replace('id: acme', 'id: other');
    const { code, lines } = await checked({
      'knowledge/customers/Acme.md': acme,
      'knowledge/customers/acme.md': other,
      'knowledge/Customers/beta.md': 'No entry.',
      'knowledge/customers/beta.md': acme.replace('acme', 'beta'),
      'knowledge/notes/A.txt': 'Not ours.',
      'knowledge/notes/a.txt': 'Not ours.',
    });
    expect(lines).toEqual([
      'knowledge/customers/acme.md:1: On Windows and macOS this is the same file as knowledge/customers/Acme.md, so a clone there has only one of the two: rename one.',
      'knowledge/customers/beta.md:1: On Windows and macOS this is the same file as knowledge/Customers/beta.md, so a clone there has only one of the two: rename one.',
      '3 entries, 2 problems in 2 files.',
    ]);
    expect(code).toBe(1);
  });

  it('reads the space as Gitward does: its own kinds, and what is no entry', async () => {
    const { code, lines } = await checked({
      'knowledge/.schemas/preset.json': schema(
        { folder: 'presets' },
        { properties: { theme: { enum: ['dark'] } } },
      ),
      'knowledge/.schemas/README.md': 'What kinds there are.',
      'knowledge/.schemas/theme.json': schema({ folder: 'presets' }),
      'knowledge/.schemas/broken.json': '{',
      'knowledge/presets/dark.md': '---\nid: dark\ntheme: light\n---\n',
      'knowledge/presets/README.md': 'For people.',
      'knowledge/presets/_draft.md': 'Not yet.',
      'knowledge/.git/customers/x.md': 'Not ours.',
      'knowledge/.index/customers.json': '[',
      'customers/elsewhere.md': 'Not in the root.',
    });
    expect(lines).toEqual([
      expect.stringContaining('knowledge/.schemas/broken.json:1: The file is not JSON in UTF-8'),
      'knowledge/.schemas/theme.json:1: "presets" is already the place of the kind "preset": choose another in "x-gitward".',
      'knowledge/presets/dark.md:3: This must be one of "dark".',
      '1 entry, 3 problems in 3 files.',
    ]);
    expect(code).toBe(1);
  });

  it('does not follow symbolic links', async () => {
    const outside = await workingCopy({
      'x/secret.md': 'Not ours.',
      'customers/x.md': 'Nor this.',
    });
    const folder = await workingCopy({ 'knowledge/customers/acme.md': acme });
    await symlink(join(outside, 'x/secret.md'), join(folder, 'knowledge/customers/secret.md'));
    await symlink(join(outside, 'x'), join(folder, 'knowledge/customers/more'));
    expect(await runKnowledge(['check', folder])).toMatchObject({
      code: 0,
      out: '1 entry, no problems.\n',
    });
    // Nor one that took a file's place since the folder was listed.
    await expect(readBytes(join(folder, 'knowledge/customers/secret.md'))).rejects.toThrow('ELOOP');
    const other = await workingCopy({});
    await symlink(outside, join(other, 'knowledge'));
    expect(await runKnowledge(['check', other])).toMatchObject({ code: 2 });
    await mkdir(join(other, 'a'));
    await symlink(outside, join(other, 'a/b'));
    expect(await runKnowledge(['check', other, '--root', 'a/b'])).toMatchObject({ code: 2 });
  });

  it('fails if it finds no entry, because the root may be wrong', async () => {
    for (const files of [{ 'customers/acme.md': acme }, { 'knowledge/README.md': 'For people.' }])
      expect(await checked({ 'knowledge/x.txt': '', ...files })).toMatchObject({
        code: 1,
        lines: [expect.stringMatching(/^There are no entries below .*knowledge: say with --root/)],
      });
  });

  it.each([
    ['{\n  "type": "object",\n  "x-gitward": {"folder": "presets"},\n}', 4],
    ['{\n  "type": "object"\n  "x-gitward": {}\n}', 3],
    ['{\n"properties": {\n"name": {\n"type": "strng"\n}},\n"x-gitward": {"folder": "a"}}', 4],
    ['{\n"properties": {\n"name": {\n"pattern": "x"\n}},\n"x-gitward": {"folder": "a"}}', 4],
    ['{"properties": {"a": {\n"$ref": "#/$defs/none"}},\n"x-gitward": {"folder": "a"}}', 2],
    ['{\n"x-gitward": {\n"folder": "_a"\n}}', 3],
    ['{\n"x-gitward": {"folder": "a",\n"index": [1]\n}}', 3],
    ['{\n"x-gitward": {"folder": "a",\n"colour": "red"\n}}', 3],
    ['{\n"type": "array",\n"x-gitward": {"folder": "a"}}', 2],
    ['{\n"title": "\\u0000",\n"x-gitward": {"folder": "a"}}', 2],
    ['{\n"title": "T",\n"x-gitward": {"folder": "customers"}}', 3],
    ['{}', 1],
    ['[]', 1],
    [Buffer.from([0x7b, 0x0a, 0xff]), 2],
    ['['.repeat(20_000), 1],
  ])('says at which line a schema file is wrong: %#', async (content, line) => {
    const { lines, code } = await checked({ 'knowledge/.schemas/preset.json': content });
    expect(lines[0]).toMatch(new RegExp(`^knowledge/.schemas/preset.json:${line}: `));
    expect(code).toBe(1);
  });

  it('finds broken includes, in the entries that have them', async () => {
    const prompt = (id: string, body: string) => `---\nid: ${id}\nname: ${id}\n---\n${body}`;
    const { code, lines } = await checked({
      'knowledge/prompts/system/call.md': prompt(
        'call',
        '{{> tone}}\n{{> gone}}\n{{> brand/unknown}}\nDear {{> tone}},\n',
      ),
      'knowledge/prompts/system/other.md': prompt('other', '{{> call}}\n{{> broken\n\\{{> x}}\n'),
      'knowledge/prompts/blocks/tone.md': prompt('tone', 'Plain words.\n{{> terms}}\n'),
      'knowledge/skills/terms.md': '---\nid: terms\ntitle: Terms\n---\n{{> as it is}}\n',
      'knowledge/prompts/blocks/a.md': prompt('a', '\n{{> b}}\n'),
      'knowledge/prompts/blocks/b.md': prompt('b', '{{> a}}\n'),
      'knowledge/prompts/blocks/torn.md': '---\nid: torn\nname: Torn\n',
      'knowledge/prompts/blocks/latin.md': Buffer.from(prompt('latin', 'caf\u00e9'), 'latin1'),
      'knowledge/templates/documents/torn.md': prompt('page', '{{> torn}}\n{{> latin}}\n'),
    });
    expect(lines).toEqual([
      'knowledge/prompts/blocks/a.md:6: {{> b}}: This includes itself: b → a → b.',
      'knowledge/prompts/blocks/b.md:5: {{> a}}: This includes itself: a → b → a.',
      'knowledge/prompts/blocks/latin.md:1: The file is not UTF-8 text: save it with that encoding.',
      'knowledge/prompts/blocks/torn.md:1: The front matter does not end: it must end with a line `---`.',
      'knowledge/prompts/system/call.md:6: {{> gone}}: There is no entry gone in these files.',
      expect.stringMatching(
        /^knowledge\/prompts\/system\/other\.md:6: \{\{> broken: This is no include/,
      ),
      'knowledge/templates/documents/torn.md:5: {{> torn}}: There is no entry torn in these files.',
      'knowledge/templates/documents/torn.md:6: {{> latin}}: The file of latin is not UTF-8 text of at most 1 MiB.',
      'knowledge/prompts/system/call.md:8: hint: This includes nothing: {{> …}} must be on a line of its own.',
      '9 entries, 8 problems in 7 files.',
    ]);
    expect(code).toBe(1);
  });

  it('uses the root that was given', async () => {
    const files = { 'customers/acme.md': '---\nid: acme\n---\n', 'a/b/customers/beta.md': acme };
    expect((await checked(files, '--root', '.')).lines[0]).toContain('customers/acme.md:');
    expect((await checked(files, '--root', './a/b/')).lines).toEqual(['1 entry, no problems.']);
  });

  it('reports what is wrong with the command line, with exit code 2', async () => {
    const folder = await workingCopy({ file: '' });
    for (const args of [['/no/such/folder'], [folder], [folder, '--root', 'file']])
      expect(await runKnowledge(['check', ...args])).toEqual({
        code: 2,
        out: '',
        error: expect.stringContaining('gitward: There is no folder') as string,
      });
    expect(await runKnowledge(['check', folder, '--root', '../up'])).toMatchObject({ code: 2 });
    expect(await runKnowledge(['check', folder, '--bogus'])).toMatchObject({ code: 2 });
  });

  it('answers programs as JSON', async () => {
    const { out, code } = await checked({ 'knowledge/skills/a.md': '---\nid: a\n---\n' }, '--json');
    expect(JSON.parse(out)).toEqual({
      entries: 1,
      problems: [
        {
          ...{ path: 'knowledge/skills/a.md', line: 1, pointer: '', code: 'schema' },
          message: 'The field "title" is missing.',
        },
      ],
      hints: [],
    });
    expect(code).toBe(1);
  });

  it('gives hints about what would go wrong when a prompt is rendered or a template is filled', async () => {
    const { code, lines } = await checked({
      'knowledge/prompts/system/call.md':
        '---\nid: call\nname: Call\nvariants: [short, long]\n---\n\n## Short\n\nBrief.\n',
      'knowledge/templates/documents/offer.md':
        '---\nid: offer\nname: Offer\nvariables:\n  total: { type: number, default: none }\n---\n\n# Offer\n{{#total}}\n',
      'knowledge/skills/braces.md': '---\nid: braces\ntitle: B\nvariables: [x]\n---\n{{#x}}\n',
    });
    expect(lines).toEqual([
      'knowledge/prompts/system/call.md:4: hint: The prompt names the variant "long", but its text has no heading "long", under which its text would be: add it.',
      'knowledge/templates/documents/offer.md:5: hint: This must be a number.',
      'knowledge/templates/documents/offer.md:9: hint: {{#total}} is not closed: add {{/total}}.',
      '3 entries, no problems.',
    ]);
    expect(code).toBe(0);
  });

  it('gives hints about examples of prompts that cannot be run as checks, whatever is in them', async () => {
    const { code, lines } = await checked({
      'knowledge/prompts/system/call.md':
        '---\nid: call\nname: Call\n---\nCall.\n\n## Examples\n\n### One\n\nSaid.\n\n### Two\n\nExpected:\n\n- contains:\n',
    });
    expect(code).toBe(0);
    expect(lines.slice(0, -1)).toEqual([
      'knowledge/prompts/system/call.md:9: hint: The example "One" has no "Expected:", so it is not run as a check.',
      'knowledge/prompts/system/call.md:13: hint: The example "Two" cannot be run: "contains:" does not say which text.',
    ]);
  });

  it('gives hints, which make no check fail', async () => {
    const files = {
      'knowledge/customers/acme.md': acme.replace('name: Acme', 'name: Acme\nregion: 007'),
    };
    const { code, lines } = await checked(files);
    expect(lines).toEqual([
      'knowledge/customers/acme.md:4: hint: 007 is read as a text, because the kind wants one here. Other programs may not: write it in quotes.',
      '1 entry, no problems.',
    ]);
    expect(code).toBe(0);
    const folder = await workingCopy(files);
    const { out } = await runKnowledge(['check', folder], { GITHUB_ACTIONS: 'true' });
    expect(out).toContain('::notice file=');
    expect(out).not.toContain('::error');
  });

  it('shows problems at their lines in GitHub Actions', async () => {
    const folder = await workingCopy({
      'knowledge/skills/100%, a:b.md': '---\nid: a\ntitle: A\nactive: "%0A::stop"\n---\n',
    });
    const { out } = await runKnowledge(['check', folder], { GITHUB_ACTIONS: 'true' });
    expect(out.split('\n')).toEqual([
      `${folder}/knowledge/skills/100%, a:b.md:4: This must be true or false or empty.`,
      '1 entry, 1 problem in 1 file.',
      `::error file=${folder}/knowledge/skills/100%25%2C a%3Ab.md,line=4::This must be true or false or empty.`,
      '',
    ]);
  });

  it("lets no file's name give GitHub's runner commands", async () => {
    const folder = await workingCopy({ 'skills/a\n::warning::x ##[error]y.md': '' });
    const { out } = await runKnowledge(['check', folder, '--root', '.'], {
      GITHUB_ACTIONS: 'true',
    });
    const commands = out.split('\n').filter((line) => line.startsWith('::'));
    expect(commands).toHaveLength(1);
    expect(commands[0]).toMatch(/^::error file=/);
    expect(out.split('\n')[0]).not.toContain('##[');
  });
});

describe('check --roundtrip', () => {
  it('tries edits of any Markdown files, and counts', async () => {
    const folder = await workingCopy({
      'posts/a.mdx': "---\ntitle: 'A'  # why\ntags: [x, y]\n---\nText",
      'posts/anchor.md': '---\na: &x 1\nb: *x\n---\n',
      'README.md': '# No front matter\n',
      'posts/torn.md': '---\na: [\n---\n',
      'latin.md': Buffer.from([0xff]),
      'photo.png': 'x',
    });
    const ran = await runKnowledge(['check', folder, '--roundtrip', '--json']);
    expect(JSON.parse(ran.out)).toMatchObject({
      ...{ files: 5, plain: 1, unchanged: 3, values: 5, edited: 3, wrong: [] },
      unreadable: [{ path: 'latin.md' }, { path: 'posts/torn.md', line: 3 }],
      refused: [
        { path: 'posts/anchor.md', pointer: '/a', line: 2 },
        { pointer: '/b', line: 3 },
      ],
    });
    expect(ran.code).toBe(0);
    const { out } = await runKnowledge(['check', folder, '--roundtrip']);
    expect(out.replaceAll(`${folder}/`, '').replaceAll(/: [^:\n]* \((?=n|r)/g, ': … (')).toBe(
      [
        'latin.md:1: The file is not UTF-8 text: … (not readable)',
        'posts/torn.md:3: The front matter cannot be read: … (not readable)',
        'posts/anchor.md:2: /a: This has an anchor (&) that other places use: … (refused)',
        'posts/anchor.md:3: /b: This is an alias (*): … (refused)',
        'files             5',
        'no front matter   1',
        'not readable      2',
        'saved unchanged   3',
        'values            5',
        'edited exactly    3 (60.00 %)',
        'refused           2 (40.00 %)',
        'wrong             0',
        '',
      ].join('\n'),
    );
  });
});

describe('docs/knowledge-files.md', () => {
  const whole = readFileSync(new URL('../../../docs/knowledge-files.md', import.meta.url), 'utf8');
  // A block with blocks in it is a part of a prompt.
  const partOfPrompt = /^````markdown\n(.*?)^````$/ms;
  const document = whole.replace(partOfPrompt, '');
  const examples = Object.fromEntries(
    [
      ...document.matchAll(
        /`(knowledge\/[^`]+)`[^\n]*\n\n```(?:markdown|json|yaml)\n(.*?)^```$/gms,
      ),
    ].map(([, path, content]) => [path ?? '', content ?? '']),
  );

  const ownKinds = new Map(
    Object.entries(examples).flatMap(([path, content]) => {
      if (!isSchemaPath('knowledge', path)) return [];
      const read = readSchemaFile(path, Buffer.from(content));
      if ('problem' in read) throw new Error(`${path}: ${read.problem}`);
      return [[read.kind.name, read.kind] as const];
    }),
  );

  it('has an example of each kind, and of kinds of your own', () => {
    const kinds = Object.keys(examples).map(
      (path) => kindOfPath(builtInKinds, 'knowledge', path)?.name,
    );
    expect(kinds).toEqual(expect.arrayContaining(builtInKinds.map(({ name }) => name)));
    expect([...ownKinds.keys()]).toEqual(['glossary', 'preset', 'address', 'setting']);
    const blocks = document.match(/^```(?:markdown|json)$/gm) ?? [];
    expect(Object.keys(examples)).toHaveLength(blocks.length + 1);
  });

  it('has examples that pass', async () => {
    const { lines, code } = await checked(examples);
    expect(lines).toEqual([
      `${Object.keys(examples).length - ownKinds.size - 1} entries, no problems.`,
    ]);
    expect(code).toBe(0);
  });

  it.each<[path: string, right: string, wrong: string, problem: string]>([
    [
      'glossary/churn.md',
      'language: en',
      'language: english',
      '4: This must be one of "en", "de".',
    ],
    ['presets/dark.md', 'appliesTo: slides', 'appliesTo: shoes', '4: This must be one of "slides"'],
    ['presets/dark.md', 'fontSize: 18', 'fontSize: [18]', '8: This must be a text or a number or'],
    [
      'presets/dark.md',
      'updated: 2026-03-02',
      'updated: 2026-02-30',
      '12: This must be a date that',
    ],
    [
      'addresses/prague.md',
      '[office, billing]',
      '[office, office]',
      '4: This list has an item twice',
    ],
    ['addresses/prague.md', 'country: CZ', 'country: Czechia', '11: This must'],
    ['addresses/prague.md', 'city: Praha 1\n', '', '1: The field "city" is missing.'],
    ['settings/largest-discount.md', 'value: 20\n', '', '1: The field "value" is missing.'],
    ['settings/largest-discount.md', 'value: 20', 'value: { a: 1 }', '4: This must be'],
    [
      'prompts/system/first-call.md',
      '{{> tone}}',
      '{{> tune}}',
      '19: {{> tune}}: There is no entry tune',
    ],
  ])('has a file %s, in which %j cannot be %j', async (path, right, wrong, problem) => {
    const at = `knowledge/${path}`;
    const changed = (examples[at] ?? '').replace(right, wrong);
    expect(changed).not.toBe(examples[at]);
    const { lines } = await checked({ ...examples, [at]: changed });
    expect(lines.join('\n')).toContain(`${at}:${problem}`);
    expect(lines.at(-1)).toContain('in 1 file.');
  });

  it.each(['preset', 'address', 'setting'])('has a schema file %s that dates saves', (name) => {
    const kind = ownKinds.get(name);
    if (kind === undefined) throw new Error(name);
    const { properties } = kind.schema as { properties: object };
    expect(Object.keys(properties)).toEqual(
      expect.arrayContaining([kind.titleField, ...kind.indexFields]),
    );
    expect(updatedFields(kind)).toEqual([{ name: 'updated', format: 'date', isAdded: true }]);
  });

  it('has examples of a prompt that can be run as checks', () => {
    const [, text = ''] = partOfPrompt.exec(whole) ?? [];
    const read = readExamples(text, {});
    expect(read).toMatchObject({ faults: [], others: [], text: '' });
    expect(read.examples).toMatchObject([
      {
        ...{ name: 'A customer from a fair', values: { customer: 'Acme' } },
        expected: [{ kind: 'contains' }, { kind: 'lacks' }, { kind: 'person' }],
      },
      { name: 'As JSON', input: null, expected: [{ kind: 'schema' }] },
    ]);
  });

  it('has rules of review with every key', () => {
    const path = 'knowledge/.gitward/rules.yml';
    const read = readRules(examples[path] ?? '', path);
    if ('problems' in read) throw new Error(JSON.stringify(read.problems));
    const [, section = ''] = document.split('## `.gitward/rules.yml`\n');
    const keys = [...section.matchAll(/^\| `(\w+)`/gm)].map(([, key]) => key);
    expect(Object.keys(read.rules[0] ?? {})).toEqual(keys);
  });

  it('has workflows that are YAML and run the check', () => {
    const blocks = [...document.matchAll(/```yaml\n(?!review:)(.*?)```/gs)].map(
      ([, text]) => parse(text ?? '') as unknown,
    );
    expect(blocks).toHaveLength(2);
    for (const block of blocks) expect(JSON.stringify(block)).toContain('knowledge check');
  });
});

it('docs/knowledge.md has rules of review that can be used', () => {
  const path = new URL('../../../docs/knowledge.md', import.meta.url);
  const [, text = ''] = /```yaml\n(review:.*?)```/s.exec(readFileSync(path, 'utf8')) ?? [];
  expect(readRules(text, 'rules.yml')).toMatchObject({
    rules: [
      { name: 'Prices', approvals: 2 },
      { name: 'Contact data', approvals: 1 },
    ],
  });
});
