import type { Console } from './open-console.ts';

/** A frame that takes longer than this is seen as a stutter, in milliseconds. */
export const lateFrame = 50;

/** What the frames were like while a page was scrolled; times in milliseconds. */
export interface Scrolling {
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
export async function scroll(
  { open, url, session }: Console,
  { path, heading, numbered }: { path: string; heading: string; numbered: string },
): Promise<Scrolling> {
  const context = await open(session);
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
