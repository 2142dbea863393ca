import { describe, expect, test } from 'vitest';
import type { JobRun } from '../../../model/platform/job.ts';
import type { Json } from '../../../model/text/json.ts';
import { jobsChapter } from '../../../platforms/keboola/guide/guide-jobs.ts';
import { formatItemLines } from '../../../platforms/tree/item-lines.ts';
import { daySummary, type SummarisedRun } from '../../../platforms/jobs/day-summary.ts';
import { folderOf, jobPath } from '../../../platforms/jobs/job-path.ts';
import { renderRun } from '../../../platforms/jobs/render-jobs.ts';
import { clearPlaceholder, encryptedPlaceholder } from '../../../platforms/tree/secrets.ts';
import { lineage } from '../../../platforms/keboola/layout/storage/lineage/lineage.ts';
import { sampleProject } from '../../../platforms/sample/sample-project.ts';

const plain: JobRun = {
  runId: '5001',
  parentRunId: null,
  componentId: 'keboola.ex-db-mysql',
  configId: '7',
  configVersion: null,
  rowIds: [],
  status: 'SUCCESS',
  createdAt: null,
  startedAt: '2026-03-01T09:59:00.000Z',
  finishedAt: '2026-03-01T10:07:30.250Z',
  author: null,
  error: null,
  inputs: [],
  outputs: [],
  stateDigest: null,
  artifactLinks: [],
  details: new Map(),
};

function written(run: Partial<JobRun>, secrets: 'encrypted' | 'omitted' = 'encrypted') {
  const { file, replacedSecrets } = renderRun(
    { run: { ...plain, ...run }, path: 'jobs/2026/03/01/10/5001.json' },
    { branchId: '1000', secrets },
  );
  return { text: Buffer.from(file.content).toString(), file, replacedSecrets };
}

describe('the file of a run', () => {
  test('says what ran, when and how it ended, and leaves out what is not known', () => {
    const { text, file } = written({});
    expect(file.owner).toBe('job/1000/5001');
    expect(text).toMatchInlineSnapshot(`
      "{
        "runId": "5001",
        "status": "SUCCESS",
        "componentId": "keboola.ex-db-mysql",
        "configurationId": "7",
        "startedAt": "2026-03-01T09:59:00.000Z",
        "finishedAt": "2026-03-01T10:07:30.250Z",
        "durationSeconds": 510.25
      }
      "
    `);
  });

  test('holds no secret in plain text at any depth, and reports where one was left out', () => {
    const details: Json = new Map<string, Json>([
      ['configData', new Map<string, Json>([['list', [new Map([['#token', 'clear']])]]])],
      ['variableValues', new Map([['#key', 'clear'], ['plain', 'KBC::ProjectSecure::eJw=']])],
    ]); // prettier-ignore
    const { text, replacedSecrets } = written({ details }, 'omitted');
    expect(text).not.toMatch(/"clear"|eJw=/);
    expect(text).toContain(clearPlaceholder);
    expect(text).toContain(encryptedPlaceholder);
    expect(replacedSecrets).toEqual([
      { path: 'jobs/2026/03/01/10/5001.json', pointer: '/details/configData/list/0/#token' },
      { path: 'jobs/2026/03/01/10/5001.json', pointer: '/details/variableValues/#key' },
    ]);
  });

  test('keeps links to artifacts without the parts that would give access to them', () => {
    const { text } = written({
      artifactLinks: [
        'https://files.example.com/a.zip?X-Amz-Signature=secret#part',
        'https://user:secret@files.example.com/b.zip',
        'javascript:alert(1)',
        'ftp://files.example.com/secret',
        'no link',
      ],
    });
    expect((JSON.parse(text) as { artifactLinks: string[] }).artifactLinks).toEqual([
      'https://files.example.com/a.zip',
      'https://files.example.com/b.zip',
    ]);
  });

  test('cuts what is too long, and says so', () => {
    const message = 'x'.repeat(20_000);
    const big = Array.from({ length: 20 }, () => 'y'.repeat(9_000));
    let deep: Json = 1;
    for (let level = 0; level < 999; level += 1) deep = [deep];
    const { text } = written({
      status: 'FAILED',
      error: { message, exceptionId: 'e-1' },
      inputs: Array.from({ length: 1_002 }, (_, n) => ({ table: `in.c-a.t${n}`, columns: [] })),
      details: big,
    });
    expect(text).toContain('… [cut by Gitward: 20000 characters in all]');
    expect(text).toContain('[left out by Gitward: 2 more]');
    expect(text).toMatch(
      /"details": "\[left out by Gitward: \d+ characters; the platform has it\]"/,
    );
    expect(text.length).toBeLessThan(200_000);
    expect(written({ details: deep }).text).toContain('nested too deeply');
  });
});

describe('the path of a run', () => {
  function placed(count: number, at: (n: number) => string = () => plain.finishedAt) {
    const counts = new Map<string, number>();
    return Array.from({ length: count }, (_, n) => {
      const folders = { count: (folder: string) => counts.get(folder) ?? 0 };
      const path = jobPath({ runId: String(n), finishedAt: at(n) }, folders);
      counts.set(folderOf(path), folders.count(folderOf(path)) + 1);
      return path;
    });
  }

  test('follows from the hour in which it ended', () => {
    expect(placed(1)).toEqual(['jobs/2026/03/01/10/0.json']);
  });

  test('never puts more than 3,000 entries in a folder, however many runs end in an hour or a minute', () => {
    const minute = (n: number) => `2026-03-01T10:${String(n % 60).padStart(2, '0')}:00.000Z`;
    for (const paths of [placed(12_000), placed(12_000, minute)]) {
      const entries = new Map<string, Set<string>>();
      for (const path of paths) {
        const parts = path.split('/');
        for (let depth = 1; depth < parts.length; depth += 1) {
          const folder = parts.slice(0, depth).join('/');
          entries.set(folder, (entries.get(folder) ?? new Set()).add(parts[depth]!));
        }
      }
      expect(new Set(paths).size).toBe(12_000);
      expect(Math.max(...[...entries.values()].map(({ size }) => size))).toBeLessThanOrEqual(3_000);
    }
  });

  test.each(['../../.git/config', 'CON', 'a/b', '.hidden', 'Abc', 'ABC'])(
    'ends in a file name that every system can store, for the run %s',
    (runId) => {
      const name = jobPath({ runId, finishedAt: plain.finishedAt }, { count: () => 0 })
        .split('/')
        .slice(5)
        .join('/');
      expect(name).toMatch(/^[A-Za-z0-9_][A-Za-z0-9._-]*-[0-9a-f]{10}\.json$/);
    },
  );
});

describe('the summary of a day', () => {
  const run = (runId: string, other: Partial<SummarisedRun>): SummarisedRun => ({
    runId,
    componentId: 'keboola.ex-db-mysql',
    configId: '7',
    status: 'SUCCESS',
    finishedAt: '2026-03-01T10:00:00.000Z',
    seconds: 10,
    error: null,
    ...other,
  });
  const runs = [
    run('1', { seconds: 0.1 }),
    run('2', { seconds: 0.2 }),
    run('3', { status: 'FAILED', error: '\nNo such table.\nTrace', seconds: 7 }),
    run('4', { configId: null, componentId: 'keboola.sandboxes', seconds: null }),
  ];

  test('counts by status, names failures, and says how long each configuration took', () => {
    expect(formatItemLines(daySummary('2026-03-01', runs))).toMatchInlineSnapshot(`
      "{
        "day": "2026-03-01",
        "runs": 4,
        "byStatus": { "FAILED": 1, "SUCCESS": 3 },
        "failures": [
          { "runId": "3", "status": "FAILED", "finishedAt": "2026-03-01T10:00:00.000Z", "componentId": "keboola.ex-db-mysql", "configurationId": "7", "error": "No such table." }
        ],
        "configurations": [
          { "componentId": "keboola.ex-db-mysql", "configurationId": "7", "runs": 3, "failures": 1, "seconds": { "total": 7.3, "min": 0.1, "median": 0.2, "max": 7 } },
          { "componentId": "keboola.sandboxes", "runs": 1, "failures": 0 }
        ]
      }
      "
    `);
  });

  test('is the same whatever the order of the runs', () => {
    expect(daySummary('2026-03-01', [...runs].reverse())).toEqual(daySummary('2026-03-01', runs));
  });
});

test('the lineage adds what only runs show, once for each table, without details of single runs', () => {
  const [branch] = sampleProject('42', []).branches;
  const paths = new Map(
    branch!.configurations.map(({ componentId, id }) => [
      `config/1000/${componentId}/${id}`,
      `configs/main/${id}`,
    ]),
  );
  const python = { componentId: 'keboola.python-transformation-v2', configId: '1004' };
  const jobTables = [
    { ...python, direction: 'read' as const, tableId: 'in.c-hidden.input' },
    { ...python, direction: 'read' as const, tableId: 'no table' },
    { ...python, configId: 'gone', direction: 'read' as const, tableId: 'in.c-hidden.input' },
    // The input mapping of this configuration already says this.
    {
      componentId: 'keboola.snowflake-transformation',
      configId: '1003',
      direction: 'read' as const,
      tableId: 'in.c-shop.orders',
    },
  ];
  const before = lineage({ branch: branch!, paths }, branch!.storage!);
  const after = lineage({ branch: branch!, paths, jobTables }, branch!.storage!);
  expect(after.get('in.c-hidden')).toEqual([
    {
      bucketId: 'in.c-hidden',
      tableId: 'in.c-hidden.input',
      direction: 'read',
      knownBy: 'job',
      other: [
        ['componentId', python.componentId],
        ['configurationId', '1004'],
        ['path', 'configs/main/1004'],
      ],
    },
  ]);
  after.delete('in.c-hidden');
  expect(after).toEqual(before);
});

test('the guide describes runs as the policy keeps them, and says nothing if it keeps none', () => {
  const policy = { enabled: true, retainDays: 30, include: 'failures' as const };
  const text = jobsChapter(policy).join('\n');
  expect(text).toContain('that did not end with `SUCCESS` has a file');
  expect(text).toContain('for 30 days');
  expect(jobsChapter({ ...policy, enabled: false })).toEqual([]);
});
