import type { Metadata } from '../../../model/platform/metadata.ts';
import type { Configuration, ConfigurationRow } from '../../../model/platform/project.ts';
import type { JsonReader } from './json-reader.ts';

/** Decodes the metadata of `…/search/component-configurations?include=filteredMetadata`. */
export function decodeConfigurationMetadata(found: JsonReader): Map<string, Metadata[]> {
  return new Map(
    found
      .items()
      .map((item) => [
        metadataKey(item.at('idComponent').id(), item.at('configurationId').id()),
        decodeMetadata(item.at('metadata')),
      ]),
  );
}

/** Decodes a list of metadata entries, in order. */
export function decodeMetadata(list: JsonReader): Metadata[] {
  return list.items().map((entry) => ({
    key: entry.at('key').text(),
    value: entry.at('value').textOrEmpty(),
  }));
}

/** A key for a configuration in the metadata of a branch. */
export function metadataKey(componentId: string, configId: string): string {
  return JSON.stringify([componentId, configId]);
}

/**
 * Decodes a configuration, from a list or from its own call. `metadataOf` returns the metadata for the
 * configuration's id.
 */
export function decodeConfiguration(
  componentId: string,
  config: JsonReader,
  metadataOf: (configId: string) => Metadata[],
): Configuration {
  const id = config.at('id').id();
  const rows = config.at('rows');
  return {
    componentId,
    id,
    name: config.at('name').textOrEmpty(),
    description: config.at('description').textOrEmpty(),
    isDisabled: config.at('isDisabled').flag(),
    ...decodeVersion(config),
    ...decodeContent(config.at('configuration')),
    metadata: metadataOf(id),
    rows: rows.isAbsent ? [] : rows.items().map(decodeRow),
  };
}

type VersionFields = Pick<Configuration, 'version' | 'author' | 'changedAt' | 'changeDescription'>;

/**
 * The author and time of the version that was read, from `currentVersion`. If that is missing, what the
 * configuration says about its creation is only right for version 1.
 */
function decodeVersion(config: JsonReader): VersionFields {
  const version = config.at('version').wholeNumber();
  const current = config.at('currentVersion');
  const made = !current.isAbsent ? current : version === 1 ? config : null;
  const token = made?.at('creatorToken');
  return {
    version,
    author: token === undefined || token.isAbsent ? null : token.at('description').textOrNull(),
    changedAt: made?.at('created').timeOrNull() ?? null,
    changeDescription:
      made?.at('changeDescription').textOrNull() ?? config.at('changeDescription').textOrNull(),
  };
}

function decodeRow(row: JsonReader): ConfigurationRow {
  return {
    id: row.at('id').id(),
    name: row.at('name').textOrEmpty(),
    description: row.at('description').textOrEmpty(),
    isDisabled: row.at('isDisabled').flag(),
    ...decodeContent(row.at('configuration')),
  };
}

/** What is no object does not keep the project from being read: somebody saved it, and the platform took it. */
function decodeContent(
  configuration: JsonReader,
): Pick<Configuration, 'content' | 'oddContent' | 'exactNumbers'> {
  const value = configuration.json();
  const exactNumbers = configuration.exactNumbers();
  return {
    ...(value instanceof Map ? { content: value } : { content: new Map(), oddContent: value }),
    ...(exactNumbers === undefined ? {} : { exactNumbers }),
  };
}
