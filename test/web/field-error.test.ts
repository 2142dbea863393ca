import { expect, it } from 'vitest';
import { ProblemError } from '../../web/api/problem-error.ts';
import { fieldError } from '../../web/parts/field-error.ts';

const refused = new ProblemError({
  status: 422,
  code: 'invalid_request',
  detail: 'The body is not valid.',
  requestId: 'r',
  errors: [
    { pointer: '/name', message: 'must not be empty' },
    { pointer: '/url', message: 'https://a.example is refused' },
    { pointer: '/spaces/1/role', message: 'is more than the role beside it' },
  ],
});

it.each([
  ['/name', 'Must not be empty'],
  ['/url', 'https://a.example is refused'],
  ['/spaces', 'Is more than the role beside it'],
  ['/spaces/0', undefined],
  ['/space', undefined],
  ['/email', undefined],
])('says under the field %s: %s', (pointer, text) => {
  expect(fieldError(refused, pointer)).toBe(text);
});

it('says nothing where nothing was refused', () => {
  expect(fieldError(null, '/name')).toBeUndefined();
  expect(fieldError(new Error('x'), '/name')).toBeUndefined();
});
