import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip as gzipCallback } from 'node:zlib';
import { isUpToDate, readStamps, stampFile, stampOf, writeStamps } from './stamp.js';

/*
 * `npm run build`, which `npm start` also runs first: builds dist/ from the sources unless it is up to
 * date. Types are not checked: `npm run types` does that. Plain JavaScript, because it runs before
 * anything is built.
 */

const root = dirname(import.meta.dirname);
const dist = join(root, 'dist');
const brotli = promisify(brotliCompress);
const gzip = promisify(gzipCallback);

/** Common options of the bundles: packages are not bundled, they stay in node_modules. */
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

/** The parts of dist/; each is built when one of its inputs has changed. */
const parts = { program: buildProgram, workflows: buildWorkflows, web: buildWeb };

/**
 * The command, split into a file for what each subcommand loads. Stack traces name the source file and
 * line (the command turns on source maps).
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
  const interceptors = 'workflows/trace-context.ts';
  const [{ metafile }, { bundleWorkflowCode, DefaultLogger }] = await Promise.all([
    // Only to find out the inputs of the bundle.
    esbuild.build({ ...bundle, entryPoints: [entry, interceptors], outdir: 'dist', write: false }),
    import('@temporalio/worker'),
  ]);
  const { code } = await bundleWorkflowCode({
    workflowsPath: join(root, entry),
    workflowInterceptorModules: [join(root, interceptors)],
    logger: new DefaultLogger('WARN'),
  });
  const output = 'dist/workflows-bundle.js';
  await writeFile(join(root, output), code);
  return { inputs: filesOf(metafile).inputs, outputs: [output] };
}

/** The console: minified, in files named after their content, each also compressed. */
async function buildWeb() {
  // Whoever builds: a test runner would get React's slow form, which does everything twice to find mistakes.
  process.env.NODE_ENV = 'production';
  const { build: buildPages } = await import('vite');
  const { output } = await buildPages({
    configFile: join(root, 'web/vite.config.ts'),
    logLevel: 'warn',
  });
  // What only the page itself names, such as its icon, is a module of no bundle.
  const sources = output.flatMap(({ moduleIds = [], originalFileNames = [] }) => [
    ...moduleIds,
    ...originalFileNames.map((name) => resolve(root, 'web', name)),
  ]);
  const files = output.map(({ fileName }) => `dist/web/${fileName}`);
  const compressed = await Promise.all(files.filter(isAsset).map(compress));
  return {
    inputs: [
      ...new Set(sources.filter(isSource).map((id) => relative(root, id))),
      'web/vite.config.ts',
    ],
    outputs: [...files, ...compressed.flat()],
  };
}

/** The page itself is other for each answer. @param {string} file */
function isAsset(file) {
  return file.startsWith('dist/web/assets/');
}

/** Writes the compressed forms of a file beside it, for the API to send. @param {string} file */
async function compress(file) {
  const content = await readFile(join(root, file));
  const { BROTLI_PARAM_QUALITY } = constants;
  const forms = {
    [`${file}.br`]: await brotli(content, { params: { [BROTLI_PARAM_QUALITY]: 9 } }),
    [`${file}.gz`]: await gzip(content, { level: 9 }),
  };
  await Promise.all(
    Object.entries(forms).map(([path, bytes]) => writeFile(join(root, path), bytes)),
  );
  return Object.keys(forms);
}

/** Whether a bundled module is a file of ours; styles and images are asked for with a query. @param {string} id */
function isSource(id) {
  return id.startsWith(root) && !id.includes('node_modules') && existsSync(id);
}

/** @param {import('esbuild').Metafile} metafile */
function filesOf({ inputs, outputs }) {
  return { inputs: Object.keys(inputs), outputs: Object.keys(outputs) };
}

/** Removes the outputs of an earlier build that this one does not have. @param {string[]} outputs */
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
      'dist/ is out of date, and the build tool is not installed (npm ci ran without development\n' +
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
  // An interrupted build does not count.
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
  // A container image has dist/ but no sources.
  if (existsSync(join(root, 'cli/main.ts'))) await build();
} catch (error) {
  // esbuild has already printed the errors that it found in the sources.
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
