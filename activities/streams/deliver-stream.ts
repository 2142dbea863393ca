import type {
  BuiltPlan,
  CommitMessage,
  Delivery,
  Held,
  PlannedCommit,
  Remote,
  Tip,
} from '../../git/types.ts';
import type { StreamId } from '../../model/streams/ids.ts';
import type { Delivered } from './contract.ts';
import type { ActivityDependencies } from './dependencies.ts';
import { examineTip, type TipExamination, type TipExpectation } from './examine-tip.ts';
import type { Execution } from './execution.ts';
import { newCommits, recordAttempt } from './record-attempt.ts';

/** What a stream's plan has at least; what else `check` and `note` need to know of it stands beside. */
export interface StreamPlan<Message extends CommitMessage> {
  kind: 'commits';
  /** None, where the tip holds all that waits. */
  commits: readonly PlannedCommit<Message>[];
}

/** What a stream is found to be: where it expects its branch to be, and what else preparing needs of it. */
export interface FoundStream {
  expected: TipExpectation;
}

/** What a delivery is about, and its steps in their order. */
export interface StreamDelivery<
  Found extends FoundStream,
  Facts,
  Message extends CommitMessage,
  P extends StreamPlan<Message>,
  Noted,
> {
  stream: StreamId;
  remote: Remote;
  /**
   * Whether the stream is still to be delivered, read afresh for each tip (whoever paused it does not expect this
   * push); `null` where it is not. Throws `ChangedMeanwhile` where it is not what the delivery began with.
   */
  find: (tip: Tip) => Promise<Found | null>;
  /**
   * Reads what the plan is made from, and makes room for it: the only step before the push that may write to the
   * database. `null` where nothing is to be delivered for now, since something else was asked for.
   */
  prepare: (tip: Tip, found: Found, examined: TipExamination) => Promise<Facts | null>;
  /** What to commit on the tip: computed from the facts and the tip's tree alone, and changes nothing. */
  plan: (tip: Tip, facts: Facts) => Promise<P | Held>;
  /** Asks again, when the commits are built, whether they may leave; rejects where they may not. */
  check: (built: BuiltPlan<Message, P>) => Promise<void>;
  /** Marks what is on the remote now; until this is done, the next attempt finds it on the tip. */
  note: (delivery: Delivery<Message, P>) => Promise<Noted>;
}

/** What a delivery did; `noted` is what `note` answered, `null` where nothing was to be delivered any more. */
export interface DeliveredStream<Noted> extends Delivered {
  noted: Noted | null;
}

/**
 * Delivers a stream: on each tip that is read it is found, examined, prepared and planned; what was built is checked,
 * recorded and pushed; what is on the remote then is noted. A kill at any line leaves a branch on which the next
 * attempt finds its commits by their recorded ids.
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
  const { stream, remote, find, prepare, check, note } = delivery;

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
    onProgress: step,
    beforePush: async ({ plan, ...built }) => {
      if (plan.kind !== 'commits') return;
      await check({ plan, ...built });
      await recordAttempt(deps.db, stream, { plan, ...built });
    },
  });
  const { plan, ...built } = done;
  if (plan.kind !== 'commits') return { tip: done.tip, commits: 0, noted: null };
  const noted = await note({ plan, ...built });
  return { tip: done.tip, commits: newCommits(done).length, noted };
}
