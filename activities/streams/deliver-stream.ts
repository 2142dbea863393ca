import type {
  BuiltPlan,
  CommitMessage,
  Delivery,
  Held,
  PlannedCommit,
  Remote,
  Tip,
  TipAtHand,
} from '../../git/types.ts';
import type { StreamId } from '../../model/streams/ids.ts';
import type { Delivered } from './contract.ts';
import type { ActivityDependencies } from './dependencies.ts';
import { examineTip, type TipExamination, type TipExpectation } from './examine-tip.ts';
import type { Execution } from './execution.ts';
import { newCommits, recordAttempt } from './record-attempt.ts';

/** The minimum of a stream's plan; it may also contain what else `check` and `note` need. */
export interface StreamPlan<Message extends CommitMessage> {
  kind: 'commits';
  /** Empty if the tip already has everything that is waiting. */
  commits: readonly PlannedCommit<Message>[];
}

/** A stream as found: where it expects its branch to be, and what else `prepare` needs. */
export interface FoundStream {
  expected: TipExpectation;
}

/** What a delivery is about, and its steps in order. */
export interface StreamDelivery<
  Found extends FoundStream,
  Facts,
  Message extends CommitMessage,
  P extends StreamPlan<Message>,
  Noted,
> {
  stream: StreamId;
  remote: Remote;
  /** See `DeliveryOptions`; only where it does no harm to prepare for a tip that the branch has left. */
  beginAt?: TipAtHand;
  /**
   * The stream, read again for each tip (whoever has paused it does not expect this push); `null` if it should no longer
   * be delivered. Throws `ChangedMeanwhile` if it is not what the delivery began with.
   */
  find: (tip: Tip) => Promise<Found | null>;
  /**
   * Reads what the plan is made from, and makes room for it; unlike `plan`, it may write to the database. `null` if
   * nothing should be delivered for now, because something else was requested.
   */
  prepare: (tip: Tip, found: Found, examined: TipExamination) => Promise<Facts | null>;
  /** What to commit on the tip: computed only from the facts and the tip's tree, and changes nothing. */
  plan: (tip: Tip, facts: Facts) => Promise<P | Held>;
  /** Checks again, after the commits are built, whether they may be pushed; rejects if they may not. */
  check: (built: BuiltPlan<Message, P>) => Promise<void>;
  /** Marks what is now on the remote; until this is done, the next attempt finds it on the tip. */
  note: (delivery: Delivery<Message, P>) => Promise<Noted>;
}

/** What a delivery did; `noted` is what `note` returned, or `null` if there was nothing left to deliver. */
export interface DeliveredStream<Noted> extends Delivered {
  noted: Noted | null;
}

/**
 * Delivers a stream. For each tip that is read, the stream is found, examined, prepared and planned; the built commits
 * are checked, recorded and pushed; then what is on the remote is noted. Wherever it is killed, the next attempt finds
 * its commits on the branch by their recorded ids.
 */
export async function deliverStream<
  Found extends FoundStream,
  Facts,
  Message extends CommitMessage,
  P extends StreamPlan<Message>,
  Noted,
>(
  deps: Pick<ActivityDependencies, 'db' | 'git' | 'installationId'>,
  delivery: StreamDelivery<Found, Facts, Message, P, Noted>,
  { signal, step }: Execution,
): Promise<DeliveredStream<Noted>> {
  const { stream, remote, beginAt, find, prepare, check, note } = delivery;

  async function planOn(tip: Tip): Promise<P | Held | { kind: 'nothing' }> {
    const found = await find(tip);
    if (found === null) return { kind: 'nothing' };
    const examined = await examineTip(deps, tip, stream, found.expected);
    if (examined.kind === 'held') return examined;
    const facts = await prepare(tip, found, examined);
    return facts === null ? { kind: 'nothing' } : delivery.plan(tip, facts);
  }

  const done = await deps.git.deliver<Message, P | Held | { kind: 'nothing' }>(remote, planOn, {
    signal,
    beginAt,
    onProgress: changesOf(step),
    beforePush: async ({ plan, ...built }) => {
      if (plan.kind !== 'commits') return;
      await check({ plan, ...built });
      await recordAttempt(deps.db, stream, { plan, ...built });
    },
  });
  const { plan, ...built } = done;
  if (plan.kind !== 'commits') return { tip: done.tip, commits: 0, noted: null };
  step('Recording what was sent');
  const noted = await note({ plan, ...built });
  return { tip: done.tip, commits: newCommits(done).length, noted };
}

/** Git repeats its step while it works, but what it reads from us reports its own. */
function changesOf(step: (step: string) => void): (step: string) => void {
  let last = '';
  return (now) => {
    if (now === last) return;
    last = now;
    step(now);
  };
}
