import { expect, it } from 'vitest';
import { redactedUrl } from '../../../api/http/log-request.ts';
import { apiUnderTest } from '../api-under-test.ts';

const api = await apiUnderTest();

it.each([
  ['/v1/projects', '/v1/projects'],
  ['/v1/projects?limit=5', '/v1/projects?limit=5'],
  ['/a?token=hush&limit=5', '/a?token=[secret]&limit=5'],
  ['/a?limit=5&code=hush&state=hush', '/a?limit=5&code=[secret]&state=[secret]'],
  ['/a?access_token=hush', '/a?access_token=[secret]'],
  ['/a?TOKEN=hush', '/a?TOKEN=[secret]'],
  ['/a?%74oken=hush', '/a?%74oken=[secret]'],
  ['/a?token=hush=&token=hush', '/a?token=[secret]&token=[secret]'],
  ['/a?%zz=1&token=hush?token=hush', '/a?%zz=1&token=[secret]'],
  ['/a?token', '/a?token=[secret]'],
  ['/a?tokens=5', '/a?tokens=5'],
])('logs %s as %s', (url, logged) => {
  expect(redactedUrl(url)).toBe(logged);
});

it('keeps the secrets of a query out of the log', async () => {
  await api.app.inject({ method: 'GET', url: '/v1/projects?token=hush-hush&limit=7' });
  expect(api.log()).toContain('/v1/projects?token=[secret]&limit=7');
  expect(api.log()).not.toContain('hush');
});
