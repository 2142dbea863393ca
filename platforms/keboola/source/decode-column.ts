import {
  metadataValue,
  type Column,
  type ProvidedMetadata,
} from '../../../model/platform/storage.ts';

/**
 * What lists of tables say about a column: its own metadata and, in an alias, that of the column it refers
 * to.
 */
export interface ColumnFacts {
  name: string;
  isTyped: boolean;
  own: ProvidedMetadata[];
  ofSource: ProvidedMetadata[];
}

/** The platform itself, whose statements about the columns of a typed table are authoritative. */
const storageProvider = 'storage';
const typeKeys: ReadonlySet<string> = new Set(
  ['type', 'length', 'nullable', 'default', 'basetype'].map((name) => `KBC.datatype.${name}`),
);

/** Decodes a column from a list of tables, where its type is in the metadata `KBC.datatype.*`. */
export function decodeColumn({ name, isTyped, own, ofSource }: ColumnFacts): Column {
  const types = typesOf(own, isTyped) ?? typesOf(ofSource, isTyped) ?? [];
  const nullable = types.find(({ key }) => key === 'KBC.datatype.nullable')?.value;
  const type = (key: string) => metadataValue(types, `KBC.datatype.${key}`);
  return {
    name,
    type: type('type'),
    length: type('length'),
    // The platform writes `1` or an empty text.
    nullable: nullable === undefined ? null : ['1', 'true'].includes(nullable.toLowerCase()),
    default: type('default'),
    baseType: type('basetype'),
    description:
      metadataValue(own, 'KBC.description', ['user']) ??
      metadataValue(ofSource, 'KBC.description', ['user']) ??
      '',
    metadata: isTyped
      ? own.filter(({ provider, key }) => provider !== storageProvider || !typeKeys.has(key))
      : own,
  };
}

/**
 * The entries with the type of a column, all from one provider, because a length without its type is
 * meaningless. For typed tables, the platform takes precedence, otherwise people do.
 */
function typesOf(metadata: ProvidedMetadata[], isTyped: boolean): ProvidedMetadata[] | null {
  const entries = metadata.filter(({ key }) => typeKeys.has(key));
  const saying = new Set(
    entries
      .filter(({ key }) => key === 'KBC.datatype.type' || key === 'KBC.datatype.basetype')
      .map(({ provider }) => provider),
  );
  const first = [isTyped ? storageProvider : 'user', 'user', ...[...saying].sort()];
  const provider = first.find((one) => saying.has(one));
  return provider === undefined ? null : entries.filter((entry) => entry.provider === provider);
}
