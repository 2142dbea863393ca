import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { StorageApiProject } from '../../../examples/storage-api/data.ts';
import { startStorageApi } from '../../../examples/storage-api/storage-api.ts';
import type { NewVersion } from '../../../examples/storage-api/store.ts';
import { PlatformPeople, type RandomChange } from '../../support/mirror/random-changes.ts';
import { emptyProject } from '../../support/mirror/random-content.ts';
import { SeededRandom } from '../../support/seeded-random.ts';
import { answerCalls } from './calls.ts';

/*
 * The platform of a chaos run, as a process: `<file> <port>`. Its project is in the file, so that it outlives the process.
 */
const [file = '', port = '0'] = process.argv.slice(2);

interface Kept {
  project: StorageApiProject;
  /** How many changes were made, each of which is a second after the one before. */
  changes: number;
}

const kept = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Kept) : null;
const api = await startStorageApi({
  port: Number(port),
  project: kept?.project ?? emptyProject({ id: 12345 }),
});
let changes = kept?.changes ?? 0;
const begin = Date.parse('2026-01-02T00:00:00Z');
const people = new PlatformPeople(api, begin + changes * 1_000);

/** Whoever was told of a change can rely on it, even if the process is killed. */
function keep(): void {
  writeFileSync(`${file}.new`, JSON.stringify({ project: api.project, changes } satisfies Kept));
  renameSync(`${file}.new`, file);
}

const handlers = {
  /** Makes a change of any kind. */
  make(change: RandomChange) {
    changes += 1;
    const made = people.make(change);
    keep();
    return made;
  },
  /** Saves a configuration with a description that nobody else writes; `null` if there is none. */
  describe({ seed, ...version }: { seed: number } & Pick<NewVersion, 'description' | 'author'>) {
    const found = api.project.branches.find(({ isDefault }) => isDefault)?.configurations ?? [];
    if (found.length === 0) return null;
    changes += 1;
    const { componentId, id: configId } = new SeededRandom(seed).of(found);
    const event = api.change({ componentId, configId }, { ...version, at: people.later() });
    keep();
    return event;
  },
};

/** What the platform can be told to do. */
export type SourceCalls = typeof handlers;

answerCalls(handlers);
console.log(`The platform is up at ${api.url}`);
