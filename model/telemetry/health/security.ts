import type { DatabaseFigures } from '../figures.ts';
import type { RecentFigures } from '../recent-figures.ts';
import { targets } from '../targets.ts';
import { breakdown, figure, labelWords, sum, type HealthSection } from './figure.ts';

/** What must not be in Git, and how credentials are cared for. */
export function security(
  { deliveries, projects }: DatabaseFigures,
  { rotations }: RecentFigures,
): HealthSection {
  return {
    name: 'security',
    figures: [
      figure({
        metric: 'samples_export_off_on_public_repo',
        title: 'Public repositories without samples',
        meaning: 'Mirrors with a repository that everybody may read should hold no rows of tables.',
        unit: 'share',
        value: projects.publicWithoutSamples,
        atLeast: targets.publicWithoutSamples,
      }),
      figure({
        metric: 'secrets_redacted_rate',
        title: 'Secrets left out',
        meaning:
          'Values in plain text that should be encrypted, and that commits left out; over the last day.',
        unit: 'per_hour',
        value: sum(deliveries.redactions, ({ perHour }) => perHour),
      }),
      figure({
        metric: 'credential_rotation_events',
        title: 'Credentials renewed in 30 days',
        meaning: 'Credentials for repositories that got another secret, as the audit log has it.',
        unit: 'count',
        value: rotations,
      }),
    ],
    breakdowns: [
      breakdown('Secrets left out by component', deliveries.redactions, {
        label: ({ componentId }) => labelWords[componentId] ?? componentId,
        value: ({ perHour }) => perHour,
        unit: 'per_hour',
      }),
    ],
    notKnown: [],
  };
}
