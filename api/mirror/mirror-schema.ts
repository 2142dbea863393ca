import { Type, type Static } from '@fastify/type-provider-typebox';
import { Email, Id, Nullable, OneOf, Strict, Time, Uuid } from '../http/schema-parts.ts';

const Url = Type.String({ minLength: 1, maxLength: 2_048 });

const Repository = Strict({
  url: Url,
  branch: Type.String({ minLength: 1, maxLength: 200 }),
  subdirectory: Type.Optional(Type.String({ maxLength: 500, default: '' })),
  credentialId: Type.Optional(Nullable(Uuid)),
});

const SampleFormat = OneOf('csv', 'json');

/** Words or patterns, each of one line. */
function Wildcards(description: string) {
  const text = Type.String({
    minLength: 1,
    maxLength: 255,
    pattern: '^[^\\u0000-\\u001f\\u007f]+$',
  });
  return Type.Array(text, { maxItems: 500, uniqueItems: true, description });
}

/** What a mirror writes and leaves out; each part and each field of it has a default. */
const policyFields = {
  secrets: Type.Optional(OneOf('encrypted', 'omitted')),
  samples: Type.Optional(
    Strict({
      enabled: Type.Optional(Type.Boolean()),
      rows: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
      formats: Type.Optional(
        Type.Array(SampleFormat, { minItems: 1, maxItems: 2, uniqueItems: true }),
      ),
      exclude: Type.Optional(
        Wildcards('Tables that are left out, and aliases of them: ids with `*` for any text.'),
      ),
      excludeMetadata: Type.Optional(
        Type.Array(
          Strict({
            key: Type.String({ minLength: 1, maxLength: 255 }),
            value: Type.Optional(Nullable(Type.String({ maxLength: 1_000 }))),
          }),
          {
            maxItems: 100,
            description:
              'Tables with such metadata, of their own or of their bucket, are left out; without `value`, whatever it is.',
          },
        ),
      ),
      personalDataTags: Type.Optional(
        Wildcards(
          'Words that mark personal data in the metadata of a table or of one of its columns: such tables are left out.',
        ),
      ),
      mask: Type.Optional(
        Strict({
          columns: Type.Optional(
            Wildcards(
              'Columns whose values are not read: `in.c-crm.*:email`, or `*email*` in any table.',
            ),
          ),
        }),
      ),
      refresh: Type.Optional(
        Type.String({
          maxLength: 10,
          description:
            '`change`: when the table changed. A duration (`30m`, `6h`, `7d`): then, but no more often.',
        }),
      ),
      maxBytes: Type.Optional(
        Type.Integer({
          minimum: 1_024,
          maximum: 5_000_000,
          description: 'Bytes of a file: one that is larger loses its last rows.',
        }),
      ),
    }),
  ),
  jobs: Type.Optional(
    Strict({
      enabled: Type.Optional(Type.Boolean()),
      retainDays: Type.Optional(Type.Integer({ minimum: 1, maximum: 3_650 })),
      include: Type.Optional(OneOf('all', 'failures', 'latest')),
      backfillDays: Type.Optional(
        Type.Integer({
          minimum: 0,
          maximum: 3_650,
          description:
            'How far back runs are looked for when the mirror begins; retainDays at most counts.',
        }),
      ),
    }),
  ),
  storage: Type.Optional(Strict({ volatile: Type.Optional(Type.Boolean()) })),
  branchPath: Type.Optional(OneOf('name', 'main')),
  notify: Type.Optional(
    Strict({
      emails: Type.Optional(Type.Array(Email, { maxItems: 50, uniqueItems: true })),
      slackWebhook: Type.Optional(Nullable(Url)),
      webhook: Type.Optional(Nullable(Url)),
    }),
  ),
};

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

/** The body of `POST …/mirrors/preview`. */
export const PreviewBody = Strict({
  branchId: Type.Optional(Id),
  repository: Repository,
  ...policyFields,
});

const Failure = Type.Object({ code: Type.String(), message: Type.String() });
const WarningView = Type.Object({ owner: Type.String(), message: Type.String() });

/** A mirror in answers. */
export const MirrorView = Type.Object({
  projectId: Type.String(),
  branchId: Type.String(),
  state: OneOf(
    'ended',
    'paused',
    'held',
    'escalated',
    'retrying',
    'initializing',
    'syncing',
    'pending',
    'synced',
  ),
  pendingChanges: Type.Integer({ description: 'Accepted changes that are not in Git yet.' }),
  waitingBatches: Type.Integer({ description: 'Closed windows that are not in Git yet.' }),
  lastSequence: Type.Integer({ description: 'The number of the last accepted change.' }),
  lastCommit: Nullable(Type.Object({ sha: Type.String(), committedAt: Time })),
  outage: Nullable(
    Type.Object({
      lane: OneOf('source', 'repository'),
      since: Time,
      attempts: Type.Integer(),
      nextAttemptAt: Nullable(Time),
      notifiedAt: Nullable(Time),
      reason: Failure,
    }),
  ),
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
  visibility: Nullable(
    Type.Object(
      { result: OneOf('public', 'private', 'unknown'), reason: Type.String(), checkedAt: Time },
      { description: 'Who may read the repository, as last asked; `null`: never yet.' },
    ),
  ),
  jobs: Type.Object({
    enabled: Type.Boolean(),
    retainDays: Type.Integer(),
    include: OneOf('all', 'failures', 'latest'),
    backfillDays: Type.Optional(Type.Integer()),
  }),
  storage: Type.Object({ volatile: Type.Boolean() }),
  branchPath: OneOf('name', 'main'),
  notify: Type.Object({
    emails: Type.Array(Type.String()),
    slackWebhook: Nullable(
      Type.String({ description: 'Its origin only: the rest of the address is a secret.' }),
    ),
    webhook: Nullable(
      Type.String({ description: 'Its origin only: the rest of the address is a secret.' }),
    ),
  }),
  replacedSecrets: Type.Object({
    count: Type.Integer(),
    paths: Type.Array(Type.String(), {
      description: 'File and JSON pointer, as `<path>#<pointer>`; at most 200.',
    }),
  }),
  warnings: Type.Array(WarningView, { description: 'At most 200.' }),
  resyncReason: Nullable(Type.String({ description: 'Why the whole tree is rendered next.' })),
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

/** A commit that was sent. */
export const CommitView = Type.Object({
  sha: Type.String(),
  reason: Type.String(),
  subject: Type.String(),
  author: Type.Object({ name: Type.String(), email: Type.String() }),
  coAuthors: Type.Array(Type.Object({ name: Type.String(), email: Type.String() })),
  authoredAt: Time,
  deliveredAt: Nullable(Time),
  batchId: Type.String(),
  through: Type.Integer({ description: 'The number of the last change in it.' }),
});

/** A change in answers. */
export const ChangeView = Type.Object({
  sequence: Type.Integer(),
  type: OneOf('config_changed', 'job_finished', 'storage_changed', 'branch_changed'),
  key: Type.String({ description: 'projectId-branchId-componentId-versionIdentifier.' }),
  componentId: Nullable(Type.String()),
  configId: Nullable(Type.String()),
  versionIdentifier: Type.String(),
  version: Nullable(Type.Integer()),
  author: Nullable(Type.String()),
  occurredAt: Time,
  receivedAt: Time,
  description: Nullable(Type.String()),
  state: OneOf('waiting', 'batched', 'delivered'),
  batchId: Nullable(Type.String()),
  commitSha: Nullable(Type.String()),
  deliveredAt: Nullable(Time),
});

/** A preview in answers: see `MirrorPreview` in `api/http/ports.ts`. */
export const PreviewView = Type.Object({
  branchId: Type.String(),
  repository: Type.Object({
    reachable: Type.Boolean(),
    failure: Nullable(Failure),
    empty: Nullable(Type.Boolean()),
    tip: Nullable(Type.String()),
    pushAllowed: Nullable(Type.Boolean()),
    branchProtected: Nullable(Type.Boolean()),
    visibility: OneOf('public', 'private', 'unknown'),
    visibilityReason: Type.String(),
  }),
  commit: Nullable(
    Type.Object({
      files: Type.Integer(),
      bytes: Type.Integer(),
      unchanged: Type.Integer(),
      replaces: Type.Array(Type.String()),
      removes: Type.Array(Type.String()),
    }),
  ),
  adoptionNeeded: Nullable(Type.Boolean()),
  replacedSecrets: Type.Array(Type.Object({ path: Type.String(), pointer: Type.String() })),
  warnings: Type.Array(Type.String()),
});
