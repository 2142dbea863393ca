import { Type } from '@fastify/type-provider-typebox';
import { shownKinds } from '../../../model/mirror/reading/shown-object.ts';
import { PageQuery } from '../../http/paging.ts';
import { MirrorParams, Nullable, OneOf, PageOf, Time } from '../../http/schema-parts.ts';

/** The moment that most routes read. */
export const AtQuery = Type.Object({
  at: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 64,
      description:
        'A commit (40 hex digits), a date (the newest commit by then), or how long ago: `1w`, `1m`, `6m`, `1y`. Defaults to the newest commit that the mirror delivered.',
    }),
  ),
});

/** A path of the mirror's tree. */
export const TreePath = Type.String({
  maxLength: 4_096,
  description: "Relative to the mirror's place, such as `configs/main`.",
});

/** What was read, and whether it is the newest. */
const readAt = {
  commit: Type.String({ description: 'The commit that was read.' }),
  committedAt: Time,
  stale: Nullable(
    Type.Object(
      { code: Type.String(), message: Type.String(), asOf: Nullable(Time) },
      {
        description:
          'Why this may not be the newest: the repository cannot be reached, or its branch was rewritten. `asOf` is when it was last asked; `null` if that was before Gitward started.',
      },
    ),
  ),
};

/** A part of an answer that was read from a tree. */
export const ReadAt = Type.Object(readAt);

/** What to list of a folder. */
export const TreeQuery = Type.Interface([AtQuery, PageQuery], { path: Type.Optional(TreePath) });

/** The entries of a folder. */
export const TreeView = Type.Object({
  ...readAt,
  path: Type.String(),
  ...PageOf(
    Type.Object({
      name: Type.String({ description: 'Bytes that are not UTF-8 are shown as U+FFFD.' }),
      path: Nullable(
        Type.String({ description: '`null` if the name is not UTF-8, so that no path names it.' }),
      ),
      type: OneOf('file', 'folder', 'symlink', 'submodule'),
      size: Nullable(Type.Integer({ description: 'In bytes; only of files.' })),
    }),
  ).properties,
});

/** Which file to show. */
export const FileQuery = Type.Interface([AtQuery], { path: TreePath });

/** A file. */
export const FileView = Type.Object({
  ...readAt,
  path: Type.String(),
  blob: Type.String({ description: "Git's id of the content." }),
  size: Type.Integer({ description: 'In bytes.' }),
  isBinary: Type.Boolean({ description: 'It is not UTF-8, or contains NUL: `content` is `null`.' }),
  content: Nullable(Type.String()),
});

const Path = Type.String({ description: "Its folder or file, relative to the mirror's place." });

/** The ids of an object, as far as they are known. */
const ids = {
  componentId: Type.Optional(Type.String()),
  configurationId: Type.Optional(Type.String()),
  rowId: Type.Optional(Type.String()),
  bucketId: Type.Optional(Type.String()),
  tableId: Type.Optional(Type.String()),
  runId: Type.Optional(Type.String()),
  day: Type.Optional(Type.String()),
};

/** What people call a configuration and its component. Anybody may have written it: one line, never more than 200 characters. */
export const configurationNames = {
  configurationName: Nullable(
    Type.String({ description: '`null` if it has none, or it is not known.' }),
  ),
  componentName: Nullable(
    Type.String({ description: "The platform's name of the component, if it is known." }),
  ),
};

const ChangeWord = OneOf('added', 'changed', 'removed', 'moved');

const commitFacts = {
  author: Type.Object({ name: Type.String(), email: Type.String() }),
  authoredAt: Time,
  committedAt: Time,
  subject: Type.String(),
};

/** A commit in a path. */
export const CommitParams = Type.Object({
  ...MirrorParams.properties,
  sha: Type.String({ pattern: '^[0-9a-f]{40}$' }),
});

/** One side of a changed file. */
const FileSideView = Nullable(
  Type.Object({
    blob: Type.String(),
    size: Nullable(Type.Integer({ description: 'In bytes; `null` of what is not a file.' })),
    text: Nullable(Type.String()),
    omitted: Nullable(
      OneOf('too_large', 'binary', 'page_full', 'symlink', 'submodule', 'unreadable'),
    ),
  }),
);

/** An object that differs between two commits, with its files before and after. */
const ChangedObjectView = Type.Object({
  change: ChangeWord,
  kind: OneOf(...shownKinds),
  ...ids,
  name: Nullable(Type.String()),
  ...configurationNames,
  path: Path,
  previousPath: Nullable(Type.String({ description: 'Where it was before it moved.' })),
  files: Type.Array(
    Type.Object({
      path: Type.String(),
      previousPath: Nullable(Type.String()),
      before: FileSideView,
      after: FileSideView,
    }),
  ),
  filesLeftOut: Type.Integer({ description: 'How many more files of the object differ.' }),
});

/** A commit as the objects that it changed. */
export const CommitObjectsView = Type.Object({
  ...readAt,
  ...commitFacts,
  body: Type.String(),
  parent: Nullable(
    Type.String({
      description: 'What it is compared with; `null` for the first commit of the mirror.',
    }),
  ),
  ...PageOf(ChangedObjectView).properties,
});

/** An id of the platform. */
export const idText = Type.String({ minLength: 1, maxLength: 500 });

/** An object by its ids: a configuration (and a row of it), a bucket, or a table. */
export const ObjectQuery = Type.Object({
  component: Type.Optional({ ...idText, description: 'With `configuration`.' }),
  configuration: Type.Optional(idText),
  row: Type.Optional({ ...idText, description: 'With `component` and `configuration`.' }),
  bucket: Type.Optional(idText),
  table: Type.Optional(idText),
});

/** Whose versions to list. */
export const VersionsQuery = Type.Interface([ObjectQuery, PageQuery], {});

/** The commits that changed an object. */
export const VersionsView = Type.Object({
  ...readAt,
  path: Nullable(Type.String({ description: 'Where it is now; `null` if it was removed.' })),
  ...PageOf(
    Type.Object({
      commit: Type.String(),
      ...commitFacts,
      change: ChangeWord,
      path: Nullable(Type.String({ description: '`null` if it was removed.' })),
      previousPath: Nullable(
        Type.String({ description: 'Where it was, if it moved or was removed.' }),
      ),
    }),
  ).properties,
});

const Moment = Type.String({
  minLength: 1,
  maxLength: 64,
  description: 'As `at` of other routes.',
});

/** Which object to compare, and between which moments. */
export const ComparisonQuery = Type.Interface([ObjectQuery, PageQuery], {
  from: Moment,
  to: Type.Optional(Moment),
});

/** How an object differs between two commits. */
export const ComparisonView = Type.Object({
  ...readAt,
  from: Type.String({ description: 'The commit that it was compared with.' }),
  path: Nullable(Type.String({ description: '`null` if it was not there.' })),
  previousPath: Nullable(
    Type.String({ description: 'Where it was in the first commit, or `null`.' }),
  ),
  ...PageOf(ChangedObjectView).properties,
});

/** Where to start, and how far to go. */
export const LineageQuery = Type.Interface([AtQuery], {
  table: Type.Optional(idText),
  bucket: Type.Optional(idText),
  component: Type.Optional(idText),
  configuration: Type.Optional(idText),
  direction: Type.Optional(OneOf('up', 'down', 'both')),
  depth: Type.Optional(Type.Integer({ minimum: 1, maximum: 10, default: 3 })),
});

/** A part of the lineage as a graph. */
export const LineageView = Type.Object({
  ...readAt,
  start: Type.String({ description: 'The id of the node that was asked for.' }),
  nodes: Type.Array(
    Type.Object({
      id: Type.String(),
      kind: OneOf('table', 'bucket', 'configuration'),
      projectId: Nullable(Type.String({ description: 'Set if it belongs to another project.' })),
      bucketId: Nullable(Type.String()),
      tableId: Nullable(Type.String()),
      componentId: Nullable(Type.String()),
      configurationId: Nullable(Type.String()),
      ...configurationNames,
      path: Nullable(Type.String()),
      distance: Type.Integer({ description: 'Links from the start.' }),
    }),
  ),
  edges: Type.Array(
    Type.Object({
      from: Type.String(),
      to: Type.String(),
      knownBy: Type.String(),
      rowId: Nullable(Type.String()),
      isDisabled: Type.Boolean(),
    }),
    { description: 'Data flows from `from` to `to`.' },
  ),
  isCut: Type.Boolean({ description: 'There is more: ask deeper, or from another node.' }),
});

/** What to search for; without words, everything. */
export const SearchQuery = Type.Interface([AtQuery, PageQuery], {
  text: Type.Optional(
    Type.String({
      maxLength: 200,
      description:
        'Words that must all be in the name, id, component or first line of the description. Without any, everything is listed.',
    }),
  ),
  kind: Type.Optional(OneOf('configuration', 'row', 'table')),
  component: Type.Optional({ ...idText, description: 'Only its configurations and their rows.' }),
  bucket: Type.Optional({ ...idText, description: 'Only its tables.' }),
});

const Count = Type.Integer();

/** How much a mirror holds. */
export const ContentsView = Type.Object({
  ...readAt,
  ...{ configurations: Count, rows: Count, tables: Count },
  components: Type.Array(
    Type.Object({
      componentId: Type.String(),
      componentName: configurationNames.componentName,
      ...{ configurations: Count, rows: Count },
    }),
    { description: 'The 500 with the most, those first.' },
  ),
  buckets: Type.Array(Type.Object({ bucketId: Type.String(), tables: Count }), {
    description: 'The 500 with the most, those first.',
  }),
});

/** What was found, best first. */
export const SearchView = Type.Object({
  ...readAt,
  ...PageOf(
    Type.Object({
      kind: OneOf('configuration', 'row', 'table'),
      ...ids,
      name: Type.String(),
      componentName: configurationNames.componentName,
      description: Type.String(),
      path: Nullable(Path),
      isDisabled: Type.Boolean(),
    }),
  ).properties,
});

/** Which runs to list. */
export const RunsQuery = Type.Interface([PageQuery], {
  component: Type.Optional(idText),
  configuration: Type.Optional(idText),
  status: Type.Optional(
    Type.String({ pattern: '^[A-Za-z_]{1,64}$', description: '`SUCCESS`, `FAILED`, …' }),
  ),
  from: Type.Optional(
    Type.String({ maxLength: 64, description: 'A date; of the end of the run.' }),
  ),
  to: Type.Optional(Type.String({ maxLength: 64, description: 'A date; runs before it.' })),
});

/** A run of a job. */
export const RunView = Type.Object({
  runId: Type.String(),
  componentId: Type.String(),
  configurationId: Nullable(Type.String()),
  ...configurationNames,
  status: Type.String(),
  finishedAt: Time,
  seconds: Nullable(Type.Number({ description: 'From start to finish.' })),
  error: Nullable(
    Type.String({
      description:
        'The first line of why it failed, as its file has it; `null` if it has none, or the repository cannot be read.',
    }),
  ),
  path: Nullable(
    Type.String({
      description: 'Its file, which has the details; `null` if it has none in the tree.',
    }),
  ),
});
