import { Type, type TSchema } from '@fastify/type-provider-typebox';
import type { Platforms } from '../../platforms/platform.ts';
import { Id, Name, Strict } from '../http/schema-parts.ts';

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
    ProjectBody: Strict({ id: Id, name: Type.Optional(Name), source: Source }),
    ProjectPatch: Strict({
      name: Type.Optional(Name),
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
