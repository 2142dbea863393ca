import { describe, expect, it } from 'vitest';
import type { OutageView } from '../../../model/streams/outage.ts';
import {
  currentDetails,
  deliverySummary,
  span,
  windowSummary,
} from '../../../workflows/streams/story.ts';

const outage: OutageView = {
  id: 'o',
  lane: 'repository',
  since: '2026-05-01T02:00:30.123Z',
  attempts: 3,
  nextAttemptAt: '2026-05-01T02:15:31.000Z',
  escalatedAt: null,
  code: 'repository_unreachable',
  message: 'It said: `no` answer from http://git.example.com',
  told: [],
};

it.each([
  [0, '0 s'],
  [30_000, '30 s'],
  [300_000, '5 min'],
  [10_800_000, '3 h'],
  [5_430_000, '1 h 30 min'],
  [-5, '0 s'],
])('%i ms are %s', (milliseconds, words) => {
  expect(span(milliseconds)).toBe(words);
});

describe('a history', () => {
  const quiet = { initialized: true, resync: false, waitingBatches: 0 };

  it.each([
    [{ ...quiet }, null, 'Look whether the branch is as we left it'],
    [{ ...quiet, waitingBatches: 1 }, null, 'Send one batch'],
    [{ ...quiet, waitingBatches: 2 }, outage, 'Attempt 4: send 2 batches'],
    [{ ...quiet, initialized: false, resync: true }, null, 'Make the first commit'],
    [{ ...quiet, resync: true }, null, 'Render everything, and send what the repository lacks'],
  ])('says of the delivery of %j', (view, during, words) => {
    expect(deliverySummary(view, during)).toBe(words);
  });

  it('says what becomes of a window', () => {
    expect(windowSummary({ openedAt: 0, closedAt: 30_000, catchUp: false })).toBe(
      'Read the project, and make a batch of the last 30 s',
    );
  });
});

it('the details say what is the matter, since when, and what to do', () => {
  expect(currentDetails({ projectId: '12345', branchId: '1000' }, 'retrying', outage, 2))
    .toMatchInlineSnapshot(`
    "**Retrying**: an attempt failed, and the next one comes by itself.

    2 changes wait.

    Delivery does not work since 2026-05-01 02:00:30 UTC, 3 attempts; the next attempt is at 2026-05-01 02:15:31 UTC.

    Reason: \`repository_unreachable\`

    \`\`\`
    It said: 'no' answer from http://git.example.com
    \`\`\`

    Try again now: \`gitward mirrors retry 12345 1000\`"
  `);
});

it('the details name the source where it is what fails, whatever the code', () => {
  const details = (changes: Partial<OutageView>) =>
    currentDetails(
      { projectId: '12345', branchId: '1000' },
      'retrying',
      { ...outage, ...changes },
      0,
    );
  expect(details({ lane: 'source', code: 'internal_error' })).toContain('project cannot be read');
  expect(details({ code: 'source_unreachable' })).toContain('project cannot be read');
  expect(details({ code: 'internal_error' })).toContain('Delivery does not work');
});
