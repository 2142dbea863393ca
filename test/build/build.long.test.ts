import { execFile } from 'node:child_process';
import {
  cp,
  mkdir,
  mkdtemp,
  readFile,
  readdir,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../..', import.meta.url));

/** A small checkout with our build: a command of two files, a workflow with its interceptors, a page with a style and an icon. */
let checkout: string;

beforeEach(async () => {
  checkout = await mkdtemp(join(tmpdir(), 'gitward-build-'));
  await cp(join(root, 'build'), join(checkout, 'build'), { recursive: true });
  await symlink(join(root, 'node_modules'), join(checkout, 'node_modules'));
  await write('package.json', '{ "type": "module" }');
  await write('package-lock.json', '{}');
  await write('cli/main.ts', "const { greet } = await import('./greet.ts');\ngreet('world');\n");
  await write(
    'cli/greet.ts',
    'export function greet(whom: string): void {\n  console.log(`Hello, ${whom}.`);\n}\n',
  );
  await write('workflows/index.ts', "export { wait } from './wait.ts';\n");
  await write(
    'workflows/wait.ts',
    "import { sleep } from '@temporalio/workflow';\nexport const wait = () => sleep('1s');\n",
  );
  await write('workflows/trace-context.ts', 'export const interceptors = () => ({});\n');
  await cp(join(root, 'web/vite.config.ts'), join(checkout, 'web/vite.config.ts'));
  await write(
    'web/index.html',
    '<link rel="icon" href="./icon.svg"><script type="module" src="./main.ts"></script>\n',
  );
  await write('web/icon.svg', '<svg xmlns="http://www.w3.org/2000/svg"/>\n');
  await write('web/style.css', 'body { color: red }\n');
  await write('web/main.ts', "import './style.css';\ndocument.title = 'First';\n");
});
afterEach(() => rm(checkout, { recursive: true }));

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(checkout, path)), { recursive: true });
  await writeFile(join(checkout, path), text);
}

async function build(): Promise<{ code: number; said: string }> {
  return run(process.execPath, ['build/build.js'], { cwd: checkout }).then(
    ({ stderr }) => ({ code: 0, said: stderr }),
    (error: unknown) => {
      const { code, stderr } = error as { code: number; stderr: string };
      return { code, said: stderr };
    },
  );
}

async function says(): Promise<string> {
  return (await run(process.execPath, ['dist/cli/main.js'], { cwd: checkout })).stdout;
}

/** The files of dist/, each with the time when it was written. */
async function written(): Promise<Map<string, number>> {
  const entries = await readdir(join(checkout, 'dist'), { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return new Map(
    await Promise.all(
      files.map(async ({ parentPath, name }): Promise<[string, number]> => {
        const path = join(parentPath, name);
        return [path.slice(checkout.length + 1), (await stat(path)).mtimeMs];
      }),
    ),
  );
}

test('only what has changed is built again', async () => {
  expect(await build()).toEqual({ code: 0, said: '' });
  expect(await says()).toBe('Hello, world.\n');
  const first = await written();
  expect([...first.keys()]).toContain('dist/workflows-bundle.js');

  expect(await build()).toEqual({ code: 0, said: '' });
  expect(await written()).toEqual(first);

  await write('cli/greet.ts', 'export const greet = () => console.log("Good day.");\n');
  expect(await build()).toEqual({ code: 0, said: '' });
  expect(await says()).toBe('Good day.\n');
  const second = await written();
  expect(second.get('dist/workflows-bundle.js')).toBe(first.get('dist/workflows-bundle.js'));

  await write('workflows/wait.ts', 'export const wait = async () => {};\n');
  expect(await build()).toEqual({ code: 0, said: '' });
  const third = await written();
  expect(third.get('dist/workflows-bundle.js')).not.toBe(first.get('dist/workflows-bundle.js'));
  expect(third.get('dist/cli/main.js')).toBe(second.get('dist/cli/main.js'));
}, 120_000);

test.each([
  // Built for production, whatever `NODE_ENV` is here.
  ['web/main.ts', 'document.title = process.env.NODE_ENV;\n', /\.js$/, 'production'],
  ['web/style.css', 'body { color: blue }\n', /\.css$/, /#00f|blue/],
  ['web/icon.svg', '<svg xmlns="http://www.w3.org/2000/svg"><g/></svg>\n', /\.svg$/, '<g/>'],
  ['web/index.html', '<script type="module" src="./main.ts"></script>\n', /\.html$/, 'main'],
] as const)(
  'a change of %s builds the console again, and nothing else',
  async (file, text, output, expected) => {
    await build();
    const first = await written();
    await write(file, text);
    expect(await build()).toEqual({ code: 0, said: '' });
    const second = await written();

    const isPage = (path: string) => path.startsWith('dist/web/');
    const others = (of: Map<string, number>) =>
      [...of].filter(([path]) => !isPage(path) && path !== 'dist/.stamps.json');
    expect(others(second)).toEqual(others(first));
    const changed = [...second.keys()].filter(
      (path) => isPage(path) && output.test(path) && second.get(path) !== first.get(path),
    );
    expect(changed).toHaveLength(1);
    const [made = ''] = changed;
    if (file !== 'web/index.html') {
      expect(await readFile(join(checkout, made), 'utf8')).toMatch(expected);
      // Its name comes from its content, so the page names another one, and the former ones are gone.
      expect(first.has(made)).toBe(false);
      const compressed = [`${made}.br`, `${made}.gz`].map((path) => second.has(path));
      expect(compressed).toEqual([true, true]);
    }

    expect(await build()).toEqual({ code: 0, said: '' });
    expect(await written()).toEqual(second);
  },
  120_000,
);

test('what is missing from dist is built again, and the output of deleted sources is removed', async () => {
  await build();
  const greeting = [...(await written()).keys()].filter((path) => path.includes('greet'));
  expect(greeting).not.toEqual([]);
  await rm(join(checkout, 'dist/cli/main.js'));
  await build();
  expect(await says()).toBe('Hello, world.\n');

  await rm(join(checkout, 'cli/greet.ts'));
  await write('cli/main.ts', "console.log('Alone.');\n");
  await write('dist/cli/old.js', '');
  await write('dist/api/old.js', '');
  expect(await build()).toEqual({ code: 0, said: '' });
  expect(await says()).toBe('Alone.\n');
  const kept = [...(await written()).keys()].filter((path) => !path.startsWith('dist/web/'));
  expect(kept.sort()).toEqual([
    'dist/.stamps.json',
    'dist/cli/main.js',
    'dist/cli/main.js.map',
    'dist/workflows-bundle.js',
  ]);
  expect(await readdir(join(checkout, 'dist'))).not.toContain('api');
}, 120_000);

test('a source that cannot be read fails the build, and the next build works again', async () => {
  await build();
  await write('cli/greet.ts', 'export function (');
  const { code, said } = await build();
  expect(code).toBe(1);
  expect(said).toContain('cli/greet.ts');
  await write('cli/greet.ts', 'export const greet = () => console.log("Mended.");\n');
  expect(await build()).toEqual({ code: 0, said: '' });
  expect(await says()).toBe('Mended.\n');
}, 120_000);

test('without development dependencies, an existing build is used, and an outdated one is reported', async () => {
  await build();
  await rm(join(checkout, 'node_modules'));
  expect(await build()).toEqual({ code: 0, said: '' });
  await write('cli/greet.ts', 'export const greet = () => undefined;\n');
  const { code, said } = await build();
  expect(code).toBe(1);
  expect(said).toContain('npm ci && npm run build');
  // An image has no sources.
  await rm(join(checkout, 'cli'), { recursive: true });
  expect(await build()).toEqual({ code: 0, said: '' });
}, 120_000);
