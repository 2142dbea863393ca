import type { Metadata } from '../../../model/platform/metadata.ts';
import type { Configuration, ConfigurationRow } from '../../../model/platform/project.ts';
import type { JsonReader } from './json-reader.ts';

/** The metadata of `…/search/component-configurations?include=filteredMetadata`. */
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

/** A list of metadata entries, in its order. */
export function decodeMetadata(list: JsonReader): Metadata[] {
  return list.items().map((entry) => ({
    key: entry.at('key').text(),
    value: entry.at('value').textOrEmpty(),
  }));
}

/** Names a configuration in the metadata of a branch. */
export function metadataKey(componentId: string, configId: string): string {
  return JSON.stringify([componentId, configId]);
}

/** A configuration, as lists and its own call give it. `metadataOf` has that of a configuration's id. */
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
    content: config.at('configuration').object(),
    metadata: metadataOf(id),
    rows: rows.isAbsent ? [] : rows.items().map(decodeRow),
  };
}

type VersionFields = Pick<Configuration, 'version' | 'author' | 'changedAt' | 'changeDescription'>;

/**
 * Who made the version that was read, and when. `currentVersion` says it; without it, what the
 * configuration says of its creation is right for version 1 only.
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
    content: row.at('configuration').object(),
  };
}
