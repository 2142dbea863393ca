import type { Console, Session } from './open-console.ts';

/** What one visit to a page has shown; times in milliseconds since the request for it, sizes in bytes. */
export interface Visit {
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

/** What the browser says of a file that it loaded, as in https://www.w3.org/TR/resource-timing/ */
interface Loaded {
  path: string;
  initiatorType: string;
  encodedBodySize: number;
  decodedBodySize: number;
}

/** Opens a page in a new profile with this session, until what one came for is there. */
export async function visit(
  { open, url }: Console,
  session: Session | null,
  { path, heading, content }: { path: string; heading: string; content: string | undefined },
): Promise<Visit> {
  const context = await open(session);
  try {
    const page = await context.newPage();
    await page.addInitScript(`new PerformanceObserver((list) => {
      window.largestPaint = list.getEntries().at(-1).startTime;
    }).observe({ type: 'largest-contentful-paint', buffered: true });`);
    await page.goto(url + path);
    await page.getByRole('heading', { level: 1, name: heading }).first().waitFor();
    if (content !== undefined) await page.locator(content).first().waitFor();
    const there = await page.evaluate<number>('performance.now()');
    // Whatever is still read then is no part of what is seen at first.
    await page.waitForTimeout(1_000);
    const loaded = await page.evaluate<Loaded[]>(
      `performance.getEntriesByType('resource').map(({ name, initiatorType, encodedBodySize, decodedBodySize }) =>
        ({ path: new URL(name).pathname, initiatorType, encodedBodySize, decodedBodySize }))`,
    );
    const scripts = loaded.filter((one) => one.path.endsWith('.js'));
    const data = loaded.filter(({ initiatorType }) => initiatorType === 'fetch');
    return {
      scripts: sum(scripts.map(({ encodedBodySize }) => encodedBodySize)),
      scriptText: sum(scripts.map(({ decodedBodySize }) => decodedBodySize)),
      data: sum(data.map(({ encodedBodySize }) => encodedBodySize)),
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

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
