import { describe, expect, it, test } from 'vitest';
import { headingKey, variantsOf, variantText } from '../../../knowledge/prompts/variants.ts';

/** The text of a variant of a body whose front matter names these variants. */
function textOf(body: string, asked: string, variants: string[] = ['concise', 'detailed']) {
  const found = variantText(body, variantsOf({ variants }), asked);
  return found.kind === 'found' ? found.text : found.message;
}

const threeVariants = `Shared words.

## Concise

Be brief.

### Tone

Plain.

## Detailed

Explain each step.

\`\`\`markdown
## Concise
not a heading
\`\`\`

Then stop.

## Friendly ##
Hello!
`;

describe('a prompt file with three variants', () => {
  const names = ['concise', 'detailed', 'friendly'];
  test('gives the text below each heading, and nested headings with it', () => {
    expect(textOf(threeVariants, 'concise', names)).toBe('Be brief.\n\n### Tone\n\nPlain.\n');
    expect(textOf(threeVariants, 'friendly', names)).toBe('Hello!\n');
  });

  test('takes a heading in a fenced block for text', () => {
    expect(textOf(threeVariants, 'detailed', names)).toBe(
      'Explain each step.\n\n```markdown\n## Concise\nnot a heading\n```\n\nThen stop.\n',
    );
  });

  test('names the variants that there are if another one is asked for', () => {
    expect(textOf(threeVariants, 'terse', names)).toBe(
      'The prompt has no variant "terse". It has "concise", "detailed", "friendly".',
    );
    expect(textOf('x', 'terse', [])).toContain('has no variants');
  });
});

describe('the end of a variant', () => {
  it.each([
    ['the next heading of its level', '## Concise\na\n## Other\nb\n', 'a\n'],
    ['a heading of a higher level', '### Concise\na\n# Other\nb\n', 'a\n'],
    ['not a heading below it', '# Concise\na\n## Other\nb\n', 'a\n## Other\nb\n'],
    ['a setext heading', '## Concise\na\n\nOther\n---\nb\n', 'a\n'],
    ['not a rule', '## Concise\na\n\n---\n\nb\n', 'a\n\n---\n\nb\n'],
    ['the end of the file, without a line end', '## Concise\na', 'a'],
    ['at once, if it is empty', '## Concise\n\n## Other\nb\n', ''],
    ['the end, if that is its heading', '## Concise', ''],
  ])('is %s', (_, body, text) => {
    expect(textOf(body, 'concise')).toBe(text);
  });
});

describe('what is no heading', () => {
  it.each([
    ['a fence of backticks', '```\n## Detailed\n```\n'],
    ['a fence of tildes', '~~~\n## Detailed\n~~~\n'],
    ['a longer fence with a shorter one in it', '````\n```\n## Detailed\n```\n## Detailed\n````\n'],
    ['an indented fence', '   ```\n## Detailed\n   ```\n'],
    ['a fence that is not closed', '```\n## Detailed\nx\n'],
    ['a fence in a list', '- ```\n  ## Detailed\n  ```\n'],
    ['indented code', 'x\n\n    ## Detailed\n'],
    ['a comment', '<!--\n## Detailed\n-->\n'],
    ['no blank after the marks', '##Detailed\n'],
    ['seven marks', '####### Detailed\n'],
    ['an escaped mark', '\\## Detailed\n'],
    ['a quotation', '> ## Detailed\n'],
    ['a list item', '- ## Detailed\n'],
  ])('%s stays in the text', (_, inside) => {
    expect(textOf(`## Concise\n${inside}`, 'concise')).toBe(inside);
  });
});

describe('which heading is meant', () => {
  it.each([
    '## concise',
    '# CONCISE',
    '##   Concise   ##',
    '###### Concise ###',
    '   ## Concise',
    'Concise\n=======',
    'Concise\n---',
    '## **Concise**',
    '## _Concise_',
    '## `concise`',
    '## Variant: concise',
    '## Variant: **Concise**',
    '## Concise:',
  ])('%j is the heading of "concise"', (heading) => {
    expect(textOf(`${heading}\nBrief.\n`, 'concise')).toBe('Brief.\n');
  });

  it('is written like the name, in any case, with blanks, "-" or "_" between words', () => {
    for (const text of ['Very short', 'very-short', 'VERY_SHORT', '__Very short__'])
      expect(headingKey(text)).toBe('very-short');
    expect(headingKey('Shorter')).not.toBe(headingKey('Short'));
    expect(headingKey('Variant')).toBe('variant');
    expect(headingKey('ŽÁDNÝ')).toBe(headingKey('žádný'.normalize('NFD')));
  });

  it('may be named in the front matter', () => {
    const fields = { variants: [{ name: 'short', heading: 'In brief' }, 3, null, {}, [], ''] };
    expect(variantsOf(fields)).toEqual([
      { name: 'short', heading: 'In brief' },
      { name: '3', heading: null },
    ]);
    const found = variantText('# Short\nno\n# In brief\nyes\n', variantsOf(fields), 'short');
    expect(found).toMatchObject({ text: 'yes\n', start: 22 });
  });

  it('must be there, once', () => {
    expect(textOf('Only text.\n', 'concise')).toBe(
      'The prompt names the variant "concise", but its text has no heading "concise", under which its text would be: add it.',
    );
    expect(textOf('## Concise\na\n# concise\nb\n', 'concise')).toContain('more than one heading');
  });
});

describe('the bytes of a variant', () => {
  test('are those of the file, with its line ends', () => {
    expect(textOf('x\r\n## Concise\r\n\r\n  a  \r\n\r\nb\t\r\n\r\n## Other\r\n', 'concise')).toBe(
      '  a  \r\n\r\nb\t\r\n',
    );
    expect(textOf('## Concise\ra\rb\r## Other\r', 'concise')).toBe('a\rb\r');
    expect(textOf('## Concise\r\na\nb\r\n', 'concise')).toBe('a\nb\r\n');
  });

  test('keep the blanks at the end of their last line, and lose blank lines', () => {
    expect(textOf('## Concise\n \n\t\n    code\n \n', 'concise')).toBe('    code\n');
    expect(textOf('## Concise\na  \n\n', 'concise')).toBe('a  \n');
  });
});

test('a hostile text takes no long time', () => {
  const long = 300_000;
  const texts = ['# '.repeat(long / 2), '>'.repeat(long), '- '.repeat(long / 2), '`'.repeat(long)];
  // Each of these takes minutes if the time is not linear.
  for (const text of [...texts, '#\n'.repeat(long / 2), ' '.repeat(long), '*'.repeat(long)])
    textOf(text, 'concise');
  headingKey(`${'_ '.repeat(long / 2)}x`);
});
