import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { searchAttributes } from '../../workflows/streams/search-attributes.ts';

const runbook = readFileSync(new URL('../../docs/runbook.md', import.meta.url), 'utf8');
const operations = readFileSync(new URL('../../docs/operations.md', import.meta.url), 'utf8');

/** The links to headings of a page, as GitHub names them. */
function anchorsOf(page: string): Set<string> {
  const headings = page.matchAll(/^#+ (.+)$/gm);
  return new Set(
    Array.from(headings, ([, title = '']) =>
      title
        .toLowerCase()
        .replace(/[^\p{L}\p{N} _-]/gu, '')
        .replaceAll(' ', '-'),
    ),
  );
}

describe('the runbook', () => {
  it('leads to parts of it and of the operations page that exist', () => {
    for (const [, page = '', anchor = ''] of runbook.matchAll(/\]\((operations\.md)?#([^)]+)\)/g))
      expect(anchorsOf(page === '' ? runbook : operations), anchor).toContain(anchor);
  });

  it('says what each state is in the Temporal UI', () => {
    const [, states = ''] = /\n\| state +\|.*\n\| -.*\n((?:\|.*\n)+)/.exec(operations) ?? [];
    const names = Array.from(states.matchAll(/^\| `(\w+)`/gm), ([, name = '']) => name);
    expect(names).toContain('held');
    for (const name of names) expect(runbook, name).toContain(`\`${name}\``);
  });

  it('queries only search attributes that workflows have', () => {
    const known = Object.values(searchAttributes).map(({ name }) => name);
    const named = new Set(runbook.match(/Gitward[A-Z][A-Za-z]+(?= (?:=|<|>|IN))/g));
    expect(named.size).toBeGreaterThan(4);
    for (const name of named) expect(known).toContain(name);
  });
});
