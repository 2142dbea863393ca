import type { Operation } from './description.ts';

/** An operation; the fields of a body whose names end in `!` are required. */
export function operation(
  route: string,
  parts: {
    query?: Record<string, object>;
    body?: Record<string, object>;
    answers: Record<number, object>;
  },
): Operation {
  const [method = '', path = ''] = route.split(' ');
  const fields = Object.entries(parts.body ?? {});
  return {
    ...{ method, path, query: parts.query ?? {}, answers: parts.answers },
    body: {
      properties: Object.fromEntries(fields.map(([name, type]) => [name.replace('!', ''), type])),
      required: fields.flatMap(([name]) => (name.endsWith('!') ? [name.slice(0, -1)] : [])),
    },
  };
}
