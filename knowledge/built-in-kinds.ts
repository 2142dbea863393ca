import type { JsonSchema, JsonValue, Kind } from '../model/entry.ts';

/*
 * The schemas are as tolerant as companies' files are: fields that they do not name are allowed, only the id and the
 * title are required, and a field that somebody left empty (`null`) is as good as none.
 */

const text: JsonSchema = { type: ['string', 'null'] };
const number: JsonSchema = { type: ['number', 'null'] };
const truth: JsonSchema = { type: ['boolean', 'null'] };
/** Dates are texts: companies write them in every form. */
const date = text;
const set: JsonSchema = { type: ['array', 'null'], items: { type: 'string' }, uniqueItems: true };
const sources = listOf({ url: { type: 'string' }, addedAt: date });

function listOf(properties: Record<string, JsonSchema>): JsonSchema {
  return { type: ['array', 'null'], items: { type: 'object', properties } };
}

function schemaOf(titleField: string, properties: Record<string, JsonValue>): JsonSchema {
  return {
    type: 'object',
    required: ['id', titleField],
    properties: { id: { type: ['string', 'integer'] }, ...properties },
  };
}

const required: JsonSchema = { type: 'string', minLength: 1 };

const markdown = { file: null, format: 'markdown', personal: false } as const;

function template(
  name: string,
  folder: string,
  type: string[],
  ids: Record<string, JsonSchema>,
): Kind {
  return {
    ...markdown,
    name,
    folder,
    titleField: 'name',
    indexFields: ['type', 'format', 'active'],
    schema: schemaOf('name', {
      name: required,
      description: text,
      type: { enum: type },
      format: { enum: ['google_slides', 'markdown', 'html'] },
      ...ids,
      variables: {
        type: ['object', 'null'],
        additionalProperties: { type: ['string', 'number', 'boolean', 'null'] },
      },
      active: truth,
      updated: date,
    }),
  };
}

/** The kinds that every space has: their folders, titles and schemas. */
export const builtInKinds: readonly Kind[] = [
  {
    ...markdown,
    name: 'skill',
    folder: 'skills',
    titleField: 'title',
    indexFields: ['categories', 'active'],
    schema: schemaOf('title', {
      title: required,
      categories: set,
      active: truth,
      owners: set,
      sources,
      created: date,
      updated: date,
    }),
  },
  {
    ...markdown,
    name: 'customer',
    folder: 'customers',
    titleField: 'name',
    indexFields: ['industry', 'region', 'tier', 'active'],
    personal: true,
    schema: schemaOf('name', {
      name: required,
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
      updated: date,
      owners: listOf({ name: text, email: text, userId: { type: ['string', 'integer', 'null'] } }),
      sources,
      documents: listOf({
        id: { type: ['string', 'integer'] },
        filename: { type: 'string' },
        uploadedAt: date,
      }),
      considerations: set,
      active: truth,
    }),
  },
  {
    ...markdown,
    name: 'system-prompt',
    folder: 'prompts/system',
    titleField: 'name',
    indexFields: ['category', 'variants'],
    schema: schemaOf('name', { name: required, category: text, variants: set, updated: date }),
  },
  {
    ...markdown,
    name: 'prompt-block',
    folder: 'prompts/blocks',
    titleField: 'name',
    indexFields: ['category', 'active', 'sortOrder'],
    schema: schemaOf('name', { name: required, category: text, active: truth, sortOrder: number }),
  },
  template('slide-template', 'templates/slides', ['slide_deck'], {
    googleSlidesId: text,
    presentationId: text,
  }),
  template('document-template', 'templates/documents', ['document', 'email'], {
    googleDocsId: text,
    documentId: text,
  }),
  {
    ...markdown,
    name: 'document',
    folder: 'documents',
    titleField: 'title',
    indexFields: ['filename', 'fileType', 'storageUrl'],
    schema: schemaOf('title', {
      title: required,
      filename: text,
      fileType: text,
      fileSize: number,
      uploadedAt: date,
      storageUrl: text,
    }),
  },
  {
    name: 'category',
    folder: '',
    file: 'categories/metadata.json',
    format: 'json',
    titleField: 'title',
    indexFields: [],
    personal: false,
    schema: {
      type: 'object',
      properties: {
        id: { type: ['string', 'integer'] },
        title: text,
        categories: { type: ['array', 'object', 'null'] },
      },
    },
  },
];
