import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { startUiGuard } from '../../embedded/ui-guard.ts';

test('a guard whose preferred port was taken meanwhile listens on another, which it names', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;
  const guard = await startUiGuard(port, 1);
  try {
    expect(guard.port).not.toBe(port);
    const answer = await fetch(`http://127.0.0.1:${guard.port}/`);
    expect([answer.status, await answer.text()]).toEqual([502, "Temporal's UI does not answer.\n"]);
  } finally {
    await guard.close();
    other.close();
  }
});
