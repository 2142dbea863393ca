import fc from 'fast-check';
import { anyChange } from '../../support/mirror/random-changes.ts';
import type { Work } from '../plan/actions.ts';
import { people } from '../plan/plan-round.ts';
import { push } from './push.ts';
import { changeSource } from './report.ts';
import { save } from './save.ts';
import type { Stage } from './stage.ts';

/** Does what people do, as far as they can; what became of it is in the ledger. */
export function doWork(stage: Stage, work: Work): Promise<void> {
  switch (work.do) {
    case 'change': {
      const [change] = fc.sample(anyChange(), { numRuns: 1, seed: work.seed });
      if (change === undefined) throw new Error('There is always a change.');
      return changeSource(stage, null, async () => {
        const { events, silent } = await stage.world.tellSource('make', change);
        if (silent) stage.ledger.untold += 1;
        return events;
      });
    }
    case 'describe': {
      const { seed, mark, author } = work;
      return changeSource(stage, mark, async () => {
        const event = await stage.world.tellSource('describe', { seed, description: mark, author });
        return event === null ? [] : [event];
      });
    }
    case 'save':
      return save(stage, { ...work, person: people[work.person] ?? people[0] });
    case 'push':
      return push(stage, work.to, work.mark);
  }
}
