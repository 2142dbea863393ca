import type { Kind } from '../../model/knowledge/entry.ts';

/** A kind with everything that is merged in a way of its own. */
export const customer: Kind = {
  name: 'customer',
  folder: 'customers',
  file: null,
  format: 'markdown',
  titleField: 'name',
  schema: {
    type: 'object',
    properties: {
      tags: { type: 'array', uniqueItems: true },
      nested: { type: 'object', additionalProperties: { $ref: '#/$defs/set' } },
    },
    $defs: { set: { type: 'array', uniqueItems: true } },
  },
  indexFields: [],
  personal: false,
};

/** The same as a JSON file. */
export const settings: Kind = { ...customer, format: 'json' };
