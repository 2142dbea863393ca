import type { DatabaseFigures } from '../figures.ts';
import { noValue } from '../label-limits.ts';
import { amount } from './amount.ts';
import {
  breakdown,
  figure,
  labelWords,
  sum,
  type Breakdown,
  type HealthSection,
} from './figure.ts';

/** The kinds of changes that a commit is of. */
const eventWords: Record<string, string> = {
  config_changed: 'Configurations',
  job_finished: 'Jobs',
  storage_changed: 'Storage',
  branch_changed: 'Branches',
  mixed: 'Several kinds',
  [noValue]: 'Not reported',
};

/** Which projects use Git, and how much. */
export function adoption({ activity, projects }: DatabaseFigures): HealthSection {
  const all = sum(projects.plans, (plan) => plan.projects);
  const mirrored = sum(projects.plans, (plan) => (plan.mirrored ? plan.projects : 0));
  return {
    name: 'adoption',
    figures: [
      figure({
        metric: 'gitward_projects',
        title: 'Projects with Git sync',
        meaning: `Projects with a mirror that is not paused: ${amount(mirrored, 'count')} of ${amount(all, 'count')}.`,
        unit: 'share',
        value: all === 0 ? null : mirrored / all,
        none: 'No projects yet',
      }),
      figure({
        metric: 'weekly_active_synced_projects',
        title: 'Active projects',
        meaning: 'Projects with a commit in the last seven days.',
        unit: 'count',
        value: activity.activeProjects,
      }),
      figure({
        metric: 'commits_exported_per_week',
        title: 'Commits of the week',
        meaning: 'Commits of mirrors in the last seven days.',
        unit: 'count',
        value: sum(activity.commits, ({ commits }) => commits),
      }),
      figure({
        metric: 'linked_dev_branches_total',
        title: 'Development branches',
        meaning: 'Development branches that have a mirror.',
        unit: 'count',
        value: sum(projects.linkedBranches, ({ branches }) => branches),
      }),
    ],
    breakdowns: [
      {
        title: 'Git sync by plan',
        rows: byPlan(projects.plans),
      },
      breakdown('Development branches by region', projects.linkedBranches, {
        label: ({ region }) => labelWords[region] ?? region,
        value: ({ branches }) => branches,
      }),
      breakdown('Commits of the week by kind of change', activity.commits, {
        label: ({ eventType }) => eventWords[eventType] ?? eventType,
        value: ({ commits }) => commits,
      }),
      breakdown('Commits of the week by host', activity.commits, {
        label: ({ repositoryHost }) => labelWords[repositoryHost] ?? repositoryHost,
        value: ({ commits }) => commits,
      }),
    ],
    notKnown: [],
  };
}

function byPlan(plans: DatabaseFigures['projects']['plans']): Breakdown['rows'] {
  const names = [...new Set(plans.map(({ planTier }) => planTier))];
  return names
    .map((label) => {
      const own = plans.filter(({ planTier }) => planTier === label);
      const all = sum(own, ({ projects }) => projects);
      return { label, all, mirrored: sum(own, (one) => (one.mirrored ? one.projects : 0)) };
    })
    .sort((one, other) => other.all - one.all || one.label.localeCompare(other.label))
    .map(({ label, all, mirrored }) => ({
      label: labelWords[label] ?? label,
      text: `${amount(mirrored / all, 'share')} (${amount(mirrored, 'count')} of ${amount(all, 'count')})`,
    }));
}
