import { ApiProblem } from './problem.ts';

/** Lets a few tasks run at once, and a few more wait. */
export interface Slots {
  /** Throws 503 `busy` if too many are waiting already. */
  run<T>(task: () => Promise<T>): Promise<T>;
}

/**
 * Creates slots: `most` tasks at once, and `waiting` that wait for their turn. `what` is said when there are too many
 * ("requests read the history of repositories").
 */
export function createSlots({
  most,
  waiting,
  what,
}: {
  most: number;
  waiting: number;
  what: string;
}): Slots {
  let running = 0;
  const queue: (() => void)[] = [];
  return {
    async run(task) {
      if (running >= most) {
        if (queue.length >= waiting) throw busy(what);
        await new Promise<void>((resolve) => queue.push(resolve));
      } else running += 1;
      try {
        return await task();
      } finally {
        const next = queue.shift();
        if (next === undefined) running -= 1;
        else next();
      }
    },
  };
}

function busy(what: string): ApiProblem {
  const detail = `Too many ${what} right now. Try again.`;
  return new ApiProblem(503, 'busy', detail, [], 5);
}
