import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { historyFromJSON } from '@temporalio/common/lib/proto-utils.js';
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import { DeterminismViolationError } from '@temporalio/workflow';
import { beforeAll, expect, it } from 'vitest';
import { spaceStories } from './space-stories.ts';
import { stories } from './stories.ts';

const directory = fileURLToPath(new URL('histories', import.meta.url));
const files = readdirSync(directory).filter((file) => file.endsWith('.json'));

beforeAll(() => {
  Runtime.install({
    // One of these tests makes replays fail on purpose, so their warnings are not logged.
    logger: new DefaultLogger('ERROR', () => undefined),
    telemetryOptions: { logging: { forward: {}, filter: 'ERROR' } },
  });
});

/** Replays every recorded history with these workflows; returns the error of each file. */
async function replay(workflows: string): Promise<Map<string, Error | undefined>> {
  const histories = files.map((file) => ({
    workflowId: file,
    history: historyFromJSON(JSON.parse(readFileSync(join(directory, file), 'utf8'))),
  }));
  const workflowsPath = fileURLToPath(new URL(workflows, import.meta.url));
  const results = new Map<string, Error | undefined>();
  const interceptors = {
    workflowModules: [fileURLToPath(new URL('../../workflows/trace-context.ts', import.meta.url))],
  };
  for await (const { workflowId, error } of Worker.runReplayHistories(
    { workflowsPath, interceptors },
    histories,
  ))
    results.set(workflowId, error);
  return results;
}

it('every story is recorded', () => {
  const recorded = files.map((file) => file.replace(/(-\d+)?\.json$/, ''));
  expect([...new Set(recorded)].sort()).toEqual(
    [
      ...Object.keys(stories),
      ...Object.keys(spaceStories),
      ...['catch-up', 'catch-up-one-by-one', 'verification', 'housekeeping', 'watch'],
      ...['operation-done', 'operation-failed', 'operation-cancelled'],
    ].sort(),
  );
  for (const name of ['continued-as-new', 'space-continued-as-new'])
    expect(files.filter((file) => file.startsWith(name)).length).toBeGreaterThan(1);
});

it('the current workflows can replay every recorded history', async () => {
  const results = await replay('../../workflows/index.ts');
  expect(results.size).toBe(files.length);
  expect([...results].filter(([, error]) => error !== undefined)).toEqual([]);
});

it('a workflow that does something else fails to replay every recorded history', async () => {
  const results = await replay('changed-workflows.ts');
  // This includes runs that find their mirror ended or that continue another run, since all runs
  // start alike.
  expect(
    [...results.values()].filter((error) => !(error instanceof DeterminismViolationError)),
  ).toEqual([]);
});

it('the histories contain nothing about the machine that recorded them', () => {
  for (const file of files) {
    const text = readFileSync(join(directory, file), 'utf8');
    const identities = [...text.matchAll(/"identity":"([^"]*)"/g)].map(([, name]) => name);
    expect(new Set(identities)).toEqual(new Set(['gitward-recorder']));
    expect(text).not.toMatch(/file:\/\/|\/home\/|\/tmp\/|node_modules/);
  }
});
