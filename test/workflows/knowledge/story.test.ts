import { expect, it } from 'vitest';
import { spaceDetails, syncSummary } from '../../../workflows/knowledge/story.ts';
import { outageOf } from '../streams/outage-of.ts';

it.each([
  [{ initialized: false, saves: true }, null, 'Read the whole branch'],
  [{ initialized: true, saves: false }, null, 'Check the branch'],
  [{ initialized: true, saves: true }, null, 'Check the branch, and send what is waiting'],
  [{ initialized: true, saves: false }, outageOf({ attempts: 2 }), 'Attempt 3: check the branch'],
])('a sync of %j is summarized in the history', (facts, outage, words) => {
  expect(syncSummary(facts, outage)).toBe(words);
});

it('the details say what is waiting for whom, and what to do', () => {
  const outage = outageOf({ since: '2026-05-01T02:00:30.000Z', attempts: 1, message: 'Away.' });
  expect(spaceDetails('sales', 'escalated', outage, { waitingSaves: 1, openConflicts: 2 }))
    .toMatchInlineSnapshot(`
    "**Escalated**: the outage continues, and the admins were notified.

    1 save is waiting.

    2 conflicts need a person's decision.

    The space cannot be synced with its branch: 1 attempt since 2026-05-01 02:00:30 UTC.

    Reason: \`repository_unreachable\`

    \`\`\`
    Away.
    \`\`\`

    Try again now: \`gitward knowledge spaces retry sales\`"
  `);
});

it('the details of a healthy space are two lines', () => {
  expect(spaceDetails('sales', 'synced', null, { waitingSaves: 0, openConflicts: 0 })).toBe(
    '**Synced**: the database and Git are the same.\n\n0 saves are waiting.',
  );
});
