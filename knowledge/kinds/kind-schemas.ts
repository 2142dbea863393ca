import type { JsonSchema, JsonValue } from '../../model/knowledge/entry.ts';
import { variableTypes } from '../templates/variables.ts';
import { dateOrTime } from './schema-problems.ts';

/*
 * The fields of the built-in kinds, as used in companies' files. Other fields are kept and allowed, dates are
 * texts that must exist, and an empty value (`region:`) is not an error.
 */

type Fields = Record<string, JsonSchema>;

const text: JsonSchema = { type: ['string', 'null'] };
const date: JsonSchema = { type: ['string', 'null'], format: dateOrTime };
/** Many files do not have it, and a save of something else does not add it. */
const updated: JsonSchema = { ...date, 'x-updated': 'if-present' };
const number: JsonSchema = { type: ['number', 'null'] };
const flag: JsonSchema = { type: ['boolean', 'null'] };
/** A number is also an id. Its text identifies the entry. */
const id: JsonSchema = { type: ['string', 'number'], minLength: 1 };
const title: JsonSchema = { type: ['string', 'number'], minLength: 1 };

/** A list in which the order does not matter and each item occurs only once. */
const set: JsonSchema = {
  type: ['array', 'null'],
  uniqueItems: true,
  items: { type: ['string', 'number'] },
};

/**
 * A list of objects. People also write a text instead of an object (the name of an owner, the URL of a
 * source).
 */
function listOf(properties: Fields): JsonSchema {
  return {
    type: ['array', 'null'],
    items: { type: ['object', 'string'], properties },
  };
}

const sources = listOf({ url: text, addedAt: date });

function entryOf(titleField: string, fields: Fields): JsonSchema {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    type: 'object',
    required: ['id', titleField],
    properties: { id, [titleField]: title, ...fields } satisfies Record<string, JsonValue>,
  };
}

/** What is filled in: a name with a description, or with all that there is to say. */
const variable: JsonSchema = {
  type: ['string', 'null', 'object'],
  properties: {
    description: text,
    type: { enum: [...variableTypes, null] },
    required: flag,
  },
};
const variables: JsonSchema = {
  type: ['object', 'array', 'null'],
  additionalProperties: variable,
  items: variable,
};

function template(formats: string[], ids: Fields): JsonSchema {
  return entryOf('name', {
    description: text,
    type: { enum: ['slide_deck', 'document', 'email', null] },
    format: { enum: [...formats, null] },
    ...ids,
    variables,
    active: flag,
    updated,
  });
}

const formats = ['google_slides', 'google_docs', 'powerpoint', 'word', 'markdown', 'html'];

export const skillSchema = entryOf('title', {
  categories: set,
  active: flag,
  owners: {
    type: ['array', 'null'],
    uniqueItems: true,
    items: {
      type: ['string', 'object'],
      properties: { name: text, email: text, userId: text },
    },
  },
  sources,
  created: date,
  updated,
});

export const customerSchema = entryOf('name', {
  industry: text,
  website: text,
  salesforceId: text,
  region: text,
  tier: { type: ['string', 'number', 'null'] },
  employeeCount: number,
  annualRevenue: number,
  accountType: text,
  billingLocation: { type: ['string', 'object', 'null'] },
  lastSalesforceSync: date,
  created: date,
  updated,
  owners: listOf({ name: text, email: text, userId: { type: ['string', 'number', 'null'] } }),
  sources,
  documents: listOf({
    id: { type: ['string', 'number', 'null'] },
    filename: text,
    uploadedAt: date,
  }),
  considerations: set,
  active: flag,
});

export const systemPromptSchema = entryOf('name', {
  category: text,
  variants: {
    type: ['array', 'null'],
    uniqueItems: true,
    items: { type: ['string', 'number', 'object'] },
  },
  // Files had these fields before they meant something, so what is in them is only judged when they are rendered.
  variables: { description: 'What is filled in when the prompt is rendered, by name.' },
  blocks: { description: 'The ids of the blocks that follow it when it is rendered.' },
  updated,
});

export const promptBlockSchema = entryOf('name', {
  category: text,
  active: flag,
  sortOrder: { type: ['number', 'null'] },
});

export const slideTemplateSchema = template(formats, {
  presentationId: text,
  slideIds: set,
});

export const documentTemplateSchema = template(formats, {
  documentId: text,
  subject: text,
});

/** Commits are texts, also those that look like numbers. */
const commits: JsonSchema = { type: ['object', 'null'], additionalProperties: text };

export const environmentSchema = entryOf('name', {
  protected: flag,
  requireChecks: flag,
  ref: text,
  commit: text,
  entries: commits,
  experiments: {
    type: ['object', 'null'],
    additionalProperties: {
      type: 'object',
      required: ['arms'],
      properties: {
        arms: {
          type: 'array',
          items: {
            type: 'object',
            required: ['name'],
            properties: { name: { type: 'string' }, commit: text, variant: text, weight: number },
          },
        },
      },
    },
  },
  updated,
});

export const documentSchema = entryOf('title', {
  filename: text,
  fileType: text,
  fileSize: number,
  uploadedAt: date,
  storageUrl: text,
});

/** The categories are a single file, which need not have an id or a title. */
export const categorySchema: JsonSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  type: 'object',
  properties: { id },
};
