import { status } from '@grpc/grpc-js';
import { isGrpcServiceError, type Client } from '@temporalio/client';
import { SearchAttributeType, TypedSearchAttributes } from '@temporalio/common';
import proto from '@temporalio/proto';
import { searchAttributes } from '../workflows/streams/search-attributes.ts';

/** Temporal lacks our search attributes, and they could not be created. */
export class SearchAttributesMissing extends Error {
  override readonly name = 'SearchAttributesMissing';
}

const types = new Map(Object.values(searchAttributes).map(({ name, type }) => [name, type]));

/**
 * Our search attributes and their types, in the form that Temporal's command line expects:
 * `Keyword`.
 */
export function searchAttributeTypes(): Record<string, string> {
  return Object.fromEntries([...types].map(([name, type]) => [name, typeName(type)]));
}

/**
 * Registers the search attributes that the namespace lacks; existing ones are left alone. Throws
 * {@link SearchAttributesMissing}, with the commands to run, if the server does not let us add them
 * (Temporal Cloud does not), or if one exists with another type.
 */
export async function ensureSearchAttributes(client: Client): Promise<void> {
  const { namespace } = client.options;
  let missing = [...types.keys()];
  try {
    missing = await listMissingSearchAttributes(client);
    if (missing.length === 0) return;
    await addSearchAttributes(client, missing);
  } catch (error) {
    if (error instanceof SearchAttributesMissing) throw error;
    // Another process was faster.
    if (isGrpcServiceError(error) && error.code === status.ALREADY_EXISTS) return;
    if (isGrpcServiceError(error) && refusals.has(error.code))
      throw refused(namespace, missing, error);
    throw new Error(
      `Temporal cannot be asked for the search attributes of its namespace "${namespace}": ${reasonOf(error)}. ` +
        'Check TEMPORAL_ADDRESS and TEMPORAL_NAMESPACE.',
      { cause: error },
    );
  }
}

/**
 * Lists the search attributes that the namespace lacks. Throws {@link SearchAttributesMissing} if one exists with another
 * type, and the client's error if it cannot be asked.
 */
export async function listMissingSearchAttributes(client: Client): Promise<string[]> {
  const { namespace } = client.options;
  const { customAttributes: existing } =
    await client.connection.operatorService.listSearchAttributes({ namespace });
  for (const [name, type] of types) {
    const found = existing[name];
    if (found !== undefined && found !== indexedTypes[type]) throw otherType(namespace, name, type);
  }
  return [...types.keys()].filter((name) => existing[name] === undefined);
}

function reasonOf(error: unknown): string {
  if (isGrpcServiceError(error) && error.details !== '') return error.details.replace(/\W+$/, '');
  return error instanceof Error ? error.message : String(error);
}

/**
 * Adds some of our search attributes to the namespace (defaults to all) without checking which
 * exist.
 */
export async function addSearchAttributes(
  client: Client,
  names = [...types.keys()],
): Promise<void> {
  const added = [...types].filter(([name]) => names.includes(name));
  await client.connection.operatorService.addSearchAttributes({
    namespace: client.options.namespace,
    searchAttributes: Object.fromEntries(added.map(([name, type]) => [name, indexedTypes[type]])),
  });
}

const refusals = new Set<number>([
  status.PERMISSION_DENIED,
  status.UNIMPLEMENTED,
  status.UNAUTHENTICATED,
  status.FAILED_PRECONDITION,
]);

const { IndexedValueType } = proto.temporal.api.enums.v1;
const indexedTypes: Record<SearchAttributeType, proto.temporal.api.enums.v1.IndexedValueType> = {
  [SearchAttributeType.TEXT]: IndexedValueType.INDEXED_VALUE_TYPE_TEXT,
  [SearchAttributeType.KEYWORD]: IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD,
  [SearchAttributeType.INT]: IndexedValueType.INDEXED_VALUE_TYPE_INT,
  [SearchAttributeType.DOUBLE]: IndexedValueType.INDEXED_VALUE_TYPE_DOUBLE,
  [SearchAttributeType.BOOL]: IndexedValueType.INDEXED_VALUE_TYPE_BOOL,
  [SearchAttributeType.DATETIME]: IndexedValueType.INDEXED_VALUE_TYPE_DATETIME,
  [SearchAttributeType.KEYWORD_LIST]: IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD_LIST,
};

function typeName(type: SearchAttributeType): string {
  return TypedSearchAttributes.toMetadataType(type);
}

function refused(namespace: string, missing: string[], cause: unknown): SearchAttributesMissing {
  const attributes = [...types].filter(([name]) => missing.includes(name));
  const flags = attributes
    .map(([name, type]) => `--name ${name} --type ${typeName(type)}`)
    .join(' ');
  const pairs = attributes.map(([name, type]) => `--sa "${name}=${typeName(type)}"`).join(' ');
  return new SearchAttributesMissing(
    [
      `The Temporal namespace "${namespace}" lacks search attributes, and the server does not let us add them. Add them once:`,
      `  temporal operator search-attribute create --namespace ${namespace} ${flags}`,
      `On Temporal Cloud: tcld namespace search-attributes add --namespace ${namespace} ${pairs}`,
    ].join('\n'),
    { cause },
  );
}

function otherType(
  namespace: string,
  name: string,
  type: SearchAttributeType,
): SearchAttributesMissing {
  return new SearchAttributesMissing(
    `The Temporal namespace "${namespace}" has a search attribute ${name} whose type is not ${typeName(type)}. ` +
      'Give Gitward its own namespace (TEMPORAL_NAMESPACE).',
  );
}
