import type { NamedObject } from '../../../model/mirror/reading/shown-object.ts';
import { fieldProblem } from '../../http/problem.ts';

/** The parameters that name an object. */
export interface ObjectParameters {
  component?: string;
  configuration?: string;
  row?: string;
  bucket?: string;
  table?: string;
}

/** The object that a query names. Throws 422 unless it names exactly one. */
export function namedObject(query: ObjectParameters): NamedObject {
  const { component, configuration, row, bucket, table } = query;
  const named = [configuration ?? row ?? component, bucket, table].filter(
    (one) => one !== undefined,
  );
  if (named.length !== 1)
    throw fieldProblem(
      '',
      'name one object: component and configuration (and row), bucket, or table',
    );
  if (bucket !== undefined) return { kind: 'bucket', bucketId: bucket };
  if (table !== undefined) return { kind: 'table', tableId: table };
  if (component === undefined) throw fieldProblem('/component', 'is missing');
  if (configuration === undefined) throw fieldProblem('/configuration', 'is missing');
  const ids = { componentId: component, configurationId: configuration };
  return row === undefined
    ? { kind: 'configuration', ...ids }
    : { kind: 'row', ...ids, rowId: row };
}

/** The object in words, for problems. */
export function objectWords(object: NamedObject): string {
  switch (object.kind) {
    case 'configuration':
      return `configuration ${object.componentId}/${object.configurationId}`;
    case 'row':
      return `row ${object.rowId} of configuration ${object.componentId}/${object.configurationId}`;
    case 'bucket':
      return `bucket ${object.bucketId}`;
    case 'table':
      return `table ${object.tableId}`;
  }
}
