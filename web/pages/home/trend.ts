import { queryOptions } from '@tanstack/react-query';
import { api, dataOf } from '../../api/client.ts';
import type { Answer } from '../../api/types.ts';

/** Commits and failed attempts of a mirror or a space, for each of the last 24 hours. */
export type Trend = Pick<
  Answer<'/v1/overview/trend'>['streams'][number],
  'commits' | 'failedAttempts'
>;

/** How often trends are read again while they are shown, in milliseconds. */
const renewal = 3 * 60_000;

/** The trends of all mirrors and spaces that did anything, by their ids. */
export const trendQuery = queryOptions({
  queryKey: ['overview', 'trend'],
  queryFn: ({ signal }) => dataOf(api.GET('/v1/overview/trend', { signal })),
  select: ({ streams }) => new Map<string, Trend>(streams.map((one) => [one.id, one])),
  staleTime: renewal,
  refetchInterval: renewal,
});

/** How large a trend is drawn, in pixels, and how wide an hour is. */
export const trendSize = { width: 96, height: 24, hour: 4 };

/**
 * The bars of a trend, as the `d` of SVG paths: commits stand on the ground, failed attempts on top of them. The tallest
 * hour is as high as the picture.
 */
export function trendPaths({ commits, failedAttempts }: Trend): {
  commits: string;
  failed: string;
} {
  const { height, hour } = trendSize;
  const most = Math.max(1, ...commits.map((count, at) => count + (failedAttempts[at] ?? 0)));
  // What happened is seen, however little it is beside the rest.
  const tall = (count: number) => (count === 0 ? 0 : Math.max(2, (count / most) * height));
  const bar = (at: number, from: number, size: number) =>
    size === 0
      ? ''
      : `M${at * hour} ${round(height - from)}v${round(-size)}h${hour - 1}v${round(size)}z`;
  return {
    commits: commits.map((count, at) => bar(at, 0, tall(count))).join(''),
    failed: failedAttempts
      .map((count, at) => bar(at, tall(commits[at] ?? 0), tall(count)))
      .join(''),
  };
}

function round(pixels: number): number {
  return Math.round(pixels * 10) / 10;
}
