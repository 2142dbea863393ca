import { Type } from '@fastify/type-provider-typebox';
import { Email, Nullable, OneOf, Strict, Uuid } from '../../http/schema-parts.ts';
import { commitFields, Name } from '../../streams/commit-schema.ts';
import { secretFields } from '../../streams/secrets-schema.ts';
import { NotifyBody } from '../../streams/channels/notify-schema.ts';

const Url = Type.String({ minLength: 1, maxLength: 2_048 });

/** Where a mirror writes. */
export const Repository = Strict({
  url: Url,
  branch: Type.String({ minLength: 1, maxLength: 200 }),
  subdirectory: Type.Optional(Type.String({ maxLength: 500, default: '' })),
  credentialId: Type.Optional(Nullable(Uuid)),
});

/** The file format of a table's sample rows. */
export const SampleFormat = OneOf('csv', 'json');

/** Words or patterns, one line each. */
function Wildcards(description: string) {
  const text = Type.String({
    minLength: 1,
    maxLength: 255,
    pattern: '^[^\\u0000-\\u001f\\u007f]+$',
  });
  return Type.Array(text, { maxItems: 500, uniqueItems: true, description });
}

/** What a mirror writes and what it leaves out; each part and each of its fields has a default. */
export const policyFields = {
  secrets: Type.Optional(OneOf('encrypted', 'omitted')),
  ...secretFields,
  samples: Type.Optional(
    Strict({
      enabled: Type.Optional(Type.Boolean()),
      rows: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
      formats: Type.Optional(
        Type.Array(SampleFormat, { minItems: 1, maxItems: 2, uniqueItems: true }),
      ),
      exclude: Type.Optional(
        Wildcards('Ids of tables to leave out, together with their aliases; `*` matches any text.'),
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
              "Leaves out tables with such metadata, either their own or their bucket's; without `value`, any value matches.",
          },
        ),
      ),
      personalDataTags: Type.Optional(
        Wildcards(
          'Words that mark personal data in the metadata of a table or of one of its columns; such tables are left out.',
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
            '`change`: whenever the table has changed. A duration (`30m`, `6h`, `7d`): when it has changed, but not more often than this.',
        }),
      ),
      maxBytes: Type.Optional(
        Type.Integer({
          minimum: 1_024,
          maximum: 5_000_000,
          description: 'Maximum size of a file in bytes; a larger file loses its last rows.',
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
            'How many days back to look for runs when the mirror starts; at most `retainDays` count.',
        }),
      ),
    }),
  ),
  storage: Type.Optional(Strict({ volatile: Type.Optional(Type.Boolean()) })),
  branchPath: Type.Optional(OneOf('name', 'main')),
  notify: Type.Optional(NotifyBody),
  commits: Type.Optional(
    Strict(
      {
        ...commitFields,
        authors: Type.Optional(
          Type.Array(Strict({ from: Name, name: Name, email: Email }), {
            maxItems: 1_000,
            description: "Who the platform's authors (`from`, as it names them) are in Git.",
          }),
        ),
        noReply: Type.Optional(
          Type.Boolean({ description: 'Whether the other authors are named without addresses.' }),
        ),
      },
      { description: 'What the host asks of commits, and who their authors are.' },
    ),
  ),
  attributes: Type.Optional(
    Type.Boolean({
      description:
        'Whether each of our folders gets a `.gitattributes` that keeps clones from changing our files; defaults to true.',
    }),
  ),
  drift: Type.Optional(
    Type.Unsafe<'report' | 'restore'>({
      ...OneOf('report', 'restore'),
      description:
        'If others change our files: `report` says so once, `restore` also puts them right by a commit of its own.',
    }),
  ),
  newBranch: Type.Optional(
    Type.Unsafe<'default' | 'empty'>({
      ...OneOf('default', 'empty'),
      description:
        "What a Git branch that does not exist begins with: the repository's default branch (if it has one), or nothing.",
    }),
  ),
};
