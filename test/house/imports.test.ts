import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { importsOf, resolved, root, sourceFiles, type Import } from './read-imports.ts';
import { besideTheRooms, sourceFolders } from './rooms.ts';

/**
 * The rooms, and which others each of them may import; `docs/architecture.md` has the picture.
 * `types` names rooms of which only types may be imported.
 */
const rooms: Record<string, { imports: string[]; types?: string[] }> = {
  model: { imports: [] },
  platforms: { imports: ['model'] },
  knowledge: { imports: [], types: ['model'] },
  secrets: { imports: ['model'] },
  network: { imports: ['model'] },
  git: { imports: ['model'], types: ['network'] },
  hosts: { imports: ['model'] },
  identity: { imports: ['model'] },
  db: { imports: ['model'] },
  workflows: { imports: ['model'], types: ['activities'] },
  temporal: { imports: ['model', 'workflows'] },
  activities: {
    imports: ['model', 'platforms', 'knowledge', 'secrets', 'git', 'db'],
    types: ['hosts', 'temporal'],
  },
  telemetry: { imports: ['model'] },
  worker: { imports: ['model', 'db', 'workflows'], types: ['activities', 'temporal'] },
  api: {
    imports: ['model', 'knowledge', 'secrets', 'db', 'temporal'],
    types: ['git', 'platforms'],
  },
  // The API is known to it by its own description only: `web/api/schema.ts` is generated.
  web: { imports: ['model'] },
  embedded: { imports: [] },
  cli: {
    imports: [
      'model',
      'db',
      'knowledge',
      'git',
      'hosts',
      'identity',
      'platforms',
      'network',
      'activities',
      'temporal',
      'telemetry',
      'worker',
      'api',
      'embedded',
    ],
  },
};

/** Single files that others may import although their room is closed to them: pure rules that all have to agree on. */
const openFiles: Record<string, string[]> = {
  // How Git identifies content.
  'git/blob-id.ts': ['platforms', 'knowledge'],
  // What an import makes of files and of columns: the console shows before what will become of them.
  'knowledge/import/import-files.ts': ['web'],
  'knowledge/import/import-columns.ts': ['web'],
  'knowledge/import/import-row.ts': ['web'],
  'knowledge/import/table-format.ts': ['web'],
  // How a place in a document is identified.
  'model/text/json-pointer.ts': ['knowledge'],
  // What neither Git nor the database can hold.
  'model/text/find-unstorable.ts': ['knowledge'],
  // Which paths a file system takes for one, what a path is in, and which names Windows keeps for itself.
  'model/text/path-key.ts': ['knowledge'],
  'model/text/ancestors.ts': ['knowledge'],
  'model/text/device-name.ts': ['knowledge'],
  // What people write for many paths at once, and which role includes which.
  'model/text/wildcard.ts': ['knowledge'],
  'model/access/roles.ts': ['knowledge'],
  // Which dates exist.
  'model/text/time.ts': ['knowledge'],
  // What models answer, and what people expect of them, is shown in sentences.
  'model/text/outside-text.ts': ['knowledge'],
};

/**
 * What in the `streams/` folders knows the products after all, and why. Everything else there would also serve a
 * product that does not exist yet.
 */
const knowsTheProducts: Record<string, string> = {
  'activities/streams/dependencies.ts': 'names what all activities are made of; only types',
  'db/streams/credentials.ts':
    'the uses of a credential are checked where it is deleted, in one transaction',
  'db/streams/places.ts': 'no two streams may own the same files, of whatever product',
  'db/streams/relay.ts': 'one look finds the forgotten work of all workflows',
  'api/streams/credentials/uses-seen.ts': 'a caller sees the uses in the spaces that they may read',
  'api/streams/credentials/credential-routes.ts':
    'a credential may be read by whoever may read what uses it',
  'api/streams/signals.ts': 'a rotated credential wakes all streams that wait for it',
};

/** The packages that the model and the sandbox of the workflows may use; neither has Node. */
const packagesOf: Record<string, RegExp> = {
  model: /^$/,
  workflows: /^@temporalio\/(workflow|common)$/,
};

describe('the rooms', () => {
  const files = Object.keys(rooms).flatMap((room) => sourceFiles(room));
  const imports = files.flatMap((file) => importsOf(file));

  it('import only along the arrows', () => {
    const forbidden = imports.filter(({ file, target, typeOnly }) => {
      if (!target.startsWith('.')) return false;
      const from = roomOf(file);
      const to = roomOf(resolved(file, target));
      if (from === to) return false;
      const allowed = rooms[from] ?? { imports: [] };
      if (to === '(top level)') return from !== 'cli' && !typeOnly;
      if (openFiles[resolved(file, target)]?.includes(from)) return false;
      return !allowed.imports.includes(to) && !(typeOnly && allowed.types?.includes(to));
    });
    expect(forbidden.map(arrow)).toEqual([]);
  });

  it('have no unused arrow', () => {
    const used = new Set(
      imports.map(
        ({ file, target, typeOnly }) =>
          `${roomOf(file)} → ${roomOf(resolved(file, target))}${typeOnly ? ' (types)' : ''}`,
      ),
    );
    const drawn = Object.entries(rooms).flatMap(([room, { imports: others, types = [] }]) => [
      ...others.map((other) => `${room} → ${other}`),
      ...types.map((other) => `${room} → ${other} (types)`),
    ]);
    expect(drawn.filter((one) => !used.has(one))).toEqual([]);
    const opened = Object.entries(openFiles).flatMap(([path, others]) =>
      others.map((other) => `${other} → ${path}`),
    );
    const usedFiles = new Set(
      imports.map(({ file, target }) => `${roomOf(file)} → ${resolved(file, target)}`),
    );
    expect(opened.filter((one) => !usedFiles.has(one))).toEqual([]);
  });

  it('keep the two products apart', () => {
    const crossing = imports.filter(({ file, target }) => {
      if (!target.startsWith('.')) return false;
      const products = [productOf(file), productOf(resolved(file, target))];
      return products.includes('mirror') && products.includes('knowledge');
    });
    expect(crossing.map(arrow)).toEqual([]);
  });

  it('know no product in what serves all of them', () => {
    const knowing = imports.filter(
      ({ file, target }) =>
        file.split('/')[1] === 'streams' &&
        target.startsWith('.') &&
        productOf(resolved(file, target)) !== undefined,
    );
    const others = knowing.filter(({ file }) => knowsTheProducts[file] === undefined);
    expect(others.map(arrow)).toEqual([]);
    const needed = new Set(knowing.map(({ file }) => file));
    expect(Object.keys(knowsTheProducts).filter((file) => !needed.has(file))).toEqual([]);
  });

  it('keep Node and other packages out of the model and the workflows', () => {
    const forbidden = imports.filter(({ file, target }) => {
      const allowed = packagesOf[roomOf(file)];
      return allowed !== undefined && !target.startsWith('.') && !allowed.test(target);
    });
    expect(forbidden.map(arrow)).toEqual([]);
  });

  it('query the database only in db/', () => {
    const query = /from 'kysely'|\.(selectFrom|insertInto|updateTable|deleteFrom)\(/;
    const asking = files.filter((file) => query.test(readFileSync(join(root, file), 'utf8')));
    expect(asking.filter((file) => !file.startsWith('db/'))).toEqual([]);
  });

  it('read the environment only in config.ts', () => {
    const readers = files.filter((file) =>
      readFileSync(join(root, file), 'utf8').includes('process.env'),
    );
    expect(
      readers.filter((file) => !file.startsWith('cli/') && !file.startsWith('embedded/')),
    ).toEqual([]);
  });

  it('are all listed here', () => {
    const folders = sourceFolders();
    expect(folders.filter((name) => !(name in rooms) && !besideTheRooms.includes(name))).toEqual(
      [],
    );
  });
});

/** The product of a file: its folder on the second level, or the room of that name. */
function productOf(file: string): string | undefined {
  return file
    .split('/')
    .slice(0, -1)
    .find((folder) => folder === 'mirror' || folder === 'knowledge');
}

function roomOf(file: string): string {
  return file.includes('/') ? (file.split('/')[0] ?? '') : '(top level)';
}

function arrow({ file, target }: Import): string {
  return `${file} → ${target}`;
}
