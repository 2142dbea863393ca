/** What a metric is called, and what it means. */
export interface MetricDefinition<Label extends string = string> {
  name: string;
  help: string;
  labelNames: Label[];
}

/** A metric that each process counts for itself, from its start. */
export function ofProcess<const Label extends string = never>(
  name: string,
  help: string,
  ...labelNames: Label[]
): MetricDefinition<Label> {
  return { name, help: `${help} Of this process: take the sum.`, labelNames };
}

/** A fact about one process, which is not added to those of others. */
export function aboutProcess<const Label extends string = never>(
  name: string,
  help: string,
  ...labelNames: Label[]
): MetricDefinition<Label> {
  return { name, help: `${help} Of this process.`, labelNames };
}

/** A metric that every process reads from the database, for the whole installation. */
export function ofInstallation<const Label extends string = never>(
  name: string,
  help: string,
  ...labelNames: Label[]
): MetricDefinition<Label> {
  return { name, help: `${help} The same from every process: take the maximum.`, labelNames };
}
