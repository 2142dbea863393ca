import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { SeededRandom } from '../seeded-random.ts';

/** Where the packages that this project uses have their documentation: Markdown by hundreds of hands. */
const packages = fileURLToPath(new URL('../../../node_modules', import.meta.url));
const largest = 60_000;

/** A number of Markdown files that others wrote. */
export function publicMarkdown(
  random: SeededRandom,
  count: number,
): { name: string; text: string }[] {
  const all = readdirSync(packages)
    .map((name) => `${name}/README.md`)
    .filter((name) => existsSync(`${packages}/${name}`))
    .filter((name) => statSync(`${packages}/${name}`).size < largest);
  return Array.from({ length: count }, () => {
    const name = random.of(all);
    return { name, text: readFileSync(`${packages}/${name}`, 'utf8') };
  });
}

/** Blocks as people and tools write them; each is one outermost block, or lines that are none. */
const blocks = [
  'A plain paragraph.',
  'Two lines\nof one paragraph, with a soft break.',
  'A hard  \nbreak, and another\\\none.',
  'Trailing blanks  ',
  '  indented by two',
  '*em* and _em_, **strong** and __strong__, ***both***, ~~struck~~',
  'snake_case_name, 2*3*4, a * b, 1 < 2 && 3 > 2, C:\\path, \\*escaped\\*',
  '`code`, ``a ` tick``, ` `` `, `{{not a tag}}`',
  '[a link](https://example.com/a_b_(c)) and [another](<a b.md> "With a \\"title\\"")',
  '<https://example.com/x?y=1&z=2> and https://example.com/plain_url_',
  '![An image](images/a.png "Title") and ![](b.png)',
  'Entities &copy; &amp; &#65; &nbsp;, and a line separator \u2028 too',
  '日本語 🚀 é Ünïcödé',
  'Dear {{name}}, {{#if vip}}thank you{{/if}} {{{raw}}} {single} \\{{meant}} {not a name}',
  '{{> brand/tone}}',
  'It costs $5, not $10; but $x^2$ is a formula, and a note[^1] too.',
  '[^1]: The note.',
  '$$\nx = y\n$$',
  '# One',
  '## Two ##',
  '###### Six\t',
  '#hashtag',
  'Setext\n======',
  'Setext two\nover two lines\n---',
  '---',
  '***',
  '_ _ _',
  '- a\n- b\n- c',
  '* a\n* b\n\n  more of b\n* c',
  '+ a\n  + deeper\n    + deepest',
  '- a\n    - by four\n    - again\n- b',
  '-   wide\n-   dashes',
  '1. one\n2. two\n10. ten',
  '1. one\n1. one\n1. one',
  '7) seven\n8) eight',
  '- [ ] to do\n- [x] done\n- [X] done too\n- no box',
  '- a\n\n  ```js\n  code();\n  ```\n- > quoted',
  '1. a\n   - b\n     1. c',
  '-\n- after an empty one',
  '- # heading in a list\n- | a | b |\n  |---|---|\n  | 1 | 2 |',
  '> quoted\n> lines',
  '> lazy\ncontinuation',
  '> > nested\n>\n> - list',
  '>no blank',
  '```\ncode\n\n\twith a tab\n```',
  '~~~ ts title="x"\ntildes ``` inside\n~~~',
  '````md\n```\nfence in a fence\n```\n````',
  '    indented code\n\n      more',
  '| a | b |\n| --- | :-: |\n| 1 | 2 |',
  '|wide   |b|\n|:------|-:|\n|`x \\| y`|**b**|\n|only one|',
  'a | b\n--|--\n1 | 2 | lost',
  '<div class="x">\n  <b>html</b>\n</div>',
  '<!-- a comment\n\nover lines -->',
  'Text with <b>inline</b> html<br>and a <!-- comment -->',
  'A [reference] and [another][ref].',
  '[reference]: https://example.com "Title"\n[ref]: <x y>',
  '- [reference]\n- text',
  '> [inside]: https://example.com\n\n[inside]',
  'id: acme\n---',
  '+++\ntitle = "x"\n+++',
  ':::note\nA container.\n:::',
  'Term\n: Definition',
];

/** A body of random blocks, with the line ends and blanks that files have; the same seed gives the same text. */
export function randomMarkdown(random: SeededRandom, most = 8): string {
  const count = random.below(most + 1);
  const parts = Array.from({ length: count }, () => {
    const gap = random.of(['\n\n', '\n\n', '\n\n', '\n', '\n\n\n', '\n \n', '\n\t\n\n']);
    return random.of(blocks) + gap;
  });
  const lead = random.of(['', '', '\n', '\n\n', ' \n']);
  const whole = lead + parts.join('');
  const cut = random.oneIn(4) ? whole.trimEnd() : whole.replace(/\n+$/, '\n');
  if (random.oneIn(4)) return cut.replaceAll('\n', '\r\n');
  return random.oneIn(12) ? cut.replace('\n', '\r\n') : cut;
}
