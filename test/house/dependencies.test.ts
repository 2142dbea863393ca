import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { describePackages } from '../../build/sbom.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

interface Package {
  name: string;
  license: string;
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
}

function read(path: string): Package {
  return JSON.parse(readFileSync(root + path, 'utf8')) as Package;
}

const { name, dependencies, devDependencies } = read('package.json');
const page = readFileSync(`${root}docs/dependencies.md`, 'utf8');
const [, runTime = '', building = ''] = page.split('\n## ');

/** Package → licence, with a reason, as a part of the page lists them. */
function listed(part: string): Map<string, string> {
  const rows = part.matchAll(/^\| `([^`]+)` +\| ([^|]+?) +\| [^|\s][^|]+\|$/gm);
  return new Map([...rows].map(([, one = '', license = '']) => [one, license]));
}

it.each([
  ['at run time', runTime, dependencies],
  ['to build and test', building, devDependencies],
])('the page lists exactly the packages that are needed %s', (_when, part, wanted) => {
  expect([...listed(part).keys()].sort()).toEqual(Object.keys(wanted).sort());
});

it('their licences are those that the packages have', () => {
  const told = new Map([...listed(runTime), ...listed(building)]);
  const own = [...told.keys()].map((one) => {
    const { license } = read(`node_modules/${one}/package.json`);
    return [one, license.replace(/^\((.*)\)$/, '$1')];
  });
  expect(Object.fromEntries(told)).toEqual(Object.fromEntries(own));
});

it('the bill of materials has all of them, by the name of Gitward, and says nothing of where they were got from', async () => {
  const sbom = await describePackages();
  expect(sbom).toMatchObject({ bomFormat: 'CycloneDX', metadata: { component: { name } } });
  const found = new Set(sbom.components.map((one) => `${one.name} ${one.version}`));
  for (const [one, version] of Object.entries({ ...dependencies, ...devDependencies }))
    expect(found, one).toContain(`${one} ${version}`);
  const addresses = sbom.components.flatMap((one) => one.externalReferences ?? []);
  expect(addresses.filter(({ type }) => type === 'distribution')).toEqual([]);
});
