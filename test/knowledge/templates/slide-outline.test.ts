import { describe, expect, it } from 'vitest';
import { slideOutline } from '../../../knowledge/templates/slide-outline.ts';

describe('the outline of a slide deck', () => {
  it('has a slide for each heading of the outermost level', () => {
    const text = `## Why Acme

We know them.

- Growth
  - In APAC
- Trust

Notes: Smile.
And pause.

## Prices ##

### Per seat

1. Ten
2. Twenty

\`\`\`
## not a slide
\`\`\`

### Speaker notes

Never say "cheap".
`;
    expect(slideOutline(text)).toEqual([
      {
        title: 'Why Acme',
        text: 'We know them.',
        bullets: [
          { level: 0, text: 'Growth' },
          { level: 1, text: 'In APAC' },
          { level: 0, text: 'Trust' },
        ],
        notes: 'Smile.\nAnd pause.',
      },
      {
        title: 'Prices',
        text: 'Per seat',
        bullets: [
          { level: 0, text: 'Ten' },
          { level: 0, text: 'Twenty' },
        ],
        notes: 'Never say "cheap".',
      },
    ]);
  });

  it('has what comes before the first heading as a slide without a title', () => {
    const slides = slideOutline('Hello\r\n\r\n# One\r\n- a\r\n');
    expect(slides.map(({ title, text }) => [title, text])).toEqual([
      ['', 'Hello'],
      ['One', ''],
    ]);
    expect(slideOutline('- only\n')).toMatchObject([{ title: '', bullets: [{ text: 'only' }] }]);
    expect(slideOutline('\n\n')).toEqual([]);
  });

  it.each([
    'Notes:',
    'Note: x',
    '**Notes:**',
    '**Note**:',
    'SPEAKER NOTES:',
    '### Notes',
    '## Notes:',
  ])('takes %j for the beginning of the notes', (line) => {
    const [slide] = slideOutline(`# A\n${line}\n- said\n`);
    expect(slide).toMatchObject({ title: 'A', bullets: [] });
    expect(slide?.notes).toContain('- said');
  });

  it.each(['Notes on prices', '- Notes: x', 'See notes: x', '# Notes for A'])(
    'takes %j for text',
    (line) => {
      expect(slideOutline(`## A\n${line.replace('# ', '### ')}\n`)[0]?.notes).toBe('');
    },
  );
});
