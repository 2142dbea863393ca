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

/** Opens a page in a new profile with this session, until what one came for is there. */
export async function visit(
  { open, url }: Console,
  session: Session | null,
  { path, heading, content }: { path: string; heading: string; content: string | undefined },
): Promise<Visit> {
  const context = await open(session);
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
