import { describe, expect, test } from 'vitest';
import { judgeEvent } from '../../../platforms/events/judge-event.ts';

const now = new Date('2026-03-02T00:00:00Z');
const common = { projectId: 'p', branchId: '1' };
const config = {
  type: 'config_changed',
  ...common,
  componentId: 'keboola.ex-http',
  configId: '42',
  newVersion: 7,
  author: 'Ada Lovelace',
  committedAt: '2026-03-01T12:00:00.123456+01:00',
};
const job = {
  type: 'job_finished',
  ...common,
  componentId: 'keboola.ex-http',
  configId: '42',
  runId: '100.200',
  status: 'WARNING',
  finishedAt: '2026-03-01T12:00:00Z',
};
const storage = {
  type: 'storage_changed',
  ...common,
  tableId: 'in.c-main.orders',
  kind: 'imported',
  committedAt: '2026-03-01T12:00:00Z',
  eventId: 'e1',
};

describe('a change is identified', () => {
  test('by version and time for a configuration', () => {
    expect(judgeEvent({ ...config, changeDescription: 'Added\n\u0000 a row' }, now)).toEqual({
      kind: 'change',
      incarnation: '2026-03-01T11:00:00.123Z',
      change: {
        ...common,
        type: 'config_changed',
        componentId: 'keboola.ex-http',
        configId: '42',
        versionIdentifier: '42@7',
        version: 7,
        author: 'Ada Lovelace',
        occurredAt: '2026-03-01T11:00:00.123Z',
        description: 'Added\n a row',
      },
    });
  });

  test('by its run for a job, even with a status that only the platform knows', () => {
    expect(judgeEvent(job, now)).toMatchObject({
      incarnation: '',
      change: {
        versionIdentifier: '100.200',
        version: null,
        description: 'job 100.200 WARNING',
        occurredAt: '2026-03-01T12:00:00.000Z',
      },
    });
  });

  test('by the event itself for a table and a branch', () => {
    expect(judgeEvent(storage, now)).toMatchObject({
      change: {
        componentId: null,
        versionIdentifier: 'e1',
        description: 'table in.c-main.orders imported',
      },
    });
    const branch = { ...storage, type: 'branch_changed', kind: 'renamed' };
    expect(judgeEvent(branch, now)).toMatchObject({
      change: { type: 'branch_changed', versionIdentifier: 'e1', description: 'branch renamed' },
    });
  });

  test.each(['2026-03-01T12:00:00+0100', '2026-03-01T11:00Z', '2026-03-01T11:00:00,000Z'])(
    'with the time in UTC, given as %s',
    (committedAt) => {
      expect(judgeEvent({ ...config, committedAt }, now)).toMatchObject({
        incarnation: '2026-03-01T11:00:00.000Z',
      });
    },
  );
});

test.each([
  ['nothing', null, '/type'],
  ['another type', { ...config, type: 'config_removed' }, '/type'],
  ['a type named like a prototype property', { ...config, type: 'constructor' }, '/type'],
  ['version 0', { ...config, newVersion: 0 }, '/newVersion'],
  ['half a version', { ...config, newVersion: 1.5 }, '/newVersion'],
  ['a version as text', { ...config, newVersion: '7' }, '/newVersion'],
  ['a version beyond exact numbers', { ...config, newVersion: 2 ** 53 }, '/newVersion'],
  ['a branch that is a path', { ...config, branchId: '../1' }, '/branchId'],
  ['an id with a slash', { ...config, configId: 'a/b' }, '/configId'],
  ['a time without a zone', { ...config, committedAt: '2026-03-01T12:00:00' }, '/committedAt'],
  ['30 February', { ...config, committedAt: '2026-02-30T12:00:00Z' }, '/committedAt'],
  ['the 25th hour', { ...config, committedAt: '2026-02-20T25:00:00Z' }, '/committedAt'],
  ['a time before 1970', { ...config, committedAt: '1969-12-31T23:59:59Z' }, '/committedAt'],
  ['a time in two days', { ...config, committedAt: '2026-03-04T00:00:00Z' }, '/committedAt'],
  ['a job that has not ended', { ...job, finishedAt: undefined }, 'finishedAt'],
  ['a table change without a table', { ...storage, tableId: null }, '/tableId'],
  ['another kind', { ...storage, kind: 'eaten' }, '/kind'],
])('%s is refused, and the message says where', (_name, event, where) => {
  const judged = judgeEvent(JSON.parse(JSON.stringify(event)), now);
  expect(judged.kind).toBe('invalid');
  expect(judged).toMatchObject({ message: expect.stringContaining(where) });
});

test('a run that started at an impossible time is refused at once', () => {
  expect(judgeEvent({ ...job, startedAt: '2026-99-99T99:99:00Z' }, now)).toEqual({
    kind: 'invalid',
    message: '/startedAt is not a valid time.',
  });
});
