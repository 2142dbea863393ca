import { existsSync } from 'node:fs';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import process from 'node:process';
import { isUpToDate, readStamps, stampFile, stampOf, writeStamps } from './stamp.js';

/*
 * `npm run build`, and what `npm start` does first: makes dist/ from the sources where it is not made
 * from these sources already. Types are not looked at: `npm run types` does that. Plain JavaScript,
 * since it runs before anything is built.
 */

const root = dirname(import.meta.dirname);
const dist = join(root, 'dist');

/** What bundles have in common: packages stay outside, in node_modules. */
const bundle = {
  absWorkingDir: root,
  bundle: true,
  packages: 'external',
  platform: 'node',
  format: 'esm',
  target: 'node20.19',
  metafile: true,
  logLevel: 'warning',
};

/** The parts of dist/: each is made when one of its inputs changed. */
const parts = { program: buildProgram, workflows: buildWorkflows };

/**
 * The command, as a file for what each command loads. A stack trace names the source's file and line
 * (the command turns source maps on).
 *
 * @param {typeof import('esbuild')} esbuild
 */
async function buildProgram(esbuild) {
  const { metafile } = await esbuild.build({
    ...bundle,
    entryPoints: ['cli/main.ts'],
    outdir: 'dist',
    outbase: '.',
    splitting: true,
    sourcemap: true,
    sourcesContent: false,
  });
  return filesOf(metafile);
}

/**
 * The workflows, bundled once for the sandbox that they run in, so that a worker starts without a
 * bundler and every worker of an image runs the same code.
 *
 * @param {typeof import('esbuild')} esbuild
 */
async function buildWorkflows(esbuild) {
  const entry = 'workflows/index.ts';
  const [{ metafile }, { bundleWorkflowCode, DefaultLogger }] = await Promise.all([
    // Only to know what the bundle is made of.
    esbuild.build({ ...bundle, entryPoints: [entry], outdir: 'dist', write: false }),
    import('@temporalio/worker'),
  ]);
  const { code } = await bundleWorkflowCode({
    workflowsPath: join(root, entry),
    logger: new DefaultLogger('WARN'),
  });
  const output = 'dist/workflows-bundle.js';
  await writeFile(join(root, output), code);
  return { inputs: filesOf(metafile).inputs, outputs: [output] };
}

/** @param {import('esbuild').Metafile} metafile */
function filesOf({ inputs, outputs }) {
  return { inputs: Object.keys(inputs), outputs: Object.keys(outputs) };
}

/** Removes what an earlier build made and this one did not. @param {string[]} outputs */
async function removeOthers(outputs) {
  const kept = new Set(outputs);
  const found = await readdir(dist, { recursive: true, withFileTypes: true });
  const folders = new Set(outputs.flatMap((file) => foldersOf(file)));
  for (const entry of found) {
    const path = relative(root, join(entry.parentPath, entry.name));
    const wanted = entry.isDirectory() ? folders.has(path) : kept.has(path);
    if (!wanted) await rm(join(root, path), { recursive: true, force: true });
  }
}

/** @param {string} file @returns {string[]} */
function foldersOf(file) {
  const folder = dirname(file);
  return folder === '.' ? [] : [folder, ...foldersOf(folder)];
}

async function loadEsbuild() {
  try {
    return await import('esbuild');
  } catch (cause) {
    if (cause.code !== 'ERR_MODULE_NOT_FOUND') throw cause;
    throw new Error(
      'dist/ is not what these sources make, and what builds it is not installed (npm ci without development\n' +
        'dependencies). Run: npm ci && npm run build && npm prune --omit=dev',
      { cause },
    );
  }
}

async function build() {
  const stamps = await readStamps(root);
  const changed = [];
  for (const part of Object.keys(parts))
    if (!(await isUpToDate(root, stamps[part]))) changed.push(part);
  if (changed.length === 0) return;

  const esbuild = await loadEsbuild();
  await mkdir(dist, { recursive: true });
  // An interrupted build is none.
  await rm(join(root, stampFile), { force: true });
  await Promise.all(
    changed.map(async (part) => {
      stamps[part] = await stampOf(root, await parts[part](esbuild));
    }),
  );
  await removeOthers([stampFile, ...Object.values(stamps).flatMap(({ outputs }) => outputs)]);
  await writeStamps(root, stamps);
}

try {
  // An image has dist/ and no sources.
  if (existsSync(join(root, 'cli/main.ts'))) await build();
} catch (error) {
  // What esbuild finds in the sources it has printed.
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
