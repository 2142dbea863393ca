import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * The rooms, and which others each may import: `docs/architecture.md` has the picture. `types`
 * names rooms of which only types may be imported.
 */
const rooms: Record<string, { imports: string[]; types?: string[] }> = {
  model: { imports: [] },
  platforms: { imports: ['model'] },
  knowledge: { imports: [], types: ['model'] },
  network: { imports: ['model'] },
  git: { imports: ['model'], types: ['network'] },
  hosts: { imports: ['model'] },
  db: { imports: ['model'] },
  workflows: { imports: ['model'], types: ['activities'] },
  temporal: { imports: ['model', 'workflows'] },
  activities: {
    imports: ['model', 'platforms', 'knowledge', 'git', 'db'],
    types: ['hosts', 'temporal'],
  },
  telemetry: { imports: [] },
  worker: { imports: ['model', 'db', 'workflows'], types: ['activities', 'temporal'] },
  api: {
    imports: ['model', 'knowledge', 'db', 'temporal'],
    types: ['git', 'platforms'],
  },
  embedded: { imports: [] },
  cli: {
    imports: [
      'model',
      'db',
      'knowledge',
      'git',
      'hosts',
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

/** What stands beside the rooms and may import any of them. */
const besideTheRooms = ['test', 'bench', 'examples'];

/** What the workflows' sandbox and the model have: no Node, no packages but these. */
const packagesOf: Record<string, RegExp> = {
  model: /^$/,
  workflows: /^@temporalio\/(workflow|common)$/,
};

interface Import {
  file: string;
  target: string;
  typeOnly: boolean;
}

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
      return !allowed.imports.includes(to) && !(typeOnly && allowed.types?.includes(to));
    });
    expect(forbidden.map(arrow)).toEqual([]);
  });

  it('have no arrow that nobody uses', () => {
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
  });

  it('keep the two products apart', () => {
    const crossing = imports.filter(({ file, target }) => {
      if (!target.startsWith('.')) return false;
      const products = [productOf(file), productOf(resolved(file, target))];
      return products.includes('mirror') && products.includes('knowledge');
    });
    expect(crossing.map(arrow)).toEqual([]);
  });

  it('keep Node and other packages out of the model and the workflows', () => {
    const forbidden = imports.filter(({ file, target }) => {
      const allowed = packagesOf[roomOf(file)];
      return allowed !== undefined && !target.startsWith('.') && !allowed.test(target);
    });
    expect(forbidden.map(arrow)).toEqual([]);
  });

  it('read the environment in config.ts alone', () => {
    const readers = files.filter((file) =>
      readFileSync(join(root, file), 'utf8').includes('process.env'),
    );
    expect(
      readers.filter((file) => !file.startsWith('cli/') && !file.startsWith('embedded/')),
    ).toEqual([]);
  });

  it('are all named here', () => {
    const folders = readdirSync(root, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && sourceFiles(entry.name).length > 0)
      .map(({ name }) => name);
    expect(folders.filter((name) => !(name in rooms) && !besideTheRooms.includes(name))).toEqual(
      [],
    );
  });
});

function sourceFiles(folder: string): string[] {
  if (folder.startsWith('.') || ['node_modules', 'dist', 'coverage'].includes(folder)) return [];
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)));
}

function importsOf(file: string): Import[] {
  const source = ts.createSourceFile(
    file,
    readFileSync(join(root, file), 'utf8'),
    ts.ScriptTarget.Latest,
  );
  const found: Import[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
      found.push({
        file,
        target: node.moduleSpecifier.text,
        typeOnly: isTypeOnly(node.importClause),
      });
    } else if (
      ts.isExportDeclaration(node) &&
      node.moduleSpecifier &&
      ts.isStringLiteral(node.moduleSpecifier)
    ) {
      found.push({ file, target: node.moduleSpecifier.text, typeOnly: node.isTypeOnly });
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      const [target] = node.arguments;
      if (target && ts.isStringLiteral(target))
        found.push({ file, target: target.text, typeOnly: false });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function isTypeOnly(clause: ts.ImportClause | undefined): boolean {
  if (clause === undefined) return false;
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true;
  const named = clause.namedBindings;
  return (
    clause.name === undefined &&
    named !== undefined &&
    ts.isNamedImports(named) &&
    named.elements.every(({ isTypeOnly }) => isTypeOnly)
  );
}

/** The file that an import names, from the project's root; a package's name as it is. */
function resolved(file: string, target: string): string {
  return target.startsWith('.') ? relative(root, resolve(root, dirname(file), target)) : target;
}

/** The product that a file is of: the second floor's folder, or the room of that name. */
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
