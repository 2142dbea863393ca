import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder of our package.json, which is above both the source and the build. */
function packageRoot(): string {
  for (let directory = import.meta.dirname; ; directory = dirname(directory)) {
    if (existsSync(join(directory, 'package.json'))) return directory;
    if (directory === dirname(directory))
      throw new Error(`There is no package.json above ${import.meta.dirname}.`);
  }
}

/** Gitward's version, from its package.json; works both from source and from the build. */
export function readVersion(): string {
  return readPackage().version;
}

/** The oldest version of Node that Gitward runs on, such as `20.19`. */
export function readRequiredNode(): string {
  return readPackage().engines.node.replace(/^>=/, '');
}

function readPackage(): { version: string; engines: { node: string } } {
  const text = readFileSync(join(packageRoot(), 'package.json'), 'utf8');
  return JSON.parse(text) as { version: string; engines: { node: string } };
}

/**
 * The bundle of the workflows if Gitward runs from the build, or their source if it runs from
 * source.
 */
export function workflowCode(): { bundle: string } | { source: string; interceptors: string[] } {
  const root = packageRoot();
  if (import.meta.filename.endsWith('.ts'))
    return {
      source: join(root, 'workflows/index.ts'),
      interceptors: [join(root, 'workflows/trace-context.ts')],
    };
  return { bundle: join(root, 'dist/workflows-bundle.js') };
}

/** The folder of the console's files; `null` when Gitward runs from source, where nobody has built them. */
export function consoleDirectory(): string | null {
  return import.meta.filename.endsWith('.ts') ? null : join(packageRoot(), 'dist/web');
}
