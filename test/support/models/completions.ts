import type { Operation } from '../review-hosts/description.ts';

const text = { type: 'string' };
const maybeText = { type: ['string', 'null'] };

const message = {
  type: 'object',
  required: ['role', 'content'],
  additionalProperties: false,
  properties: {
    role: { enum: ['developer', 'system', 'user', 'assistant'] },
    content: { type: 'string', minLength: 1 },
    name: text,
  },
};

/**
 * `POST /chat/completions` as OpenAI publishes it (https://platform.openai.com/docs/api-reference/chat/create): what a request without
 * tools, streams and media may have, and what its answer and an error have.
 */
export const createCompletion: Operation = {
  method: 'POST',
  path: '/chat/completions',
  query: {},
  body: {
    required: ['model', 'messages'],
    properties: {
      model: { type: 'string', minLength: 1 },
      messages: { type: 'array', minItems: 1, items: message },
      temperature: { type: 'number', minimum: 0, maximum: 2 },
      max_completion_tokens: { type: ['integer', 'null'] },
      stream: { enum: [false, null] },
    },
  },
  answers: {
    200: {
      type: 'object',
      required: ['id', 'object', 'created', 'model', 'choices'],
      properties: {
        id: text,
        object: { const: 'chat.completion' },
        created: { type: 'integer' },
        model: text,
        choices: {
          type: 'array',
          items: {
            type: 'object',
            required: ['finish_reason', 'index', 'message', 'logprobs'],
            properties: {
              finish_reason: { enum: ['stop', 'length', 'tool_calls', 'content_filter'] },
              index: { type: 'integer' },
              message: {
                type: 'object',
                required: ['role', 'content', 'refusal'],
                properties: {
                  role: { const: 'assistant' },
                  content: maybeText,
                  refusal: maybeText,
                },
              },
            },
          },
        },
      },
    },
    401: {
      type: 'object',
      required: ['error'],
      properties: {
        error: {
          type: 'object',
          required: ['message', 'type', 'param', 'code'],
          properties: { message: text, type: text, param: maybeText, code: maybeText },
        },
      },
    },
  },
};
