import type { Answer } from '../../client/answers.ts';
import { count, oneLine, table } from '../../client/layout.ts';

type Health = Answer<'GET /v1/installation/health'>;
type Section = Health['sections'][number];

const titles: Record<Section['name'], string> = {
  adoption: 'ADOPTION',
  reliability: 'LATENCY AND RELIABILITY',
  security: 'SECURITY',
  ai: 'AI CONSUMPTION',
};

/** How the whole installation is, in lines: what is wrong first, then who is affected, then each section. */
export function installationHealthText(health: Health): string {
  return [
    ...readLines(health),
    ...alertLines(health),
    '',
    ...affectedLines(health),
    ...health.sections.flatMap((section) => ['', ...sectionLines(section)]),
    '',
    ...trendLines(health),
  ].join('\n');
}

function readLines({ readAt, isFresh }: Health): string[] {
  return isFresh
    ? []
    : [`These figures are old: they were read at ${readAt}, and cannot be read now.`, ''];
}

function alertLines({ alerts }: Health): string[] {
  return alerts.flatMap(({ isWrong, title, now, affects, toDo, runbook }) =>
    isWrong
      ? [
          `! ${title}. ${now}`,
          `    Who notices: ${affects}`,
          ...toDo.map((what) => `    - ${what}`),
          `    More: ${runbook}`,
        ]
      : [`  ${title}. ${now}`],
  );
}

function affectedLines({ affected: { count: all, items } }: Health): string[] {
  if (all === 0) return ['No mirror or space fails, and no change waits for more than 5 minutes.'];
  const more = all > items.length ? `, of which these are the worst` : '';
  return [
    `${count(all, 'mirror or space fails or waits', 'mirrors and spaces fail or wait')} for more than 5 minutes${more}:`,
    table(
      ['id', 'state', 'waiting', 'since', 'name'],
      items.map(({ id, state, waiting, waitingSince, name }) => [
        ...[id, state, String(waiting), waitingSince ?? '-', name],
      ]),
      '',
    ),
  ];
}

function sectionLines({ name, figures, breakdowns, notKnown }: Section): string[] {
  return [
    titles[name],
    ...aligned(
      figures.map(({ title, text, target, isMet }) => [title, text, verdict(target, isMet)]),
    ),
    ...breakdowns
      .filter(({ rows }) => rows.length > 0)
      .flatMap(({ title, rows }) => [
        `  ${title}:`,
        ...aligned(rows.map(({ label, text }) => [`  ${label}`, text])),
      ]),
    ...notKnown.map(({ title, why }) => oneLine(`  ${title}: not shown. ${why}`)),
  ];
}

function verdict(target: Section['figures'][number]['target'], isMet: boolean | null): string {
  if (target === null) return '';
  const goal = `${target.is === 'at_least' ? 'at least' : 'at most'} ${target.text}`;
  return isMet === null ? `(${goal})` : `(${goal}: ${isMet ? 'met' : 'MISSED'})`;
}

function trendLines({ trend }: Health): string[] {
  if (trend === null) return ['What was done in the last 28 days could not be read yet.'];
  const done = trend.days.filter(
    ({ changes, succeeded, failed }) => changes + succeeded + failed > 0,
  );
  return [
    'THE LAST 28 DAYS',
    ...(trend.isFresh ? [] : [`They were read at ${trend.readAt}, and cannot be read now.`]),
    table(
      ['day', 'commits', 'changes', 'p50', 'p95', 'succeeded', 'failed', 'left out'],
      done.map((day) => [
        day.from.slice(0, 10),
        ...[String(day.commits), String(day.changes), seconds(day.p50), seconds(day.p95)],
        ...[String(day.succeeded), String(day.failed), String(day.redactions)],
      ]),
      'Nothing was done.',
    ),
  ];
}

function seconds(value: number | null): string {
  return value === null ? '-' : `${value.toFixed(1)} s`;
}

/** Rows as columns without a heading. */
function aligned(rows: readonly (readonly string[])[]): string[] {
  const width = (column: number) => Math.max(0, ...rows.map((row) => row[column]?.length ?? 0));
  const [first, second] = [width(0), width(1)];
  return rows.map(([one = '', two = '', three = '']) =>
    oneLine(`  ${one.padEnd(first)}  ${two.padEnd(second)}  ${three}`).trimEnd(),
  );
}
