import { Type, type Static } from '@fastify/type-provider-typebox';
import { units } from '../../model/telemetry/health/amount.ts';
import { sectionNames } from '../../model/telemetry/health/figure.ts';
import { Nullable, OneOf, Time } from '../http/schema-parts.ts';
import { StreamItem } from './overview-schema.ts';

const AlertView = Type.Object({
  name: Type.String({ description: 'As in `ops/prometheus/rules.yml`.' }),
  severity: OneOf('warning', 'critical'),
  minutes: Type.Integer({
    description: 'How long its condition must hold until Prometheus tells of it.',
  }),
  title: Type.String({ description: 'What is so now: that all is well, or what is wrong.' }),
  isWrong: Type.Boolean({ description: 'Whether its condition holds now.' }),
  now: Type.String({ description: 'What that is decided from, in words.' }),
  affects: Type.String({ description: 'Who notices.' }),
  toDo: Type.Array(Type.String(), { description: 'What ends it, the likeliest first.' }),
  runbook: Type.String({ description: 'Where the runbook tells more.' }),
});

const FigureView = Type.Object({
  metric: Nullable(Type.String(), {
    description: 'The metric that says the same, or for which it stands.',
  }),
  title: Type.String(),
  meaning: Type.String(),
  unit: OneOf(...units),
  value: Nullable(Type.Number(), {
    description: 'A share is from 0 to 1, a time in seconds; `null`: there was nothing.',
  }),
  text: Type.String({ description: 'The value, or what there is instead, in words.' }),
  target: Nullable(
    Type.Object({ is: OneOf('at_least', 'at_most'), value: Type.Number(), text: Type.String() }),
  ),
  isMet: Nullable(Type.Boolean()),
});

const SectionView = Type.Object({
  name: OneOf(...sectionNames),
  figures: Type.Array(FigureView),
  breakdowns: Type.Array(
    Type.Object({
      title: Type.String(),
      rows: Type.Array(Type.Object({ label: Type.String(), text: Type.String() })),
    }),
  ),
  notKnown: Type.Array(Type.Object({ title: Type.String(), why: Type.String() }), {
    description: 'What is not told here, and why.',
  }),
});

const Seconds = Nullable(Type.Number({ description: 'Seconds.' }));

const DayView = Type.Object({
  from: Time,
  commits: Type.Integer({ description: 'Of mirrors.' }),
  changes: Type.Integer({ description: 'Changes of mirrors that were delivered.' }),
  p50: Seconds,
  p95: Seconds,
  succeeded: Type.Integer({ description: 'Attempts to deliver, of mirrors and spaces.' }),
  failed: Type.Integer(),
  redactions: Type.Integer({ description: 'Values in plain text that commits left out.' }),
});

const When = {
  readAt: Time,
  isFresh: Type.Boolean({
    description: 'Whether it could be read anew when it was time; otherwise it is older.',
  }),
};

/** How the whole installation is. */
export const InstallationHealthView = Type.Object({
  ...When,
  alerts: Type.Array(AlertView),
  affected: Type.Object({
    count: Type.Integer({
      description:
        'Mirrors and spaces that fail, or have a change that waits for more than five minutes; not what is paused.',
    }),
    items: Type.Array(
      Type.Pick(StreamItem, ['product', 'id', 'name', 'detail', 'state', 'reason', 'waiting', 'waitingSince']), // prettier-ignore
      { description: 'The worst of them, at most 20.' },
    ),
  }),
  sections: Type.Array(SectionView),
  trend: Nullable(
    Type.Object({
      ...When,
      days: Type.Array(DayView, {
        description: 'The last 28 days in UTC, oldest first. The last one has not ended.',
      }),
    }),
    { description: '`null`: it could not be read yet.' },
  ),
});
export type InstallationHealthView = Static<typeof InstallationHealthView>;
