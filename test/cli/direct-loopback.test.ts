import { expect, test } from 'vitest';
import { goDirectlyOnLoopback } from '../../cli/direct-loopback.ts';

const loopback = 'localhost,127.0.0.1,::1,[::1]';
test.each([
  [{}, { no_proxy: loopback, NO_PROXY: loopback }],
  [
    { NO_PROXY: '.corp, localhost' },
    { no_proxy: `.corp,${loopback}`, NO_PROXY: `.corp,${loopback}` },
  ],
  [
    { no_proxy: 'a', no_grpc_proxy: 'b' },
    {
      ...{ no_proxy: `a,${loopback}`, NO_PROXY: `a,${loopback}` },
      no_grpc_proxy: `b,${loopback}`,
    },
  ],
])('%o', (given, wanted) => {
  const env: NodeJS.ProcessEnv = { ...given };
  goDirectlyOnLoopback(env);
  expect(env).toEqual(wanted);
});
