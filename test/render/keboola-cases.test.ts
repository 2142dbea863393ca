import { expect, describe, test } from 'vitest';
import type { Json } from '../../model/json.ts';
import { parseJson } from '../../model/ordered-json.ts';
import type { Configuration, PlatformProject } from '../../model/project.ts';
import { configKey } from '../../model/object-key.ts';
import type { GivenPaths, RenderedFile } from '../../model/tree.ts';
import { JsonReader } from '../../sources/keboola/json-reader.ts';
import { renderProject } from '../../render/render-project.ts';
import { caseProject, expectedFiles, keboolaCases } from '../support/keboola-cases.ts';

const cases = keboolaCases();
const manifestPath = '.keboola/manifest.json';

test.skipIf(cases.length > 0)(
  '../shared/keboola/cases is not here: the CLI cases are skipped',
  () => {
    expect(cases).toEqual([]);
  },
);

describe.skipIf(cases.length === 0)('the tree is what the Keboola CLI writes', () => {
  test.each(cases)('$name', async (keboolaCase) => {
    const expected = expectedFiles(keboolaCase);
    const project = await caseProject(keboolaCase);
    const rendering = renderProject(project, {
      allowedBranches: allowedBranches(expected),
      givenPaths: new Map(),
      root: '',
      secrets: 'encrypted',
    });
    const special = specialConfigs(project, rendering.paths);
    const files = new Map([...rendering.files].map(([path, file]) => [path, textOf(file)]));

    if (special.size === 0) {
      expect(Object.fromEntries(files)).toEqual(Object.fromEntries(expected));
      return;
    }
    // What belongs to configurations with rules of their own is not compared, until those rules are built.
    const specialPaths = [...rendering.files.values()]
      .filter(({ owner }) => special.has(owner.replace(/^row\/(.*)\/[^/]*$/, 'config/$1')))
      .map(({ path }) => path);
    for (const path of [...specialPaths, manifestPath]) files.delete(path);
    expect([...expected].filter(([path]) => files.has(path))).toHaveLength(files.size);
    for (const [path, text] of files) expect(text, path).toBe(expected.get(path));
  });
});

function allowedBranches(expected: Map<string, string>): string[] {
  return new JsonReader(parseJson(expected.get(manifestPath) ?? ''))
    .at('allowedBranches')
    .items()
    .map((branch) => branch.text());
}

function textOf({ content }: RenderedFile): string {
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(content);
}

const specialComponents = new Set([
  'keboola.shared-code',
  'keboola.variables',
  'keboola.scheduler',
  'keboola.orchestrator',
  'kds-team.app-custom-python',
]);

/** The keys of configurations that the CLI writes by a rule beyond the generic ones. */
function specialConfigs(project: PlatformProject, rendered: GivenPaths): Set<string> {
  const transformations = new Set(
    project.components
      .filter(({ flags }) => flags.includes('genericCodeBlocksUI'))
      .map(({ id }) => id),
  );
  const isSpecial = ({ componentId, content, rows }: Configuration) =>
    specialComponents.has(componentId) ||
    transformations.has(componentId) ||
    [content, ...rows.map((row) => row.content)].some(mentionsOthers);
  return new Set(
    project.branches.flatMap((branch) =>
      branch.configurations
        .filter(isSpecial)
        .map(({ componentId, id }) => configKey(branch.id, componentId, id))
        .filter((key) => rendered.has(key)),
    ),
  );
}

/** Whether a content refers to other configurations in a way that the CLI rewrites. */
function mentionsOthers(content: Json): boolean {
  if (typeof content === 'string') return /^(?:in|out)\.c-.+\./.test(content);
  if (!(content instanceof Map)) return Array.isArray(content) && content.some(mentionsOthers);
  return [...content].some(
    ([key, value]) => /^(?:variables_id|shared_code_id)$/.test(key) || mentionsOthers(value),
  );
}
