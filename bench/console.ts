import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium, type Browser, type BrowserContext } from 'playwright-core';
import { createApi } from '../api/http/create-api.ts';
import { ensureAdminToken } from '../db/access/tokens.ts';
import { connect } from '../db/connect.ts';
import { migrate } from '../db/migrate.ts';
import { startPostgres } from '../embedded/postgres.ts';
import { createGitClones } from '../git/clones/clones.ts';
import { createAddressPolicy } from '../network/address-policy.ts';
import { findChromium, noChromium } from '../test/support/browser/find-chromium.ts';
import { GitRepository } from '../test/support/git-repository.ts';
import { fillConsole } from './console-data.ts';
import { depsOf } from './deps-of.ts';
import { makeReadingRepository } from './reading-repository.ts';

/**
 * What each page of the console loads, and when something (first contentful paint) and most of it (largest contentful
 * paint) is seen: on a real browser without a cache, with many mirrors, a large project, and a space with many entries and a
 * long history. Then how even the overview and a list of entries scroll from the first row to the last.
 *
 *     npm run bench:console -- --mirrors 500 --configurations 10000 --entries 10000 --commits 100000 --rounds 5 --pages spaces
 */
const { values } = parseArgs({
  options: {
    mirrors: { type: 'string', default: '500' },
    configurations: { type: 'string', default: '10000' },
    entries: { type: 'string', default: '10000' },
    commits: { type: 'string', default: '100000' },
    rounds: { type: 'string', default: '5' },
    /** Only pages whose address contains this. */
    pages: { type: 'string', default: '' },
  },
});
const token = 'gw_the-admin-token-of-this-bench';
/** A frame that takes longer than this is seen as a stutter, in milliseconds. */
const lateFrame = 50;
/** Path, heading, and what is looked for in the page, if it comes later than the heading. */
const pages: [path: string, heading: string, content?: string][] = [
  ['/sign-in', 'Sign in to Gitward'],
  ['/', 'Overview'],
  ['/mirrors/shop/1000', 'Shop'],
  ['/mirrors/shop/1000/contents', 'Contents', 'tbody tr'],
  ['/mirrors/shop/1000/contents?text=order', 'Contents', 'tbody tr'],
  ['/mirrors/shop/1000/lineage?table=TABLE', '', '.react-flow__node'],
  ['/mirrors/shop/1000/lineage?table=TABLE&depth=10', '', '.react-flow__node'],
  ['/mirrors/shop/1000/runs', 'Runs'],
  ['/mirrors/shop/1000/health', 'Health'],
  ['/spaces/sales', 'Sales', 'section li a'],
  ['/spaces/sales/kinds/customer', 'Customers', '[role="row"] a'],
  ['/spaces/sales/kinds/customer?sort=-updated', 'Customers', '[role="row"] a'],
  ['/spaces/sales/kinds/customer?q=customer', 'Customers', '[role="row"] a'],
  ['/spaces/sales/entries?status=invalid', 'All entries', '[role="row"] a'],
  ['/spaces/sales/entries/customer-5', '', '.ProseMirror'],
  ['/spaces/sales/entries/customer-5?tab=history', '', 'main ol li, main ul li'],
  ['/spaces/sales/reviews', 'Reviews'],
  ['/spaces/sales/settings', 'Settings'],
  ['/access/people', 'People'],
  ['/access/tokens', 'Tokens'],
  ['/access/sessions', 'Sessions'],
  ['/access/credentials', 'Credentials'],
  ['/access/audit', 'Audit log'],
];

/** What one visit to a page has shown; times in milliseconds since the request for it, sizes in bytes. */
interface Visit {
  /** As sent: compressed. */
  scripts: number;
  /** As the browser has to read them. */
  scriptText: number;
  data: number;
  first: number;
  largest: number;
  /** When what one came for is there. */
  content: number;
}

const executablePath = findChromium();
if (executablePath === null) throw new Error(noChromium);
execFileSync(process.execPath, ['build/build.js'], { stdio: 'inherit' });

const place = await mkdtemp(join(tmpdir(), 'bench-console-'));
const directory = join(place, 'remote.git');
const configurations = Number(values.configurations);
await makeReadingRepository({ directory, configurations, commits: 100 });
const repository = new GitRepository(directory);
const tip = await repository.tip();
const table = await tableWithLineage();
const postgres = await startPostgres({ directory: join(place, 'postgres') });
const db = connect({ url: postgres.url('postgres'), onError: (error) => console.error(error) });
const policy = createAddressPolicy({ allowPrivateNetwork: true, allowFileRepositories: true });
const clones = await createGitClones({ cacheDirectory: join(place, 'clones'), policy });
await migrate(db);
await ensureAdminToken(db, token);
await fillConsole(db, {
  ...{ mirrors: Number(values.mirrors), directory, tip: tip ?? '' },
  ...{ entries: Number(values.entries), commits: Number(values.commits) },
});

let url = '';
const app = createApi({
  ...depsOf(db, clones),
  publicUrl: () => url,
  consoleDirectory: join(import.meta.dirname, '../dist/web'),
});
await app.listen({ port: 0, host: '127.0.0.1' });
url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
const browser = await chromium.launch({
  executablePath,
  chromiumSandbox: process.getuid?.() !== 0,
});
try {
  const session = await signIn(browser);
  console.log(
    `${values.mirrors} mirrors, a project of ${configurations} configurations, a space of ${values.entries} entries and ${values.commits} commits; the median of ${values.rounds} visits without a cache\n`,
  );
  console.log(
    'page                                             script, sent   script    data   first paint   largest paint   content',
  );
  for (const [place, heading, content] of pages.filter(([path]) => path.includes(values.pages))) {
    const path = place.replace('TABLE', table);
    const visits: Visit[] = [];
    for (let round = 0; round < Number(values.rounds); round += 1)
      visits.push(
        await visit(browser, path === '/sign-in' ? undefined : session, { path, heading, content }),
      );
    console.log(
      path.padEnd(47),
      ...(['scripts', 'scriptText', 'data'] as const).map((size) =>
        `${(median(visits.map((one) => one[size])) / 1000).toFixed(0)} KB`.padStart(10),
      ),
      ...(['first', 'largest', 'content'] as const).map((time) =>
        `${median(visits.map((one) => one[time])).toFixed(0)} ms`.padStart(14),
      ),
    );
  }
  for (const [path, heading, numbered] of [
    ['/', 'Overview', 'aria-posinset'],
    ['/spaces/sales/kinds/customer', 'Customers', 'aria-rowindex'],
  ] as const) {
    const { frames, late, longest, longestTask, rows } = await scroll(browser, session, {
      ...{ path, heading, numbered },
    });
    console.log(
      `\nscrolling ${heading} to its end (row ${rows} drawn): ${frames} frames, the longest ${longest.toFixed(0)} ms, ` +
        `${late} over ${lateFrame} ms; the longest task ${longestTask.toFixed(0)} ms`,
    );
  }
} finally {
  await browser.close();
  await app.close();
  await clones.close();
  await db.destroy();
  await postgres.stop();
  await rm(place, { recursive: true, force: true, maxRetries: 3 });
}

/** A table that is read or written. */
async function tableWithLineage(): Promise<string> {
  const found = await repository.git(['grep', '-h', '"tableId"', 'main', '--', 'storage/lineage']);
  return /"tableId": ?"([^"]+)"/.exec(found.toString())?.[1] ?? 'none';
}

type Session = Awaited<ReturnType<BrowserContext['storageState']>>;

/** Signs in once: attempts are limited. */
async function signIn(browser: Browser): Promise<Session> {
  const context = await browser.newContext();
  await context.request.post(`${url}/v1/session`, { data: { token }, failOnStatusCode: true });
  const state = await context.storageState();
  await context.close();
  return state;
}

/** Opens a page in a new profile with this session. */
async function visit(
  browser: Browser,
  storageState: Session | undefined,
  { path, heading, content }: { path: string; heading: string; content: string | undefined },
): Promise<Visit> {
  const viewport = { width: 1440, height: 900 };
  const context = await browser.newContext({ viewport, ...(storageState && { storageState }) });
  try {
    const page = await context.newPage();
    const sizes: Promise<{ isScript: boolean; sent: number; text: number }>[] = [];
    page.on('requestfinished', (request) => {
      const isScript = request.resourceType() === 'script';
      if (!isScript && request.resourceType() !== 'fetch') return;
      sizes.push(
        Promise.all([request.sizes(), request.response().then((answer) => answer?.body())]).then(
          ([{ responseBodySize: sent }, body]) => ({ isScript, sent, text: body?.length ?? 0 }),
        ),
      );
    });
    await page.addInitScript(`new PerformanceObserver((list) => {
      window.largestPaint = list.getEntries().at(-1).startTime;
    }).observe({ type: 'largest-contentful-paint', buffered: true });`);
    await page.goto(url + path);
    await page.getByRole('heading', { level: 1, name: heading }).first().waitFor();
    if (content !== undefined) await page.locator(content).first().waitFor();
    const there = await page.evaluate<number>('performance.now()');
    // Whatever is still read then is no part of what is seen at first.
    await page.waitForTimeout(1_000);
    const loaded = await Promise.all(sizes);
    const sum = (of: 'sent' | 'text', scripts: boolean) =>
      loaded
        .filter(({ isScript }) => isScript === scripts)
        .reduce((total, one) => total + one[of], 0);
    return {
      scripts: sum('sent', true),
      scriptText: sum('text', true),
      data: sum('sent', false),
      first: await page.evaluate<number>(
        "performance.getEntriesByName('first-contentful-paint')[0].startTime",
      ),
      largest: await page.evaluate<number>('window.largestPaint'),
      content: there,
    };
  } finally {
    await context.close();
  }
}

/** What the frames were like while a page was scrolled; times in milliseconds. */
interface Scrolling {
  frames: number;
  longest: number;
  /** How many took longer than {@link lateFrame}. */
  late: number;
  /** Tasks of less than 50 ms are not reported: 0. */
  longestTask: number;
  /** The place of the last row that is drawn. */
  rows: number;
}

/** Turns the wheel over a page until it does not move any more. `numbered` is the attribute that counts its rows. */
async function scroll(
  browser: Browser,
  storageState: Session,
  { path, heading, numbered }: { path: string; heading: string; numbered: string },
): Promise<Scrolling> {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    storageState,
  });
  try {
    const page = await context.newPage();
    await page.goto(url + path);
    await page.getByRole('heading', { level: 1, name: heading }).waitFor();
    await page.waitForTimeout(2_000);
    await page.mouse.move(700, 500);
    await page.evaluate(`{
      window.frames_ = [];
      window.tasks = [0];
      let last = performance.now();
      const tick = (now) => { frames_.push(now - last); last = now; requestAnimationFrame(tick); };
      requestAnimationFrame(tick);
      new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries()) tasks.push(duration);
      }).observe({ type: 'longtask' });
    }`);
    const top = () => page.evaluate<number>('scrollY');
    let before = -1;
    for (let now = await top(); now > before; now = await top()) {
      before = now;
      for (let turn = 0; turn < 10; turn += 1) {
        await page.mouse.wheel(0, 240);
        await page.waitForTimeout(16);
      }
    }
    const [frames, tasks, rows] = await page.evaluate<[number[], number[], number]>(
      `[frames_, tasks, Math.max(...[...document.querySelectorAll('[${numbered}]')].map((row) => row.getAttribute('${numbered}')))]`,
    );
    return {
      frames: frames.length,
      longest: Math.max(...frames),
      late: frames.filter((one) => one > lateFrame).length,
      longestTask: Math.max(...tasks),
      rows,
    };
  } finally {
    await context.close();
  }
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}
