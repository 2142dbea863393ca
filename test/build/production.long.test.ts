import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * What the image contains: package.json, dist/, and the packages that are not development
 * dependencies.
 */
let image: string;

beforeAll(async () => {
  image = await mkdtemp(join(tmpdir(), 'gitward-image-'));
  await cp(join(root, 'package.json'), join(image, 'package.json'));
  await cp(join(root, 'dist'), join(image, 'dist'), { recursive: true });
  for (const path of await productionPackages()) {
    await mkdir(dirname(join(image, path)), { recursive: true });
    await symlink(join(root, path), join(image, path));
  }
}, 240_000);
afterAll(() => rm(image, { recursive: true }));

/** The top-level packages of node_modules that `npm prune --omit=dev` keeps. */
async function productionPackages(): Promise<string[]> {
  const lock = JSON.parse(await readFile(join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { dev?: boolean }>;
  };
  return Object.entries(lock.packages)
    .filter(([path, { dev }]) => /^node_modules\/(@[^/]+\/)?[^/]+$/.test(path) && dev !== true)
    .map(([path]) => path);
}

/** Runs the built command in the image, where it finds nothing outside of it. */
async function gitward(
  args: string[],
  settings: Record<string, string> = {},
): Promise<{ code: number; out: string }> {
  const flags = ['--preserve-symlinks', '--preserve-symlinks-main'];
  const env = {
    PATH: process.env.PATH,
    HOME: image,
    GITWARD_DATA_DIR: join(image, 'data'),
    ...settings,
  };
  return run(process.execPath, [...flags, 'dist/cli/main.js', ...args], { cwd: image, env }).then(
    ({ stdout, stderr }) => ({ code: 0, out: stdout + stderr }),
    (error: unknown) => {
      const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
      return { code, out: stdout + stderr };
    },
  );
}

test('the build runs without development dependencies, and knows its version', async () => {
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as {
    version: string;
  };
  expect(await gitward(['--version'])).toEqual({ code: 0, out: `${version}\n` });
});

// Each command loads all of its modules before it checks its settings.
test.each(['api', 'worker', 'migrate'])(
  '%s is complete without development dependencies',
  async (command) => {
    const { code, out } = await gitward([command]);
    expect(out).toContain('Set DATABASE_URL');
    expect(code).toBe(2);
  },
);

test('start is complete without development dependencies', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const port = String((taken.address() as AddressInfo).port);
  try {
    const { code, out } = await gitward(['start'], { GITWARD_PORT: port });
    expect(out).toContain(`Port ${port} of 127.0.0.1 is in use`);
    expect(code).toBe(1);
  } finally {
    taken.close();
  }
});
