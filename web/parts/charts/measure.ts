/** What a chart shows, and says about it. */
export interface Measure {
  title: string;
  /** What it is, for who does not know. */
  explained: string;
  /** All of it in one sentence. */
  summary: string;
  /** Whether anything in it calls for a look. */
  isBad: boolean;
  kind: 'line' | 'bars';
  /** A value for each bucket, or `null` where there is none. */
  series: {
    color: 'first' | 'second' | 'bad';
    values: (number | null)[];
    /** What it is, where there are others beside it. */
    name?: string;
  }[];
  /** What the axis goes up to at least. */
  top: number;
  /** A value as it stands beside the axis. */
  axis: (value: number) => string;
  /** What was in a bucket. */
  say: (at: number) => string;
}

/** How the beginning of a bucket (ISO 8601) is said, alone and below a chart. */
export interface BucketTime {
  long: (from: string) => string;
  short: (from: string) => string;
}
