import type { Change } from '../../model/mirror/events.ts';

/** The result of validating an event: the change that it announces, or what is wrong with it. */
export type Judgement =
  /** Events with the same version but a different `incarnation` announce different changes. */
  { kind: 'change'; change: Change; incarnation: string } | { kind: 'invalid'; message: string };
