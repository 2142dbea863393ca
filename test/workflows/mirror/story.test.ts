import { describe, expect, it } from 'vitest';
import type { OutageView } from '../../../model/streams/outage.ts';
import { deliverySummary, mirrorDetails, windowSummary } from '../../../workflows/mirror/story.ts';
import { outageOf } from '../streams/outage-of.ts';

const mirror = { projectId: '12345', branchId: '1000' };
const outage = outageOf({
  since: '2026-05-01T02:00:30.123Z',
  attempts: 3,
  nextAttemptAt: '2026-05-01T02:15:31.000Z',
  message: 'It said: `no` answer from http://git.example.com',
});

describe('the history', () => {
  const quiet = { initialized: true, resync: false, waitingBatches: 0 };

  it.each([
    [{ ...quiet }, null, 'Check that the branch is as we left it'],
    [{ ...quiet, waitingBatches: 1 }, null, 'Send one batch'],
    [{ ...quiet, waitingBatches: 2 }, outage, 'Attempt 4: send 2 batches'],
    [{ ...quiet, initialized: false, resync: true }, null, 'Make the first commit'],
    [{ ...quiet, resync: true }, null, 'Resync: render everything, and send the difference'],
  ])('summarizes the delivery of %j', (view, during, words) => {
    expect(deliverySummary(view, during)).toBe(words);
  });

  it('summarizes the window', () => {
    expect(windowSummary({ openedAt: 0, closedAt: 30_000, catchUp: false })).toBe(
      'Read the project, and make a batch of the last 30 s',
    );
  });
});

it('the details say what is wrong, since when, and what to do', () => {
  expect(mirrorDetails(mirror, 'retrying', outage, 2)).toMatchInlineSnapshot(`
    "**Retrying**: an attempt failed, and the next one follows automatically.

    2 changes are waiting.

    Delivery does not work: 3 attempts since 2026-05-01 02:00:30 UTC; the next attempt is at 2026-05-01 02:15:31 UTC.

    Reason: \`repository_unreachable\`

    \`\`\`
    It said: 'no' answer from http://git.example.com
    \`\`\`

    Try again now: \`gitward mirrors retry 12345 1000\`"
  `);
});

it('the details name the source if it is what fails, whatever the code', () => {
  const details = (changes: Partial<OutageView>) =>
    mirrorDetails(mirror, 'retrying', { ...outage, ...changes }, 0);
  expect(details({ lane: 'source', code: 'internal_error' })).toContain('project cannot be read');
  expect(details({ code: 'source_unreachable' })).toContain('project cannot be read');
  expect(details({ code: 'internal_error' })).toContain('Delivery does not work');
});
