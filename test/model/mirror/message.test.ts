import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Change } from '../../../model/mirror/events.ts';
import type { UnlinkedObject } from '../../../model/platform/tree.ts';
import type { MessageInput } from '../../../model/mirror/message/message-input.ts';
import { keboola } from '../../../platforms/keboola/index.ts';
import { composeMessage } from '../../../model/mirror/message/message.ts';

function change(over: Partial<Change> = {}): Change {
  return {
    projectId: '12345',
    branchId: '1000',
    type: 'config_changed',
    componentId: 'keboola.ex-db-mysql',
    configId: '7',
    versionIdentifier: '7@12',
    version: 12,
    author: 'eva@example.com',
    occurredAt: '2026-05-01T10:00:00.000Z',
    description: 'Load the new column',
    ...over,
  };
}

const words = {
  wordFor: (kind: string) => keboola.objects.wordFor(kind),
  leftOut: keboola.layout.leftOut!.title,
};

function message(over: Partial<MessageInput> = {}) {
  const names: Record<string, string> = { 7: 'Orders', 8: 'Customers', 9: 'Daily load' };
  return composeMessage({
    reason: 'changes',
    projectName: 'Shop',
    branchName: 'Main',
    changes: [change()],
    words,
    configurationName: (_, configId) => names[configId] ?? null,
    replacedSecrets: 0,
    unlinked: [],
    ...over,
  });
}

const config = (configId: string, version = 2) =>
  change({ configId, version, versionIdentifier: `${configId}@${version}` });
const job = (runId: string, status: string) =>
  change({
    type: 'job_finished',
    componentId: 'keboola.orchestrator',
    configId: '9',
    versionIdentifier: runId,
    version: null,
    description: status,
  });
const storage = change({
  type: 'storage_changed',
  componentId: null,
  configId: null,
  versionIdentifier: 'e1',
  version: null,
  description: 'in.c-main.orders imported',
});

describe('the subject', () => {
  test.each<[string, Partial<MessageInput>]>([
    ['Change extractor "Orders" (v12)', {}],
    ['Create extractor "Orders" (v1)', { changes: [config('7', 1)] }],
    [
      'Delete extractor "keboola.ex-db-mysql/404"',
      { changes: [change({ configId: '404', version: null, versionIdentifier: '404@deleted' })] },
    ],
    ['Change extractor "Orders" (v3)', { changes: [config('7', 2), config('7', 3)] }],
    [
      'Change 3 configurations: Orders, Customers, Daily load',
      { changes: [config('7'), config('8'), config('9')] },
    ],
    ['Job succeeded: Daily load', { changes: [job('1', 'SUCCESS')] }],
    [
      '2 jobs failed: Daily load, Daily load',
      { changes: [job('1', 'failed'), job('2', 'FAILED')] },
    ],
    ['Storage changed: in.c-main.orders imported', { changes: [storage] }],
    ['2 changes: Orders, e1', { changes: [config('7'), storage] }],
    ['Mirror project Shop, branch Main', { reason: 'initial', changes: [] }],
    ['Catch up with the platform', { reason: 'catch-up', changes: [] }],
    ['Change extractor "Orders" (v12)', { reason: 'catch-up' }],
  ])('%s', (subject, input) => {
    expect(message(input).subject).toBe(subject);
  });

  test('contains as many names as fit, and never more than 72 characters', () => {
    const changes = Array.from({ length: 40 }, (_, index) => config(`c${index}`));
    const { subject } = message({ changes, configurationName: (_, id) => `Load of ${id} 😀` });
    expect(subject).toBe(
      'Change 40 configurations: Load of c0 😀, Load of c1 😀, Load of c2 😀, …',
    );
    expect(Array.from(message({ configurationName: () => '😀'.repeat(200) }).subject)).toHaveLength(
      72,
    );
  });
});

test('the body lists each change with version, time, author and description', () => {
  const body = message({
    changes: [
      change({ description: 'First line\r\n\r\n  second\u0007 line' }),
      job('88', 'FAILED'),
    ],
    replacedSecrets: 2,
  }).body;
  expect(body).toBe(
    [
      '    Change extractor "Orders" (keboola.ex-db-mysql/7), version 12',
      '    2026-05-01T10:00:00Z by eva@example.com',
      '    First line',
      '    second line',
      '',
      '    Job 88 failed: "Daily load" (keboola.orchestrator/9)',
      '    2026-05-01T10:00:00Z by eva@example.com',
      '    FAILED',
      '',
      '2 values in plain text that should be encrypted are left out.',
    ].join('\n'),
  );
});

test('the body is limited in the number of changes and in bytes', () => {
  const many = Array.from({ length: 1_000 }, (_, index) => config(`${index}`));
  expect(message({ changes: many }).body).toMatch(/\n\n… and 800 more$/);
  const long = many.map((one) => ({ ...one, description: 'ž'.repeat(100_000) }));
  const { body } = message({ changes: long });
  expect(Buffer.byteLength(body)).toBeLessThanOrEqual(64 * 1024);
  expect(body).toMatch(/\n\n… and 9\d\d more$/);
});

test('the body lists what is kept in unlinked/, and why, within limits', () => {
  const object = (name: string) => ({
    owner: `config/1/x/${name}`,
    path: `unlinked/main/${name}`,
    reasons: ['It has no place.', 'Its parent is gone.'],
  });
  expect(
    message({ unlinked: [object('a')], replacedSecrets: 1 })
      .body.split('\n\n')
      .slice(1),
  ).toEqual([
    "Kept in unlinked/, since the Keboola CLI's layout leaves it out:\n" +
      '    unlinked/main/a: It has no place. Its parent is gone.',
    '1 value in plain text that should be encrypted is left out.',
  ]);
  const unlinked = Array.from({ length: 50 }, (_, index) => ({
    ...object(`${index}-${'ž'.repeat(5_000)}`),
    reasons: ['ž'.repeat(5_000)],
  }));
  const long = { ...change(), description: 'ž'.repeat(100_000) };
  const { body } = message({ unlinked, changes: Array.from({ length: 100 }, () => long) });
  expect(body).toMatch(/\n {4}… and 30 more$/);
  expect(Buffer.byteLength(body)).toBeLessThanOrEqual(64 * 1024);
});

const hostileText = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary', maxLength: 10 }),
      fc.constantFrom('\n', '\r', '\r\n', '\u2028', '\u0085', '\u000b', '\n\n', '---', '\0', ' '),
      fc.constantFrom(
        'Gitward-Through: 999999',
        'Co-authored-by: Eve <eve@evil.example>',
        'Signed-off-by: x',
      ),
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join(''));

const hostileInput = fc.record<MessageInput>({
  reason: fc.constantFrom('changes', 'initial', 'adopt', 'catch-up', 'policy', 'ended'),
  projectName: hostileText,
  branchName: hostileText,
  changes: fc.array(
    fc.record<Change>({
      projectId: hostileText,
      branchId: hostileText,
      type: fc.constantFrom('config_changed', 'job_finished', 'storage_changed', 'branch_changed'),
      componentId: fc.option(hostileText),
      configId: fc.option(hostileText),
      versionIdentifier: hostileText,
      version: fc.option(fc.nat()),
      author: fc.option(hostileText),
      occurredAt: fc.constant('2026-05-01T10:00:00Z'),
      description: fc.option(hostileText),
    }),
    { maxLength: 4 },
  ),
  words: fc.constant(words),
  configurationName: hostileText.map((name) => () => name),
  replacedSecrets: fc.nat(3),
  unlinked: fc.array(
    fc.record<UnlinkedObject>({
      owner: hostileText,
      path: hostileText.map((name) => `unlinked/${name}`),
      reasons: fc.array(hostileText, { maxLength: 2 }),
    }),
    { maxLength: 3 },
  ),
});

describe('untrusted text', () => {
  test('never starts a line of its own, and adds no line end to the subject', () => {
    fc.assert(
      fc.property(hostileInput, (input) => {
        const { subject, body } = composeMessage(input);
        const text = `${subject}\n\n${body}`;
        expect(text).not.toMatch(/^(?:Gitward-|Co-authored-by|Signed-off-by)/im);
        expect(subject).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u);
        expect(subject).not.toBe('');
        expect(Array.from(subject).length).toBeLessThanOrEqual(72);
        expect(body).not.toMatch(/(?!\n)[\p{Cc}\p{Zl}\p{Zp}]/u);
        for (const line of body.split('\n')) {
          expect(line).toMatch(
            /^(?:| {4}\S.*|… and \d+ more|Kept in unlinked\/.*:|\d+ values? in plain text that should .*)$/,
          );
        }
      }),
      { numRuns: 1_000 },
    );
  });

  test('is never read as a trailer by Git itself', () => {
    for (const input of fc.sample(hostileInput, 40)) {
      const { subject, body } = composeMessage(input);
      const text = `${subject}\n\n${body}\n\nGitward-Stream: mirror/1/2\nGitward-Through: 4\n`;
      const trailers = execFileSync('git', ['interpret-trailers', '--parse', '--no-divider'], {
        input: text,
        encoding: 'utf8',
      });
      expect(trailers).toBe('Gitward-Stream: mirror/1/2\nGitward-Through: 4\n');
    }
  });
});
