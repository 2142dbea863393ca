/* eslint-disable @typescript-eslint/no-deprecated -- every Grafana imports this form; the next one, of `dashboardv2`, needs a new one */
import type { Builder, Dataquery } from '@grafana/grafana-foundation-sdk/cog';
import {
  BigValueGraphMode,
  LegendDisplayMode,
  LegendPlacement,
  StackingMode,
  VizLegendOptionsBuilder,
  StackingConfigBuilder,
} from '@grafana/grafana-foundation-sdk/common';
import {
  DashboardBuilder,
  DatasourceVariableBuilder,
  ThresholdsConfigBuilder,
  ThresholdsMode,
  type Dashboard,
  type Panel,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { DataqueryBuilder } from '@grafana/grafana-foundation-sdk/prometheus';
import { PanelBuilder as Stat } from '@grafana/grafana-foundation-sdk/stat';
import { PanelBuilder as Timeseries } from '@grafana/grafana-foundation-sdk/timeseries';

/** A panel of a dashboard. */
export type Tile = Builder<Panel>;

/** A query, and what its series are called: `{{label}}` stands for a label. */
export type Query = readonly [expression: string, legend: string];

/** What a tile shows. */
export interface TileOptions {
  title: string;
  /** What it means, for who does not know. */
  description: string;
  queries: readonly Query[];
  /** A unit of Grafana's: `s`, `percentunit`, `short`. */
  unit?: string;
  /** A line at this value, which should not be passed. */
  target?: number;
  /** Adds the series up. */
  stacked?: boolean;
}

const source = { type: 'prometheus', uid: '${datasource}' };

/** What the database says, as of a process that can read it: the largest of each of these labels. */
export function installation(metric: string, ...labels: string[]): string {
  const by = labels.length === 0 ? '' : ` by (${labels.join(', ')}) `;
  return `max${by}(${metric} and on (job, instance) gitward_database_figures_up == 1)`;
}

/** How much a counter of all processes grew in the range that the dashboard shows at a point, by these labels. */
export function increase(metric: string, ...labels: string[]): string {
  const by = labels.length === 0 ? '' : ` by (${labels.join(', ')}) `;
  return `sum${by}(increase(${metric}[$__rate_interval]))`;
}

/** A dashboard of tiles, in rows of two or, for single numbers, four. */
export function dashboard(uid: string, title: string, tiles: readonly Tile[]): Dashboard {
  const builder = new DashboardBuilder(`Gitward: ${title}`)
    .uid(uid)
    .tags(['gitward'])
    .time({ from: 'now-24h', to: 'now' })
    .refresh('1m')
    .timezone('browser')
    .readonly()
    .withVariable(
      new DatasourceVariableBuilder('datasource').label('Data source').type('prometheus'),
    );
  for (const tile of tiles) builder.withPanel(tile);
  return builder.build();
}

/** The current value as a number. */
export function number({ title, description, queries, unit = 'short', target }: TileOptions): Tile {
  const panel = new Stat()
    .title(title)
    .description(description)
    .datasource(source)
    .targets(queries.map(queryOf))
    .unit(unit)
    .graphMode(BigValueGraphMode.Area)
    .height(5)
    .span(6);
  return target === undefined ? panel : panel.thresholds(below(target));
}

/** How values changed. */
export function lines(options: TileOptions): Tile {
  const { title, description, queries, unit = 'short', target, stacked = false } = options;
  const panel = new Timeseries()
    .title(title)
    .description(description)
    .datasource(source)
    .targets(queries.map(queryOf))
    .unit(unit)
    .min(0)
    .height(8)
    .span(12)
    .fillOpacity(stacked ? 40 : 5)
    .legend(
      new VizLegendOptionsBuilder()
        .displayMode(LegendDisplayMode.List)
        .placement(LegendPlacement.Bottom)
        .showLegend(true),
    );
  if (stacked) panel.stacking(new StackingConfigBuilder().mode(StackingMode.Normal));
  return target === undefined ? panel : panel.thresholds(below(target));
}

function queryOf([expression, legend]: Query, index: number): Builder<Dataquery> {
  return new DataqueryBuilder()
    .expr(expression)
    .legendFormat(legend)
    .refId(String.fromCodePoint(65 + index));
}

/** Green up to the value, and red from it on. */
function below(value: number): ThresholdsConfigBuilder {
  return new ThresholdsConfigBuilder().mode(ThresholdsMode.Absolute).steps([
    { value: null, color: 'green' },
    { value, color: 'red' },
  ]);
}
