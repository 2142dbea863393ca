import type { TSchema } from '@fastify/type-provider-typebox';
import type { FastifySchemaCompiler } from 'fastify';
import { Compile } from 'typebox/compile';

/** The parts of a schema of parameters that say how their texts are read. */
interface Parameters {
  properties?: Record<string, Parameter>;
}
interface Parameter {
  type?: string;
  items?: Parameter;
}

/**
 * Compiles the schemas of requests. What comes as text (of the path, the query and headers) is read as what its schema says
 * in the one way in which it is written, because others show a mistake: TypeBox's own compiler takes `true` for the
 * number 1, and `1.9` too.
 */
export const compileValidator: FastifySchemaCompiler<TSchema> = ({ schema, httpPart }) => {
  const compiled = Compile(schema);
  return (given: unknown) => {
    const value = httpPart === 'body' ? given : readAll(schema, given);
    return compiled.Check(value) ? { value } : { error: compiled.Errors(value) };
  };
};

function readAll({ properties = {} }: Parameters, given: unknown): unknown {
  if (typeof given !== 'object' || given === null) return given;
  return Object.fromEntries(
    Object.entries(given).map(([name, value]) => {
      // A name from outside may be that of something that every object has.
      const parameter = Object.hasOwn(properties, name) ? properties[name] : undefined;
      return [name, parameter === undefined ? value : read(parameter, value)];
    }),
  );
}

function read({ type, items = {} }: Parameter, value: unknown): unknown {
  if (type === 'array')
    return (Array.isArray(value) ? value : [value]).map((item) => read(items, item));
  if (typeof value !== 'string') return value;
  if (type === 'integer' && /^-?\d{1,15}$/.test(value)) return Number(value);
  if (type === 'boolean' && (value === 'true' || value === 'false')) return value === 'true';
  return value;
}
