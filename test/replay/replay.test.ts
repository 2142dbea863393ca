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
    // That a changed workflow does not replay is what one of these tests wants.
    logger: new DefaultLogger('ERROR', () => undefined),
    telemetryOptions: { logging: { forward: {}, filter: 'ERROR' } },
  });
});

/** Replays every recorded history on these workflows; file → what was wrong. */
async function replay(workflows: string): Promise<Map<string, Error | undefined>> {
  const histories = files.map((file) => ({
    workflowId: file,
    history: historyFromJSON(JSON.parse(readFileSync(join(directory, file), 'utf8'))),
  }));
  const workflowsPath = fileURLToPath(new URL(workflows, import.meta.url));
  const results = new Map<string, Error | undefined>();
  for await (const { workflowId, error } of Worker.runReplayHistories({ workflowsPath }, histories))
    results.set(workflowId, error);
  return results;
}

it('every story is recorded', () => {
  const recorded = files.map((file) => file.replace(/(-\d+)?\.json$/, ''));
  expect([...new Set(recorded)].sort()).toEqual(
    [
      ...Object.keys(stories),
      ...Object.keys(spaceStories),
      ...['catch-up', 'verification'],
      ...['operation-done', 'operation-failed', 'operation-cancelled'],
    ].sort(),
  );
  for (const name of ['continued-as-new', 'space-continued-as-new'])
    expect(files.filter((file) => file.startsWith(name)).length).toBeGreaterThan(1);
});

it('the workflows of today go on where those of the recorded histories were', async () => {
  const results = await replay('../../workflows/index.ts');
  expect(results.size).toBe(files.length);
  expect([...results].filter(([, error]) => error !== undefined)).toEqual([]);
});

it('a workflow that does something else is noticed in each of them', async () => {
  const results = await replay('changed-workflows.ts');
  // A run that found its mirror ended, or was continued, begins like any other.
  expect(
    [...results.values()].filter((error) => !(error instanceof DeterminismViolationError)),
  ).toEqual([]);
});

it('holds nothing of the machine that recorded', () => {
  for (const file of files) {
    const text = readFileSync(join(directory, file), 'utf8');
    const identities = [...text.matchAll(/"identity":"([^"]*)"/g)].map(([, name]) => name);
    expect(new Set(identities)).toEqual(new Set(['gitward-recorder']));
    expect(text).not.toMatch(/file:\/\/|\/home\/|\/tmp\/|node_modules/);
  }
});
