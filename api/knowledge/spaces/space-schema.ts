import { Type, type Static } from '@fastify/type-provider-typebox';
import { webhookSchemes } from '../../../model/knowledge/space.ts';
import { usualMostReviews } from '../../../model/knowledge/space.ts';
import { ruleLimits } from '../../../knowledge/review/rule-faults.ts';
import { CommitView, commitFields } from '../../streams/commit-schema.ts';
import { secretFields, secretSettingsView } from '../../streams/secrets-schema.ts';
import { ReviewRuleBody } from './review-rules-schema.ts';
import {
  Id,
  KindName,
  Name,
  Nullable,
  OneOf,
  Secret,
  Strict,
  Time,
  Uuid,
} from '../../http/schema-parts.ts';
import {
  LastCommitView,
  OutageView,
  StateView,
  VisibilityView,
} from '../../streams/stream-schema.ts';
import { NotifyBody, NotifyView } from '../../streams/channels/notify-schema.ts';

/** A space in a path. */
export const SpaceParams = Type.Object({ space: Id });

const Url = Type.String({ minLength: 1, maxLength: 2_048 });
const Branch = Type.String({ minLength: 1, maxLength: 200 });
const CredentialId = Type.Optional(Nullable(Uuid));
const Root = Type.Optional(
  Type.String({
    maxLength: 500,
    description:
      "The folder that contains the entries; '' is the root of the repository. Defaults to `knowledge`.",
  }),
);
const Webhook = Type.Optional(
  Nullable(
    Strict(
      {
        scheme: OneOf(...webhookSchemes),
        secrets: Type.Array(Secret, {
          minItems: 1,
          maxItems: 2,
          uniqueItems: true,
          description:
            'Any of them is accepted: give both the old and the new one while you change it at the host.',
        }),
      },
      { description: "How the repository's host signs its webhooks; `null`: no webhook." },
    ),
  ),
);
const Rules = Type.Optional(
  Strict({
    publicKinds: Type.Optional(
      Type.Array(KindName, {
        maxItems: 100,
        uniqueItems: true,
        description:
          'Kinds with personal data that may be written even if anyone can read the repository.',
      }),
    ),
    index: Type.Optional(
      Type.Boolean({ description: 'Commit an index file for each kind; defaults to true.' }),
    ),
    notify: Type.Optional(NotifyBody),
    commits: Type.Optional(
      Strict(commitFields, { description: 'What the host asks of commits and pushes.' }),
    ),
    ...secretFields,
    review: Type.Optional(
      Type.Array(ReviewRuleBody, {
        maxItems: ruleLimits.rules,
        description:
          'Who must approve what, in addition to `.gitward/rules.yml` in the repository: see `GET …/review-rules`.',
      }),
    ),
    mostReviews: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 10_000,
        description: `How many reviews may go on at once; defaults to ${usualMostReviews}.`,
      }),
    ),
  }),
);

const Checks = Type.Optional(
  Nullable(
    Strict(
      {
        address: Type.String({
          minLength: 1,
          maxLength: 2_048,
          description:
            'An OpenAI-compatible API with its version, such as `https://api.example/v1`.',
        }),
        model: Type.String({
          minLength: 1,
          maxLength: 200,
          pattern: '^[^\\u0000-\\u001f\\u007f]+$',
        }),
        credentialId: CredentialId,
        timeout: Type.Optional(
          Type.Integer({
            ...{ minimum: 1, maximum: 300 },
            description: 'How long one answer may take, in seconds; defaults to 60.',
          }),
        ),
        maxExamples: Type.Optional(
          Type.Integer({
            ...{ minimum: 1, maximum: 500 },
            description:
              'The most examples of one run, each of which is a request; defaults to 50.',
          }),
        ),
      },
      {
        description:
          "The model that the examples of prompts are run against: what they say, with the prompts' texts, is sent there. `null`: none, as in a new space.",
      },
    ),
  ),
);

/** The body of a new space. */
export const SpaceBody = Strict({
  id: Id,
  name: Name,
  repository: Strict({ url: Url, branch: Branch, credentialId: CredentialId }),
  root: Root,
  webhook: Webhook,
  checks: Checks,
  rules: Rules,
});
export type SpaceBody = Static<typeof SpaceBody>;

/** The body of a change: what is not given stays as it is. */
export const SpaceChange = Strict(
  {
    name: Type.Optional(Name),
    repository: Type.Optional(
      Strict({
        url: Type.Optional(Url),
        branch: Type.Optional(Branch),
        credentialId: CredentialId,
      }),
    ),
    root: Root,
    webhook: Webhook,
    checks: Checks,
    rules: Rules,
  },
  { minProperties: 1 },
);
export type SpaceChange = Static<typeof SpaceChange>;

/** The schema files that an admin has seen and accepts. */
export const AcceptKindsBody = Strict({
  heldKinds: Type.String({
    pattern: '^[0-9a-f]{64}$',
    description: '`heldKinds` of the space as the admin saw it.',
  }),
});

/** The rules that an admin has seen and accepts. */
export const AcceptRulesBody = Strict({
  heldRules: Type.String({
    pattern: '^[0-9a-f]{64}$',
    description: '`heldRules` of the space as the admin saw it.',
  }),
});

/** A space as the API returns it, without the secrets of its webhook. */
export const SpaceView = Type.Object({
  id: Id,
  name: Type.String(),
  state: StateView,
  waitingSaves: Type.Integer({
    description:
      'Saves that were accepted, but are not in Git yet. These numbers and `state` are about what the caller may read.',
  }),
  openConflicts: Type.Integer(),
  entries: Type.Record(Type.String(), Type.Integer(), {
    description: 'The number of entries of each kind that the caller may read.',
  }),
  repository: Type.Object({
    url: Type.String(),
    branch: Type.String(),
    credentialId: Nullable(Type.String()),
  }),
  root: Type.String(),
  syncedCommit: Nullable(
    Type.String({ description: 'The commit that the entries were last read from.' }),
  ),
  lastSyncedAt: Nullable(
    Type.String({ format: 'date-time', description: 'When the branch was last read.' }),
  ),
  lastCommit: Nullable(LastCommitView),
  outage: Nullable(OutageView),
  kinds: Type.Array(
    Type.Object({
      name: Type.String(),
      folder: Type.String({ description: "Below the space's root." }),
      file: Nullable(Type.String({ description: 'The file, if the kind has only one.' })),
      format: OneOf('markdown', 'json'),
      titleField: Type.String(),
      personal: Type.Boolean({ description: 'Whether it contains personal data.' }),
      schema: Type.Unsafe<Readonly<Record<string, unknown>>>({
        type: 'object',
        additionalProperties: true,
        description: 'JSON Schema of the fields.',
      }),
    }),
  ),
  problems: Type.Object(
    {
      count: Type.Integer(),
      first: Type.Array(Type.Object({ path: Type.String(), message: Type.String() }), {
        description: 'At most 100.',
      }),
    },
    {
      description:
        'Files that cannot be used: of the kinds that the caller may read and, if these are all, schema files and rules.',
    },
  ),
  heldKinds: Nullable(
    Type.String({
      description:
        'Which schema files wait for an admin, because they would take a folder away from a kind with personal data: see `actions/accept-kinds`. `null`: none, or the caller may not read all kinds.',
    }),
  ),
  heldRules: Nullable(
    Type.String({
      description:
        'Which rules of review wait for an admin, because they are weaker than those in force: see `GET …/review-rules` and `actions/accept-rules`. `null`: none, or the caller may not read all kinds.',
    }),
  ),
  webhook: Nullable(
    Type.Object({
      scheme: OneOf(...webhookSchemes),
      secrets: Nullable(
        Type.Integer({ description: 'How many; `null` if the master keys do not open them.' }),
      ),
    }),
  ),
  checks: Nullable(
    Type.Object(
      {
        address: Type.String(),
        model: Type.String(),
        credentialId: Nullable(Type.String()),
        timeout: Type.Integer(),
        maxExamples: Type.Integer(),
      },
      { description: 'The model that the examples of prompts are run against; `null`: none.' },
    ),
  ),
  rules: Type.Object({
    publicKinds: Type.Array(Type.String()),
    index: Type.Boolean(),
    notify: NotifyView,
    mostReviews: Type.Integer({ description: 'How many reviews may go on at once.' }),
    commits: CommitView,
    ...secretSettingsView,
  }),
  visibility: Nullable(VisibilityView),
  createdAt: Time,
  updatedAt: Time,
  pausedAt: Nullable(Time),
  endedAt: Nullable(Time),
});
export type SpaceView = Static<typeof SpaceView>;
