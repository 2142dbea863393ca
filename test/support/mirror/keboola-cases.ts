import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { PlatformProject } from '../../../model/platform/project.ts';
import { parseJson } from '../../../model/text/ordered-json.ts';
import { JsonReader } from '../../../platforms/keboola/source/json-reader.ts';
import { readKeboolaProject } from '../../../platforms/keboola/source/read-project.ts';

const directory = fileURLToPath(new URL('../../../../shared/keboola/cases', import.meta.url));

/** A project as the Storage API returns it, and the files that the Keboola CLI wrote for it. */
export interface KeboolaCase {
  name: string;
  /** Contains `api/` and `expected/`. */
  directory: string;
}

/** The shared cases; empty if `../shared` does not exist. */
export function keboolaCases(): KeboolaCase[] {
  if (!existsSync(directory)) return [];
  return readdirSync(directory).map((name) => ({ name, directory: join(directory, name) }));
}

/** The project of a case, with all its branches. */
export async function caseProject({ directory }: KeboolaCase): Promise<PlatformProject> {
  const api = join(directory, 'api');
  const branches = parseJson(readFileSync(join(api, 'dev-branches.json'), 'utf8'));
  return readKeboolaProject(
    {
      get: (path, decode) => {
        const text = readFileSync(join(api, caseFile(path)), 'utf8');
        return Promise.resolve(decode(new JsonReader(parseJson(text))));
      },
      getUnparsed: (path) =>
        Promise.resolve({
          bytes: readFileSync(join(api, caseFile(path))),
          decode: (read) => read(),
        }),
    },
    {
      apiHost: 'connection.keboola.example',
      branchIds: new JsonReader(branches).items().map((branch) => branch.at('id').id()),
      storage: false,
      signal: new AbortController().signal,
    },
  );
}

/** The files that the CLI wrote: path → text. */
export function expectedFiles({ directory }: KeboolaCase): Map<string, string> {
  const root = join(directory, 'expected');
  const entries = readdirSync(root, { recursive: true, withFileTypes: true });
  return new Map(
    entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path): [string, string] => [relative(root, path), readFileSync(path, 'utf8')]),
  );
}

/** The file of a case with the answer for a path below `/v2/storage`. */
export function caseFile(path: string): string {
  const bare = path.replace(/\?.*$/, '');
  const branch = /^\/branch\/([^/]+)\/(?:search\/)?([^/]+)$/.exec(bare);
  if (branch !== null) return `branch-${branch[1]}/${branch[2]}.json`;
  return (
    { '': 'index.json', '/tokens/verify': 'tokens-verify.json' }[bare] ?? `${bare.slice(1)}.json`
  );
}
