import type { Event } from '../../../platforms/events/event-schema.ts';
import type { ReportedChange } from '../ledger.ts';
import { ask } from './ask.ts';
import type { Stage } from './stage.ts';

/** Changes the source and reports that. While the source is down, nobody can change it. */
export async function changeSource(
  stage: Stage,
  mark: string | null,
  change: () => Promise<Event[]>,
): Promise<void> {
  const { world, ledger } = stage;
  if (!world.victims.source.answers) return;
  let events: Event[];
  try {
    events = await change();
  } catch {
    ledger.untold += 1;
    return;
  }
  const reported = events.map((event): ReportedChange => ({
    event,
    mark,
    answer: 'unknown',
    mayBeLost: false,
    mayBeNamedLater: false,
  }));
  ledger.changes.push(...reported);
  await report(stage);
}

/** Sends the events again that were not accepted yet, in order, as platforms do. */
export async function report({ world, ledger }: Stage): Promise<void> {
  const open = ledger.changes.filter(({ answer }) => answer === 'unknown');
  if (open.length === 0) return;
  const sentLate = ledger.isCopied;
  const body = open.map(({ event }) => event);
  const answer = await ask(world, 'POST', '/v1/events', { body });
  if (answer?.status !== 202) return;
  const { rejected } = answer.body as { rejected: { message: string }[] };
  if (rejected.length > 0) throw new Error(`An event was rejected: ${rejected[0]?.message ?? ''}`);
  for (const change of open) {
    change.answer = 'accepted';
    change.mayBeLost = sentLate || ledger.isCopied;
  }
}
