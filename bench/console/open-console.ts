import type { AddressInfo } from 'node:net';
import { chromium, type Browser, type BrowserContext } from 'playwright-core';
import { createApi } from '../../api/http/create-api.ts';
import { ensureAdminToken } from '../../db/access/tokens.ts';
import type { Db } from '../../db/connect.ts';
import { findChromium } from '../../test/support/browser/find-chromium.ts';
import { build, dist } from '../measuring/build.ts';
import { depsOf } from '../measuring/deps-of.ts';
import type { Place } from '../measuring/place.ts';
import { startClones, startDatabase } from '../measuring/servers.ts';

/** A browser's session. */
export type Session = Awaited<ReturnType<BrowserContext['storageState']>>;

/** The console in a browser. */
export interface Console {
  url: string;
  /** Another profile with an empty cache, without a session if there is none. Whoever opens it closes it. */
  open: (session: Session | null) => Promise<BrowserContext>;
  /** The admin's; signed in once, since attempts are limited. */
  session: Session;
}

const token = 'gw_the-admin-token-of-this-bench';

/** Says why there is no console to measure here; `null` if there is. */
export function noBrowser(): string | null {
  if (findChromium() !== null) return null;
  return 'There is no Chromium here: install it (`apt-get install chromium`), or say where it is in CHROMIUM_PATH.';
}

/** Builds and serves the console, over a database that was filled, and opens a browser, until the place ends. */
export async function openConsole(place: Place, fill: (db: Db) => Promise<void>): Promise<Console> {
  build();
  const { db } = await startDatabase(place);
  await ensureAdminToken(db, token);
  await fill(db);
  let url = '';
  const app = createApi({
    ...depsOf(db, await startClones(place)),
    publicUrl: () => url,
    consoleDirectory: `${dist}/web`,
  });
  place.atEnd(() => app.close());
  await app.listen({ port: 0, host: '127.0.0.1' });
  url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
  const browser = await launch(place);
  const open = (session: Session | null) =>
    browser.newContext({
      viewport: { width: 1440, height: 900 },
      ...(session !== null && { storageState: session }),
    });
  const context = await open(null);
  await context.request.post(`${url}/v1/session`, { data: { token }, failOnStatusCode: true });
  const session = await context.storageState();
  await context.close();
  return { url, open, session };
}

async function launch(place: Place): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === null) throw new Error('There is no Chromium here.');
  const chromiumSandbox = process.getuid?.() !== 0;
  const browser = await chromium.launch({ executablePath, chromiumSandbox });
  place.atEnd(() => browser.close());
  return browser;
}
