import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Gitward's version, from its package. The same in the source and in the build. */
export function readVersion(): string {
  for (let directory = import.meta.dirname; ; directory = dirname(directory)) {
    const file = join(directory, 'package.json');
    if (existsSync(file)) {
      return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
    }
    if (directory === dirname(directory)) return 'unknown';
  }
}

/** The workflows that the build bundled, or, run from source, their source. */
export function workflowCode(): { bundle: string } | { source: string } {
  const bundle = fileURLToPath(new URL('../workflows-bundle.js', import.meta.url));
  if (existsSync(bundle)) return { bundle };
  return { source: fileURLToPath(new URL('../workflows/index.ts', import.meta.url)) };
}
