import type { OverviewItem, State } from '../../api/types.ts';
import { matching } from '../../parts/matching.ts';

/** What is shown of the overview; it stands in the address. */
export interface HomeFilters {
  text?: string;
  show?: Group;
}

/** Groups of states, as the filter has them. */
export type Group = 'attention' | 'working' | 'inStep';

const groups: Record<State, Group> = {
  held: 'attention',
  escalated: 'attention',
  retrying: 'attention',
  initializing: 'working',
  syncing: 'working',
  pending: 'working',
  paused: 'inStep',
  synced: 'inStep',
  ended: 'inStep',
};

/** The group that a state belongs to. */
export function groupOf(state: State): Group {
  return groups[state];
}

/** The filters of an address; what is none is left out. */
export function homeSearch({ text, show }: Record<string, unknown>): HomeFilters {
  return {
    ...(typeof text === 'string' && text !== '' && { text }),
    ...((show === 'attention' || show === 'working' || show === 'inStep') && { show }),
  };
}

/** The items that the filters let through, in the order that they have. */
export function filtered(
  items: readonly OverviewItem[],
  { text, show }: HomeFilters,
): OverviewItem[] {
  const ofGroup = items.filter(({ state }) => show === undefined || groupOf(state) === show);
  return matching(ofGroup, text, ({ name, detail, id, repository }) => [
    name,
    detail,
    id,
    repository.url,
  ]);
}
