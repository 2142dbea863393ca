import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildWithBug } from '../chaos/bugs/build-with-bug.ts';
import { FuzzTarget } from './fuzz-target.ts';
import { lies } from './lies.ts';
import { installSchemathesis } from './schemathesis/install.ts';

const command = await installSchemathesis().catch((error: unknown) => {
  console.warn(`Skipped, because it cannot run here. ${(error as Error).message}`);
  return null;
});

/** The operations that lies are told of. */
const only = String.raw`^/v1/(tokens|projects/\{project\})$`;
let target: FuzzTarget;
let rounds = 0;

async function faultsAs(role: 'admin' | 'reader'): Promise<string[]> {
  const round = { number: rounds++, role, seed: 7, examples: 5, isThorough: true, only };
  return (await target.run(round)).faults;
}

describe.skipIf(command === null)('the fuzzer', () => {
  beforeAll(async () => {
    target = await FuzzTarget.start('dist', command ?? '');
  });
  afterAll(() => target.stop());

  it('finds no fault where there is none, and can still call with its own token afterwards', async () => {
    expect({ reader: await faultsAs('reader'), admin: await faultsAs('admin') }).toEqual({
      reader: [],
      admin: [],
    });
    expect(target.requests).toBeGreaterThan(300);
    const answered = target.gateway.counts.get('GET /v1/tokens');
    expect(answered?.get(200)).toBeGreaterThan(0);
  });

  it.each([
    ['status-left-out', /^Undocumented status code \(1\): GET \/v1\/projects\/\{project\}$/],
    ['other-values', /^Response violates schema \(\d\): .*GET \/v1\/tokens/],
  ] as const)('finds %s', async (name, finds) => {
    await target.world.run(await buildWithBug(name, lies[name]));
    expect(await faultsAs('admin')).toContainEqual(expect.stringMatching(finds));
  });
});
