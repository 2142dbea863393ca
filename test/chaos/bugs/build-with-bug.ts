import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'esbuild';
import type { PlantedBug } from './planted-bugs.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/**
 * Builds the command with a mistake, into a folder of its own, and returns that folder. Workflows and pages are those of
 * `dist/`, which never has it.
 */
export async function buildWithBug(name: string, bug: PlantedBug): Promise<string> {
  // Packages are found from here, and nobody packs or publishes it.
  const outdir = join('node_modules/.cache/gitward-chaos', name);
  await build({
    absWorkingDir: root,
    entryPoints: ['cli/main.ts'],
    outdir,
    outbase: '.',
    bundle: true,
    splitting: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20.19',
    logLevel: 'warning',
    plugins: [plant(bug)],
  });
  return outdir;
}

function plant({ file, replacements }: PlantedBug): Plugin {
  const path = join(root, file);
  return {
    name: 'plant-bug',
    setup(building) {
      building.onLoad({ filter: /\.ts$/ }, async (loaded) => {
        if (loaded.path !== path) return undefined;
        let contents = await readFile(path, 'utf8');
        for (const [wanted, instead] of replacements) {
          if (contents.split(wanted).length !== 2)
            throw new Error(
              `${file} does not have this once, so the bug needs another place:\n${wanted}`,
            );
          contents = contents.replace(wanted, () => instead);
        }
        return { contents, loader: 'ts' };
      });
    },
  };
}
