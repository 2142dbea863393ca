import type { Kind } from '../../../model/knowledge/entry.ts';

/** A kind with every type of field that is merged in its own way. */
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

/** The same kind, stored as JSON. */
export const settings: Kind = { ...customer, format: 'json' };
