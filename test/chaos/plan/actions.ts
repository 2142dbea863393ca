/** The processes of a world. */
export const processNames = ['api', 'worker', 'temporal', 'database', 'git', 'source'] as const;
export type ProcessName = (typeof processNames)[number];

/** The ways between them; each has a proxy. */
export const edges = [
  'api-database',
  'worker-database',
  'api-temporal',
  'worker-temporal',
  'git',
  'source',
] as const;
export type Edge = (typeof edges)[number];

/** The two repositories, each named after what delivers to it. */
export const products = ['mirror', 'space'] as const;
export type Product = (typeof products)[number];

/** When a push is interrupted: before Git gets it, or after it was applied and before the answer. */
export type Moment = 'beforePush' | 'afterPush';

/** What becomes of a workflow: it is ended, begins again, or Temporal does not know it any more. */
export const endings = ['terminate', 'reset', 'lose'] as const;
export type Ending = (typeof endings)[number];

/** What people do, whatever fails around them. */
export type Work =
  /** A change of any kind in the platform, reported by an event. */
  | { do: 'change'; seed: number }
  /** A change of a description in the platform, with words that nobody else writes. */
  | { do: 'describe'; seed: number; mark: string; author: string }
  /** A person adds a line to an entry. */
  | { do: 'save'; mark: string; person: number; entry: number }
  /** Somebody pushes a commit of their own. */
  | { do: 'push'; to: Product; mark: string };

/** What fails, and for how long in milliseconds where it ends by itself. */
export type Fault =
  | { do: 'kill'; what: ProcessName; for: number }
  | { do: 'freeze'; what: ProcessName; for: number }
  | { do: 'cut'; what: Edge; for: number }
  | { do: 'silence'; what: Edge; for: number }
  | { do: 'delay'; what: Edge; by: number; for: number }
  | { do: 'fill-disk'; for: number }
  | { do: 'refuse'; status: 403 | 503; for: number }
  | { do: 'hang-in-pack'; for: number }
  | { do: 'drop-answer' }
  | { do: 'forget-push' }
  | { do: 'kill-at-push'; moment: Moment; for: number }
  | { do: 'move-tip'; to: Product; mark: string }
  | { do: 'forge'; to: Product; mark: string }
  | { do: 'end-workflow'; of: Product; how: Ending }
  | { do: 'restore'; after: number };

/** Something that happens in a round, in milliseconds after its start. */
export type Action = { at: number } & (Work | Fault);

/** Whether it is what people do. */
export function isWork(one: Work | Fault): one is Work {
  return ['change', 'describe', 'save', 'push'].includes(one.do);
}

/** What `--only` calls a fault. */
export function nameOf(fault: Fault): string {
  switch (fault.do) {
    case 'kill':
    case 'freeze':
    case 'cut':
    case 'silence':
    case 'delay':
      return `${fault.do}-${fault.what}`;
    case 'end-workflow':
      return `${fault.how}-workflow`;
    case 'refuse':
    case 'hang-in-pack':
    case 'drop-answer':
    case 'forget-push':
    case 'kill-at-push':
    case 'move-tip':
    case 'forge':
    case 'restore':
    case 'fill-disk':
      return fault.do;
  }
}

/** An action in one line, as a round prints it. */
export function describeAction({ at, ...action }: Action): string {
  const words = Object.entries(action)
    .filter(([key]) => key !== 'do')
    .map(([key, value]) => `${key} ${value}`);
  return `${String(at).padStart(5)} ms  ${[action.do, ...words].join(', ')}`;
}
