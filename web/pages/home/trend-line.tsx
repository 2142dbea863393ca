import { texts } from '../../texts/index.ts';
import classes from './stream-list.module.css';
import { trendPaths, trendSize, type Trend } from './trend.ts';

/** What a mirror or a space did in the last day: a bar for each hour. */
export function TrendLine({ trend }: { trend: Trend }) {
  const { width, height } = trendSize;
  const paths = trendPaths(trend);
  const words = texts.home.trend(sum(trend.commits), sum(trend.failedAttempts));
  return (
    <svg
      className={classes.trend}
      role="img"
      aria-label={words}
      {...{ width, height }}
      viewBox={`0 0 ${width} ${height}`}
      fill="currentColor"
    >
      <title>{words}</title>
      <path d={paths.commits} />
      <path d={paths.failed} className={classes.failed} />
    </svg>
  );
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, one) => total + one, 0);
}
