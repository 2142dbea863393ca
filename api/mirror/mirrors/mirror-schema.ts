import { Type, type Static } from '@fastify/type-provider-typebox';
import { Nullable, OneOf, Strict, Time } from '../../http/schema-parts.ts';
import {
  LastCommitView,
  OutageView,
  StateView,
  VisibilityView,
} from '../../streams/stream-schema.ts';
import { CommitView } from '../../streams/commit-schema.ts';
import { secretSettingsView } from '../../streams/secrets-schema.ts';
import { Repository, SampleFormat, policyFields } from './settings-schema.ts';
import { NotifyView } from '../../streams/channels/notify-schema.ts';

/** The body of `PUT …/mirrors/{branch}`. */
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
                'Name patterns of development branches that get a mirror automatically: `*` is any text, `?` any character.',
            },
          ),
        ),
        gitBranch: Type.Optional(
          Type.String({
            minLength: 1,
            maxLength: 60,
            description:
              "Names of their Git branches: `{branch}` is the branch's name as used in folder names, `{id}` its id.",
          }),
        ),
      },
      { description: "Only on the mirror of the project's default branch." },
    ),
  ),
  adopt: Type.Optional(
    Type.Boolean({ description: 'Whether the mirror may overwrite files that are already there.' }),
  ),
});
export type MirrorBody = Static<typeof MirrorBody>;

/** What a verification found. */
export const VerificationOutcome = OneOf('identical', 'different', 'unsettled', 'failed');

const WarningView = Type.Object({ owner: Type.String(), message: Type.String() });

/** A mirror as the API returns it. */
export const MirrorView = Type.Object({
  projectId: Type.String(),
  branchId: Type.String(),
  state: StateView,
  reason: Nullable(
    Type.String({
      description:
        'What is wrong or waited for, and what to do, in sentences; `null` if all is well.',
    }),
  ),
  waitingSince: Nullable(
    Type.String({
      format: 'date-time',
      description: 'When the oldest of the waiting changes was accepted.',
    }),
  ),
  pendingChanges: Type.Integer({ description: 'Accepted changes that are not in Git yet.' }),
  waitingBatches: Type.Integer({ description: 'Closed windows that are not in Git yet.' }),
  lastSequence: Type.Integer({ description: 'The sequence number of the last accepted change.' }),
  lastCommit: Nullable(LastCommitView),
  outage: Nullable(
    Type.Object({ lane: OneOf('source', 'repository', 'review'), ...OutageView.properties }),
  ),
  progress: Nullable(
    Type.Object(
      {
        step: Type.String({ description: 'What is being done, in plain words.' }),
        done: Nullable(Type.Integer({ description: 'How much of the step is done, if known.' })),
        total: Nullable(Type.Integer({ description: 'How much there is to do, if known.' })),
        since: Time,
      },
      {
        description:
          'How far the reading, delivery or verification is that has gone on for more than a second.',
      },
    ),
  ),
  repository: Type.Object({
    url: Type.String(),
    branch: Type.String(),
    subdirectory: Type.String(),
    credentialId: Nullable(Type.String()),
  }),
  secrets: OneOf('encrypted', 'omitted'),
  ...secretSettingsView,
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
    reason: Type.String({
      description: 'A sentence that says why samples are on, off or waiting.',
    }),
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
  verification: Nullable(
    Type.Object(
      { outcome: VerificationOutcome, checkedAt: Time },
      {
        description:
          'Whether Git equalled the source when they were last compared: see `…/verification`.',
      },
    ),
  ),
  watch: Nullable(
    Type.Object(
      {
        state: OneOf('watching', 'catch_up', 'starting'),
        reason: Nullable(Type.String({ description: 'Why it is not watched, or not well.' })),
        answeredAt: Nullable(Time),
      },
      {
        description:
          'How changes are heard of that nobody reports. `watching`: the platform is asked for news every few seconds; ' +
          '`catch_up`: only the regular comparison finds them. `null`: this platform is not asked, or the mirror is paused or ended.',
      },
    ),
  ),
  notify: NotifyView,
  commits: Type.Object({
    ...CommitView.properties,
    authors: Type.Array(
      Type.Object({ from: Type.String(), name: Type.String(), email: Type.String() }),
    ),
    noReply: Type.Boolean(),
  }),
  attributes: Type.Boolean(),
  drift: OneOf('report', 'restore'),
  newBranch: OneOf('default', 'empty'),
  replacedSecrets: Type.Object({
    count: Type.Integer(),
    paths: Type.Array(Type.String(), {
      description: 'Files and JSON pointers, as `<path>#<pointer>`; at most 200.',
    }),
  }),
  secretsFound: Type.Integer({
    description: 'How many secrets were recognised in texts: see `…/secrets`.',
  }),
  warnings: Type.Array(WarningView, { description: 'At most 200.' }),
  refused: Type.Object(
    {
      count: Type.Integer(),
      files: Type.Array(Type.Object({ path: Type.String(), rule: Type.String(), since: Time })),
    },
    {
      description:
        'Files whose content the host refuses, with its words; at most 200. They stay as they were, and come once they ' +
        'have other content, or with `actions/retry`.',
    },
  ),
  resyncReason: Nullable(
    Type.String({ description: 'Why the whole tree will be rendered next time.' }),
  ),
  createdAt: Time,
  updatedAt: Time,
  settingsVersion: Type.String({
    description: 'For `If-Match`: another one once somebody has changed the settings.',
  }),
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
