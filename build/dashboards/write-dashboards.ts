import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { dashboards } from './dashboards.ts';

/*
 * `npm run dashboards`: writes the dashboards for Grafana to `ops/grafana/`. A test compares them with what this makes.
 */

const directory = join(import.meta.dirname, '../../ops/grafana');

/** The texts of the files, by their paths. */
export async function dashboardFiles(): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  for (const [name, dashboard] of Object.entries(dashboards)) {
    const file = join(directory, `${name}.json`);
    const options = await resolveConfig(file);
    files.set(file, await format(JSON.stringify(dashboard), { ...options, filepath: file }));
  }
  return files;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  for (const [file, text] of await dashboardFiles()) {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  }
