import { expect, it } from 'vitest';
import { apiUnderTest } from '../api-under-test.ts';

const direct = await apiUnderTest();
const proxied = await apiUnderTest({ trustedProxies: '10.0.0.0/8,192.0.2.1' });

/** The address that the API takes a request to be from. */
async function seen(api: typeof direct, remoteAddress: string, forwarded: string): Promise<string> {
  await api.app.inject({
    method: 'GET',
    url: '/livez',
    remoteAddress,
    headers: { 'x-forwarded-for': forwarded },
  });
  return (
    /"remoteAddress":"([^"]*)"/.exec(api.log().split('incoming request').at(-2) ?? '')?.[1] ?? ''
  );
}

it('believes X-Forwarded-For from nobody by default', async () => {
  expect(await seen(direct, '10.1.2.3', '203.0.113.9')).toBe('10.1.2.3');
});

it('believes it from the proxies that the settings name', async () => {
  expect(await seen(proxied, '10.1.2.3', '203.0.113.9')).toBe('203.0.113.9');
  expect(await seen(proxied, '192.0.2.1', '203.0.113.9')).toBe('203.0.113.9');
});

it('believes it from nobody else, and not what a caller put in front', async () => {
  expect(await seen(proxied, '198.51.100.7', '203.0.113.9')).toBe('198.51.100.7');
  expect(await seen(proxied, '10.1.2.3', '1.1.1.1, 203.0.113.9')).toBe('203.0.113.9');
});
