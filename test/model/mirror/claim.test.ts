import { describe, expect, it } from 'vitest';
import { claimChanges, type Reading } from '../../../model/mirror/claim.ts';
import type { WaitingChange } from '../../../model/mirror/events.ts';

const beganAt = '2026-05-01T10:00:00.000Z';
const changedAt = '2026-05-01T09:59:00.000Z';

function configuration(version: number) {
  return { kind: 'ex', id: '7', version, changedAt };
}

function reading(objects: Reading['objects'], seenThrough = 10): Reading {
  return { objects, seenThrough, beganAt };
}

function change(some: Partial<WaitingChange>): WaitingChange {
  return {
    projectId: '1',
    branchId: '1',
    type: 'config_changed',
    componentId: 'ex',
    configId: '7',
    versionIdentifier: '7@3',
    version: 3,
    author: null,
    occurredAt: '2026-05-01T09:59:30.000Z',
    description: null,
    sequence: 5,
    receivedAt: '2026-05-01T09:59:31.000Z',
    ...some,
  };
}

const job = { type: 'job_finished', version: null } as const;
const table = {
  type: 'storage_changed',
  componentId: null,
  configId: null,
  version: null,
} as const;

describe('a waiting change', () => {
  it.each([
    // The title, the version read (null: none), what is special about the change, and whether it is
    // taken. A late change came during the reading.
    ['with the version read is taken', 3, {}, true],
    ['with an earlier version is taken', 4, {}, true],
    ['with the version read is taken even if it came late', 3, { sequence: 11 }, true],
    ['with a newer version is left', 2, {}, false],
    ['with a newer version is left if it came late', 2, { sequence: 11 }, false],
    ['of a deleted configuration is taken', null, {}, true],
    ['of a new configuration is left', null, { sequence: 11 }, false],
    [
      'of an earlier configuration with the same id is taken',
      2,
      { version: 40, occurredAt: changedAt },
      true,
    ],
    [
      'of an earlier configuration is taken if a first version is of the same second',
      1,
      { version: 4, occurredAt: '2026-05-01T09:59:00.900Z' },
      true,
    ],
    [
      'of the same second as an older version is left',
      2,
      { version: 4, occurredAt: '2026-05-01T09:59:00.900Z' },
      false,
    ],
    [
      'that has been newer for ten minutes is taken',
      2,
      { receivedAt: '2026-05-01T09:49:00.000Z' },
      true,
    ],
    [
      'that has been newer for nine minutes is left',
      2,
      { receivedAt: '2026-05-01T09:51:00.000Z' },
      false,
    ],
    ['of a job is taken', 2, job, true],
    ['of a job is left if it came late', 2, { ...job, sequence: 11 }, false],
    ['of a table is taken', 2, table, true],
    ['of a table is left if it came late', 2, { ...table, sequence: 11 }, false],
  ])('%s', (_what, version, some, held) => {
    const read = reading(version === null ? [] : [configuration(version)]);
    const one = change(some);
    expect(claimChanges([one], read)).toEqual(
      held ? { taken: [one], left: [] } : { taken: [], left: [one] },
    );
  });

  it('keeps its place in the order', () => {
    const changes = [3, 4, 2, 9].map((version, index) => change({ version, sequence: index + 1 }));
    const { taken, left } = claimChanges(changes, reading([configuration(4)]));
    expect(taken.map(({ sequence }) => sequence)).toEqual([1, 2, 3]);
    expect(left.map(({ sequence }) => sequence)).toEqual([4]);
  });
});
