import type { ActivityDependencies } from '../dependencies.ts';
import type { FindNotified } from '../find-notified.ts';

/** The parts that notifying admins needs; `findNotified` knows the streams of every product. */
export type NotifyDependencies = Pick<
  ActivityDependencies,
  'db' | 'sealer' | 'sendNotice' | 'logger'
> & {
  findNotified: FindNotified;
};
