import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

/*
 * `npm run sbom`: writes which packages Gitward is made of, as CycloneDX, from the lock file. Those that are only needed to
 * build and test are among them, marked as such, because the pages are built from some of them.
 */

const root = join(import.meta.dirname, '..');
const file = join(root, 'dist/sbom.cdx.json');

/** The parts of a bill of materials that are looked at here. */
export interface Sbom {
  bomFormat: string;
  metadata: { component: { name: string } };
  components: { name: string; version: string; externalReferences?: Reference[] }[];
}
interface Reference {
  type: string;
  url: string;
}

/** Asks npm, which every Node that can run Gitward comes with. */
export async function describePackages(): Promise<Sbom> {
  const options = ['--sbom-format', 'cyclonedx', '--sbom-type', 'application'];
  const { stdout } = await promisify(execFile)('npm', ['sbom', '--package-lock-only', ...options], {
    cwd: root,
    maxBuffer: 64 * 1024 * 1024,
  });
  const sbom = JSON.parse(stdout) as Sbom;
  const { name } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as {
    name: string;
  };
  // npm calls it what its folder is called.
  sbom.metadata.component.name = name;
  // Where this machine got them from says nothing about them: the purl names each package.
  for (const component of sbom.components) {
    const { externalReferences = [] } = component;
    component.externalReferences = externalReferences.filter(({ type }) => type !== 'distribution');
  }
  return sbom;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const sbom = await describePackages();
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, `${JSON.stringify(sbom, null, 2)}\n`);
  console.log(`${sbom.components.length} packages in ${file}`);
}
