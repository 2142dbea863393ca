import type { RecentFigures } from '../recent-figures.ts';
import { figure, type HealthSection } from './figure.ts';

/** What agents do, as far as it is known. */
export function ai({ agentTokens }: RecentFigures): HealthSection {
  const notYet = (metric: string) =>
    `Gitward does not count this yet: ${metric} is always 0, which says nothing.`;
  return {
    name: 'ai',
    figures: [
      figure({
        metric: null,
        title: 'Agents that read this week',
        meaning: 'Tokens of agents that were used in the last seven days.',
        unit: 'count',
        value: agentTokens.used,
      }),
      figure({
        metric: null,
        title: 'Agents with access',
        meaning: 'Tokens with the role agent that are neither expired nor revoked.',
        unit: 'count',
        value: agentTokens.active,
      }),
    ],
    breakdowns: [],
    notKnown: [
      { title: 'Readings of repositories by agents', why: notYet('ai_repo_reads_total') },
      { title: 'Actionable suggestions', why: notYet('ai_actionable_suggestions_created') },
      { title: 'Explanations of differences', why: notYet('ai_diff_explanations_generated') },
    ],
  };
}
