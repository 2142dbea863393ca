/** An object of a mirror by its ids, as it stands in addresses: a configuration (and a row of it), a bucket, or a table. */
export interface ObjectSearch {
  component?: string;
  configuration?: string;
  row?: string;
  bucket?: string;
  table?: string;
}

/** The ids of an object, as the API's answers have them. */
export interface ObjectIds {
  componentId?: string | null | undefined;
  configurationId?: string | null | undefined;
  rowId?: string | null | undefined;
  bucketId?: string | null | undefined;
  tableId?: string | null | undefined;
}

/** The address of an object's page, without its path; `null` of what has no page. */
export function objectSearchOf(ids: ObjectIds): ObjectSearch | null {
  const { componentId, configurationId, rowId, bucketId, tableId } = ids;
  if (componentId && configurationId)
    return {
      component: componentId,
      configuration: configurationId,
      ...(rowId ? { row: rowId } : {}),
    };
  if (tableId) return { table: tableId };
  return bucketId ? { bucket: bucketId } : null;
}

/** The id that an address names, as a title where no name is known; `null` if it names nothing. */
export function objectIdOf({ configuration, row, bucket, table }: ObjectSearch): string | null {
  return row ?? configuration ?? table ?? bucket ?? null;
}

/** What an address names. */
export function objectKindOf({
  row,
  bucket,
  table,
}: ObjectSearch): 'configuration' | 'row' | 'table' | 'bucket' {
  if (row !== undefined) return 'row';
  if (table !== undefined) return 'table';
  return bucket === undefined ? 'configuration' : 'bucket';
}
