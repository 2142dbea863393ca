import { isDeepStrictEqual } from 'node:util';
import type { JsonObject } from '../../model/text/json.ts';
import { cut, oneLine } from '../../model/text/outside-text.ts';
import { guideKey, tableKey } from '../../model/platform/object-key.ts';
import type { Table } from '../../model/platform/storage.ts';
import {
  storageGroup,
  type GivenPaths,
  type ObjectKey,
  type RenderedFile,
  type WrittenProject,
} from '../../model/platform/tree.ts';
import type {
  EndedBranch,
  LaidOutBranch,
  PlacingOptions,
  PlatformLayout,
  PlatformObjects,
  WritingOptions,
} from '../platform.ts';
import { fileNames } from '../tree/file-names.ts';
import { safeSegment } from '../tree/safe-segment.ts';
import { slug } from '../tree/slug.ts';
import { TreeBuilder } from '../tree/tree-builder.ts';
import { isVariantOf, joinPath, UniquePaths } from '../tree/unique-paths.ts';
import { GroupFindings } from './group-findings.ts';
import { plainReading } from './plain-reading.ts';

const objectsFolder = 'objects';
const tablesFolder = 'storage/tables';
const guidePath = 'guide/README.md';

/** What a platform provides for a plain layout. */
export interface PlainLayoutOptions<O, Details> {
  objects: Pick<PlatformObjects<O, Details>, 'keyOf' | 'versionOf'>;
  /** The content of an object's file. */
  fileOf(object: O): JsonObject;
  /**
   * The text of the guide to the tree. `paths` has the path of each object's file, relative to the mirror's
   * place.
   */
  guide(
    branch: LaidOutBranch<O, Details>,
    paths: ReadonlyMap<O, string>,
    options: Pick<WritingOptions, 'parts'>,
  ): string;
}

/**
 * A layout for platforms that need none of their own: one JSON file per object
 * (`objects/<kind>/<name>.json`), one per table, and a guide. Only the guide mentions other objects.
 */
export function plainLayout<O, Details>(
  options: PlainLayoutOptions<O, Details>,
): PlatformLayout<O, Details> {
  return {
    ownedFolders: [objectsFolder, 'storage', 'jobs', 'guide'],
    summaries: { kinds: ['guide'], folders: ['guide'] },
    storageKinds: ['table'],
    leftOut: null,
    givenPaths: pathsOfFiles,
    place(branch, placing) {
      const paths = placeObjects(branch, placing, options);
      return { paths, write: (writing) => write(branch, paths, writing, options) };
    },
    isSameStorage: (a, b) => isDeepStrictEqual(a, b),
    affectedBy: (before, after) => movedObjects(before, after),
    endedGuide,
    reading: plainReading,
  };
}

function endedGuide({ branchId, last, policy, ended }: EndedBranch): RenderedFile | null {
  const tree = new TreeBuilder(policy.secrets);
  const name = cut(oneLine(last?.facts.branch.name ?? branchId), 100).replace(
    /[\\`*_[\]<>|#]/g,
    '\\$&',
  );
  const text = [
    `# Branch ${name} is history`,
    '',
    `This branch was ${ended.kind} in the platform (${ended.at.replace(/\.\d+Z$/, 'Z')}). The files show the branch`,
    'as it was when it was last read, and they are no longer updated.',
  ];
  tree.add([{ path: guidePath, owner: guideKey(branchId), content: `${text.join('\n')}\n` }]);
  return tree.take()[0] ?? null;
}

/**
 * An object keeps its path as long as the path matches its name. New objects get theirs in the platform's
 * order.
 */
function placeObjects<O, Details>(
  { facts, objects }: LaidOutBranch<O, Details>,
  { givenPaths }: PlacingOptions,
  { objects: known }: PlainLayoutOptions<O, Details>,
): Map<ObjectKey, string> {
  const unique = new UniquePaths();
  const paths = new Map<ObjectKey, string>();
  const newcomers: { key: ObjectKey; folder: string; wanted: string }[] = [];
  for (const object of objects) {
    const { kind, id, name } = known.versionOf(object);
    const key = known.keyOf(facts.branch.id, { kind, id });
    const folder = joinPath(objectsFolder, safeSegment(kind));
    const wanted = slug(name) || safeSegment(id);
    const given = givenPaths.get(key);
    const stays =
      given?.startsWith(`${folder}/`) === true &&
      isVariantOf(given.slice(folder.length + 1), wanted) &&
      unique.claim(given);
    if (stays) paths.set(key, given);
    else newcomers.push({ key, folder, wanted });
  }
  for (const { key, folder, wanted } of newcomers) paths.set(key, unique.take(folder, wanted));
  return paths;
}

function* write<O, Details>(
  branch: LaidOutBranch<O, Details>,
  paths: GivenPaths,
  writing: WritingOptions<O>,
  options: PlainLayoutOptions<O, Details>,
): Generator<RenderedFile[], WrittenProject> {
  const { objects } = options;
  const branchId = branch.facts.branch.id;
  const tree = new TreeBuilder(writing.secrets);
  const findings = new GroupFindings(tree, writing.findings ?? new Map());
  const isWanted = (group: ObjectKey): boolean => writing.only?.has(group) ?? true;
  const written = new Map<O, string>();
  for (const outline of branch.objects) {
    const key = objects.keyOf(branchId, objects.versionOf(outline));
    const path = `${paths.get(key) ?? ''}.json`;
    const isThere = isWanted(key)
      ? findings.during(key, key, () => {
          tree.add([{ path, owner: key, content: options.fileOf(writing.whole(outline)) }]);
        })
      : findings.recall(key, key);
    if (isThere) written.set(outline, path);
    yield tree.take();
  }
  if (isWanted(storageGroup)) {
    findings.during(storageGroup, storageGroup, () => {
      const tables = branch.storage?.tables ?? [];
      const names = fileNames(tables.map(({ id }) => id));
      tree.add(
        tables.map((table) => ({
          path: `${tablesFolder}/${names.get(table.id) ?? ''}.json`,
          owner: tableKey(branchId, table.id),
          content: tableFile(table),
        })),
      );
    });
  } else findings.recall(storageGroup, storageGroup);
  if (writing.summaries !== false) {
    const owner = guideKey(branchId);
    tree.add([{ path: guidePath, owner, content: options.guide(branch, written, writing) }]);
  }
  yield tree.take();
  return {
    paths,
    replacedSecrets: findings.replacedSecrets,
    warnings: findings.warnings,
    unlinked: [],
    findings: findings.found,
  };
}

function tableFile({ id, description, primaryKey, columns }: Table): JsonObject {
  return new Map<string, JsonObject[] | string[] | string>([
    ['id', id],
    ['description', description],
    ['primaryKey', primaryKey],
    [
      'columns',
      columns.map(
        ({ name, type, description: text }) =>
          new Map<string, string | null>([
            ['name', name],
            ['type', type],
            ['description', text],
          ]),
      ),
    ],
  ]);
}

function pathsOfFiles(files: Iterable<Pick<RenderedFile, 'path' | 'owner'>>) {
  const paths = new Map<ObjectKey, string>();
  for (const { path, owner } of files)
    if (path.startsWith(`${objectsFolder}/`)) paths.set(owner, path.replace(/\.json$/, ''));
  return paths;
}

function movedObjects(before: GivenPaths, after: GivenPaths): Set<ObjectKey> {
  const moved = [...after].filter(([key, path]) => before.get(key) !== path).map(([key]) => key);
  return new Set([...moved, ...[...before.keys()].filter((key) => !after.has(key))]);
}
