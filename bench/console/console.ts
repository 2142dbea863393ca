import { GitRepository } from '../../test/support/git-repository.ts';
import { Place } from '../measuring/place.ts';
import { figure } from '../measuring/statistics.ts';
import { makeReadingRepository } from '../mirror/reading-repository.ts';
import { defineBench } from '../shape/bench.ts';
import { numberOption, textOption } from '../shape/option.ts';
import { fillConsole } from './console-data.ts';
import { noBrowser, openConsole } from './open-console.ts';
import { pages } from './pages.ts';
import { lateFrame, scroll } from './scroll.ts';
import { visit, type Visit } from './visit.ts';

/** What web.dev calls good: https://web.dev/articles/fcp and https://web.dev/articles/lcp */
const [goodFirstPaint, goodLargestPaint] = [1_800, 2_500];

/** What is told of each visit. */
const told = [
  ['Until what one came for is there', 'ms', ({ content }: Visit) => content, goodLargestPaint],
  ['Largest contentful paint', 'ms', ({ largest }: Visit) => largest, goodLargestPaint],
  ['First contentful paint', 'ms', ({ first }: Visit) => first, goodFirstPaint],
  ['Scripts, as sent', 'bytes', ({ scripts }: Visit) => scripts, undefined],
  ['Scripts, as the browser reads them', 'bytes', ({ scriptText }: Visit) => scriptText, undefined],
  ['Data, as sent', 'bytes', ({ data }: Visit) => data, undefined],
] as const;

/** What the console's pages load, and when they are seen. */
export const consoleBench = defineBench({
  name: 'console',
  measures:
    'What each page of the console loads, and when something (first contentful paint) and most of it (largest contentful paint) is seen: in a real browser without a cache, with many mirrors, a large project, and a space with many entries and a long history. Then how even the overview and a list of entries scroll from the first row to the last.',
  options: {
    mirrors: numberOption('mirrors of the overview', { default: 500, quick: 50 }),
    configurations: numberOption('configurations of a mirror', { default: 10_000, quick: 100 }),
    entries: numberOption('entries of the space', { default: 10_000, quick: 300 }),
    commits: numberOption('commits of the space', { default: 100_000, quick: 1_000 }),
    rounds: numberOption('visits to each page', { default: 5, quick: 1 }),
    pages: textOption('only pages whose address contains this', { default: '' }),
  },
  unable: noBrowser,
  async *measure({ mirrors, configurations, entries, commits, rounds, pages: chosen }) {
    const place = await Place.make();
    try {
      const directory = place.path('remote.git');
      await makeReadingRepository({ directory, configurations, commits: 100 });
      const repository = new GitRepository(directory);
      const tip = (await repository.tip()) ?? '';
      const table = await tableWithLineage(repository);
      const opened = await openConsole(place, (db) =>
        fillConsole(db, { mirrors, directory, tip, entries, commits }),
      );
      for (const [address, heading, content] of pages) {
        const path = address.replace('TABLE', encodeURIComponent(table));
        if (!path.includes(chosen)) continue;
        const session = path === '/sign-in' ? null : opened.session;
        const visits: Visit[] = [];
        for (let round = 0; round < rounds; round += 1)
          visits.push(await visit(opened, session, { path, heading, content }));
        for (const [group, unit, of, target] of told)
          yield figure(path, unit, visits.map(of), {
            group,
            ...(target !== undefined && { target }),
          });
      }
      for (const [path, heading, numbered] of [
        ['/', 'Overview', 'aria-posinset'],
        ['/spaces/sales/kinds/customer', 'Customers', 'aria-rowindex'],
      ] as const) {
        const scrolled = await scroll(opened, { path, heading, numbered });
        const { frames, late, longest, longestTask, rows } = scrolled;
        const group = 'Scrolling to the end';
        yield figure(`${heading}, longest frame`, 'ms', [longest], {
          ...{ group, target: lateFrame },
          note: `row ${rows} drawn; ${late} of ${frames} frames over ${lateFrame} ms`,
        });
        yield figure(`${heading}, longest task`, 'ms', [longestTask], { group });
      }
    } finally {
      await place.end();
    }
  },
});

/** A table that is read or written. */
async function tableWithLineage(repository: GitRepository): Promise<string> {
  const found = await repository.git(['grep', '-h', '"tableId"', 'main', '--', 'storage/lineage']);
  return /"tableId": ?"([^"]+)"/.exec(found.toString())?.[1] ?? 'none';
}
