import type { Change } from '../../model/mirror/events.ts';

/** What became of one event: the change that it tells of, or what is wrong with it. */
export type Judgement =
  /** Events of equal versions that differ in `incarnation` tell of different changes. */
  { kind: 'change'; change: Change; incarnation: string } | { kind: 'invalid'; message: string };
