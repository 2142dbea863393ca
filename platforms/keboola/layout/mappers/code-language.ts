const extensions: ReadonlyMap<string, string> = new Map([
  ['keboola.snowflake-transformation', 'sql'],
  ['keboola.synapse-transformation', 'sql'],
  ['keboola.oracle-transformation', 'sql'],
  ['keboola.google-bigquery-transformation', 'sql'],
  ['keboola.teradata-transformation', 'sql'],
  ['keboola.r-transformation', 'r'],
  ['keboola.julia-transformation', 'jl'],
  ['keboola.python-spark-transformation', 'py'],
  ['keboola.python-transformation', 'py'],
  ['keboola.python-transformation-v2', 'py'],
  ['keboola.csas-python-transformation-v2', 'py'],
  ['keboola.python-snowpark-transformation', 'py'],
  ['keboola.python-mlflow-transformation', 'py'],
]);

/** Components whose code is a list of SQL statements, which are separated by blank lines in the file. */
const statementComponents: ReadonlySet<string> = new Set([
  'keboola.snowflake-transformation',
  'keboola.synapse-transformation',
  'keboola.oracle-transformation',
]);

/** The name of the file with a component's code. */
export function codeFileName(componentId: string): string {
  return `code.${extensions.get(componentId) ?? 'txt'}`;
}

/** The start of a line comment in a component's language. */
export function lineComment(componentId: string): string {
  const extension = extensions.get(componentId);
  if (extension === undefined) return '//';
  return extension === 'sql' ? '--' : '#';
}

/** Whether a component's code is a list of SQL statements. */
export function isStatements(componentId: string): boolean {
  return statementComponents.has(componentId);
}

/** Joins scripts into one file as the CLI does. */
export function codeText(scripts: readonly string[], componentId: string): string {
  const separator = isStatements(componentId) ? '\n\n' : '\n';
  return `${scripts.map(trimScriptEnd).join(separator)}\n`;
}

/** A script without trailing white space, which the CLI does not keep. */
export function trimScriptEnd(script: string): string {
  let end = script.length;
  while (end > 0 && ' \r\n\t'.includes(script.charAt(end - 1))) end--;
  return script.slice(0, end);
}
