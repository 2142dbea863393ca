import { expect, describe, test } from 'vitest';
import { parseJson } from '../../../model/text/ordered-json.ts';
import { renderProject } from '../../../platforms/keboola/layout/render-project.ts';
import { JsonReader } from '../../../platforms/keboola/source/json-reader.ts';
import { caseProject, expectedFiles, keboolaCases } from '../../support/mirror/keboola-cases.ts';
import { textsOf } from './rendered-texts.ts';

const cases = keboolaCases();
const manifestPath = '.keboola/manifest.json';

test.skipIf(cases.length > 0)(
  '../shared/keboola/cases does not exist, so the CLI cases are skipped',
  () => {
    expect(cases).toEqual([]);
  },
);

describe.skipIf(cases.length === 0)('the tree is what the Keboola CLI writes', () => {
  test.each(cases)('$name', async (keboolaCase) => {
    const expected = expectedFiles(keboolaCase);
    const project = await caseProject(keboolaCase);
    const options = { allowedBranches: allowedBranches(expected), secrets: 'encrypted' as const };
    const top = renderProject(project, { ...options, root: '', givenPaths: new Map() });
    expect(textsOf(top)).toEqual(Object.fromEntries(expected));

    // The tree is the same in a folder, with what the CLI leaves out beside it, and rendering again moves nothing.
    const first = renderProject(project, { ...options, root: 'configs', givenPaths: new Map() });
    const again = renderProject(project, { ...options, root: 'configs', givenPaths: first.paths });
    const inFolder = [...expected].map(([path, text]) => [`configs/${path}`, text]);
    for (const { files } of [first, again]) {
      const texts = Object.entries(textsOf({ files }));
      expect(Object.fromEntries(texts.filter(([path]) => path.startsWith('configs/')))).toEqual(
        Object.fromEntries(inFolder),
      );
    }
    expect(textsOf(again)).toEqual(textsOf(first));
  });
});

function allowedBranches(expected: Map<string, string>): string[] {
  return new JsonReader(parseJson(expected.get(manifestPath) ?? ''))
    .at('allowedBranches')
    .items()
    .map((branch) => branch.text());
}
