import { Type, type TSchema } from '@fastify/type-provider-typebox';
import type { Platforms } from '../../platforms/platform.ts';
import { Id, Name, Nullable, Strict } from '../http/schema-parts.ts';

/** A few words that metrics tell projects apart by: each is a series of its own. */
export const ProjectLabel = Type.String({
  minLength: 1,
  maxLength: 40,
  pattern: '^[^\\u0000-\\u001f\\u007f]+$',
});

/** What metrics tell a project by, in requests; `null` takes it back. */
const labels = {
  planTier: Type.Optional(
    Nullable(ProjectLabel, { description: 'The plan that its owner has; a label of metrics.' }),
  ),
  region: Type.Optional(
    Nullable(ProjectLabel, { description: 'Where it is; a label of metrics.' }),
  ),
};

/** A project's `source` in requests, for any platform. */
interface SourceBody {
  kind: string;
  url?: string;
  token?: string;
}

/** The request bodies that try, add and change a project, made from what the platforms' sources need. */
export function projectBodies({ all }: Platforms) {
  const Source = Type.Unsafe<SourceBody>(
    Type.Union(
      all.map(({ kind, settings: { url, token } }) =>
        Strict({
          kind: Type.Literal(kind),
          ...(url === undefined ? {} : { url: url.schema }),
          ...(token === undefined ? {} : { token: token.schema }),
        }),
      ),
    ),
  );
  const urls = all.flatMap(({ settings: { url } }) => url?.schema ?? []);
  const tokens = all.flatMap(({ settings: { token } }) => token?.schema ?? []);
  return {
    CheckBody: Strict({ id: Type.Optional(Id), source: Source }),
    ProjectBody: Strict({ id: Id, name: Type.Optional(Name), source: Source, ...labels }),
    ProjectPatch: Strict({
      name: Type.Optional(Name),
      ...labels,
      source: Type.Optional(
        Strict({
          url: Type.Optional(anyOf(urls)),
          token: anyOf(tokens),
        }),
      ),
    }),
  };
}

function anyOf(schemas: TSchema[]) {
  const [only, ...others] = schemas;
  return Type.Unsafe<string>(
    only !== undefined && others.length === 0 ? only : Type.Union(schemas),
  );
}
