import { Type, type Static } from '@fastify/type-provider-typebox';
import { Nullable, OneOf, Strict, Time } from '../../http/schema-parts.ts';
import {
  LastCommitView,
  OutageView,
  StateView,
  VisibilityView,
} from '../../streams/stream-schema.ts';
import { Repository, SampleFormat, policyFields } from './settings-schema.ts';

/** The body of `PUT …/mirrors/{b}`. */
export const MirrorBody = Strict({
  repository: Repository,
  ...policyFields,
  developmentBranches: Type.Optional(
    Strict(
      {
        link: Type.Optional(
          Type.Array(
            Type.String({ minLength: 1, maxLength: 200, pattern: '^[^\\u0000-\\u001f\\u007f]+$' }),
            {
              maxItems: 50,
              uniqueItems: true,
              description:
                'Names of development branches that get a mirror by themselves: `*` is any text, `?` any character.',
            },
          ),
        ),
        gitBranch: Type.Optional(
          Type.String({
            minLength: 1,
            maxLength: 60,
            description:
              "Their Git branches: `{branch}` is the branch's name as folders have it, `{id}` its id.",
          }),
        ),
      },
      { description: "On the mirror of the project's default branch only." },
    ),
  ),
  adopt: Type.Optional(
    Type.Boolean({ description: 'The mirror may write over files that are there already.' }),
  ),
});
export type MirrorBody = Static<typeof MirrorBody>;

const WarningView = Type.Object({ owner: Type.String(), message: Type.String() });

/** A mirror in answers. */
export const MirrorView = Type.Object({
  projectId: Type.String(),
  branchId: Type.String(),
  state: StateView,
  pendingChanges: Type.Integer({ description: 'Accepted changes that are not in Git yet.' }),
  waitingBatches: Type.Integer({ description: 'Closed windows that are not in Git yet.' }),
  lastSequence: Type.Integer({ description: 'The number of the last accepted change.' }),
  lastCommit: Nullable(LastCommitView),
  outage: Nullable(Type.Object({ lane: OneOf('source', 'repository'), ...OutageView.properties })),
  repository: Type.Object({
    url: Type.String(),
    branch: Type.String(),
    subdirectory: Type.String(),
    credentialId: Nullable(Type.String()),
  }),
  secrets: OneOf('encrypted', 'omitted'),
  samples: Type.Object({
    enabled: Type.Boolean(),
    rows: Type.Integer(),
    formats: Type.Array(SampleFormat),
    exclude: Type.Array(Type.String()),
    excludeMetadata: Type.Array(
      Type.Object({ key: Type.String(), value: Nullable(Type.String()) }),
    ),
    personalDataTags: Type.Array(Type.String()),
    mask: Type.Object({ columns: Type.Array(Type.String()) }),
    refresh: Type.String(),
    maxBytes: Type.Integer(),
    state: OneOf('on', 'off', 'waiting'),
    reason: Type.String({ description: 'Why samples are on, off or waited for: a sentence.' }),
  }),
  visibility: Nullable(VisibilityView),
  jobs: Type.Object({
    enabled: Type.Boolean(),
    retainDays: Type.Integer(),
    include: OneOf('all', 'failures', 'latest'),
    backfillDays: Type.Optional(Type.Integer()),
  }),
  storage: Type.Object({ volatile: Type.Boolean() }),
  branchPath: OneOf('name', 'main'),
  notify: Type.Object({ emails: Type.Array(Type.String()) }),
  replacedSecrets: Type.Object({
    count: Type.Integer(),
    paths: Type.Array(Type.String(), {
      description: 'File and JSON pointer, as `<path>#<pointer>`; at most 200.',
    }),
  }),
  warnings: Type.Array(WarningView, { description: 'At most 200.' }),
  resyncReason: Nullable(Type.String({ description: 'Why the whole tree is rendered next time.' })),
  createdAt: Time,
  updatedAt: Time,
  developmentBranches: Type.Object({
    link: Type.Array(Type.String()),
    gitBranch: Type.String(),
  }),
  initializedAt: Nullable(Time),
  pausedAt: Nullable(Time),
  endedAt: Nullable(Time),
  endedBecause: Nullable(OneOf('disabled', 'merged', 'deleted')),
});
export type MirrorView = Static<typeof MirrorView>;
