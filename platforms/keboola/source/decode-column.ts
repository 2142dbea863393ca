import {
  metadataValue,
  type Column,
  type ProvidedMetadata,
} from '../../../model/platform/storage.ts';

/** What lists say of a column: its own metadata and, of an alias, that of the column it stands for. */
export interface ColumnFacts {
  name: string;
  isTyped: boolean;
  own: ProvidedMetadata[];
  ofSource: ProvidedMetadata[];
}

/** The platform itself: what it says of a typed table's columns is what they are. */
const storageProvider = 'storage';
const typeKeys: ReadonlySet<string> = new Set(
  ['type', 'length', 'nullable', 'default', 'basetype'].map((name) => `KBC.datatype.${name}`),
);

/** A column, as lists of tables tell of it: its type stands in metadata, `KBC.datatype.*`. */
export function decodeColumn({ name, isTyped, own, ofSource }: ColumnFacts): Column {
  const types = typesOf(own, isTyped) ?? typesOf(ofSource, isTyped) ?? [];
  const nullable = types.find(({ key }) => key === 'KBC.datatype.nullable')?.value;
  const type = (key: string) => metadataValue(types, `KBC.datatype.${key}`);
  return {
    name,
    type: type('type'),
    length: type('length'),
    // The platform writes `1` and nothing at all.
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
 * The entries that say what type a column has, all of one provider: a length without its own type
 * says nothing. The platform comes first where the table is typed, people where it is not.
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
