import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../..', import.meta.url));

/** Appends the URL of each module that is loaded to a file: a pipe that is full would end the process. */
const hook = `
  import { appendFileSync } from 'node:fs';
  export async function resolve(specifier, context, next) {
    const found = await next(specifier, context);
    appendFileSync(process.env.LOADED, found.url + '\\n');
    return found;
  }`;
const registerHook = `
  import { register } from 'node:module';
  register(${JSON.stringify(dataUrl(hook))});`;

function dataUrl(code: string): string {
  return `data:text/javascript,${encodeURIComponent(code)}`;
}

/** What a command prints, and what it loads: packages by name, and our own files from the root. */
async function loadedBy(
  ...args: string[]
): Promise<{ text: string; packages: string[]; own: string[] }> {
  const directory = await mkdtemp(join(tmpdir(), 'gitward-help-'));
  const loaded = join(directory, 'loaded');
  const { stdout } = await run(
    process.execPath,
    ['--import', 'tsx', '--import', dataUrl(registerHook), 'cli/main.ts', ...args],
    { cwd: root, env: { ...process.env, LOADED: loaded } },
  );
  const urls = await readFile(loaded, 'utf8');
  await rm(directory, { recursive: true });
  const paths = urls.split('\n').map((url) => url.replace(/\?.*$/, ''));
  const packages = paths.flatMap(
    (url) => /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1] ?? [],
  );
  const own = paths
    .filter((url) => !url.includes('/node_modules/') && url.includes(root))
    .map((url) => url.slice(url.indexOf(root) + root.length));
  return { text: stdout, packages: [...new Set(packages)].sort(), own: [...new Set(own)] };
}

test.each([
  [[], 'projects'],
  [['projects'], 'rotate'],
  [['knowledge'], 'conflicts'],
  [['knowledge', 'check'], '--roundtrip'],
  [['start'], 'TEMPORAL_ADDRESS'],
])('the help of %j loads what parses command lines, and nothing that runs', async (path, part) => {
  const { text, packages, own } = await loadedBy(...path, '--help');
  expect(text).toContain(part);
  expect(packages).toEqual(['commander']);
  const rooms = new Set(own.map((file) => file.split('/')[0]));
  expect([...rooms].sort()).toEqual(['cli', 'model']);
});

test('the help of `projects add` lists the platforms', async () => {
  const { text, packages } = await loadedBy('projects', 'add', '--help');
  expect(text.replace(/\s+/g, ' ')).toContain(
    'which platform: keboola (a Keboola project), sample (the built-in sample) (choices: "keboola", "sample", default: "keboola")',
  );
  // So the hook sees what is loaded late.
  expect(packages).toContain('typebox');
});
