import { JsonError, parseJsonExactly } from '../../../model/text/ordered-json.ts';
import type { Component } from '../../../model/platform/project.ts';
import type { ConfigurationList } from '../../configurations/configuration-source.ts';
import { decodeComponent } from './decode-components.ts';
import {
  decodeConfiguration,
  decodeConfigurationMetadata,
  metadataKey,
} from './decode-configurations.ts';
import type { ByteRange } from './json-cursor.ts';
import { JsonReader } from './json-reader.ts';
import { scanComponents } from './scan-components.ts';
import type { StorageApiClient } from './storage-api-client.ts';

/** A branch's configurations, and their components. */
export interface ConfigurationListReading {
  components: Component[];
  configurations: ConfigurationList;
}

/**
 * Reads all configurations of a branch in two calls. One answer contains all of them, so that they are all
 * from the same moment. It stays in memory as bytes, and each configuration is decoded when it is requested.
 */
export async function readConfigurationList(
  client: StorageApiClient,
  branchPath: string,
  signal: AbortSignal,
): Promise<ConfigurationListReading> {
  const metadata = await client.get(
    `${branchPath}/search/component-configurations?include=filteredMetadata`,
    decodeConfigurationMetadata,
    signal,
  );
  const answer = await client.getUnparsed(
    `${branchPath}/components?include=configuration,rows`,
    signal,
  );
  const { components, entries } = answer.decode(() => listEntries(answer.bytes));

  function decodeEntry({ componentId, place, range }: Entry) {
    const text = answer.bytes.toString('utf8', range.start, range.end);
    return decodeConfiguration(
      componentId,
      readAt(place, text),
      (configId) => metadata.get(metadataKey(componentId, configId)) ?? [],
    );
  }

  return {
    components,
    configurations: {
      length: entries.length,
      at(index) {
        const entry = entries[index];
        if (entry === undefined) throw new RangeError(`There is no configuration ${index}.`);
        return answer.decode(() => decodeEntry(entry));
      },
    },
  };
}

/** A configuration that was found but not yet decoded. */
interface Entry {
  componentId: string;
  /** A JSON Pointer into the answer, for messages. */
  place: string;
  range: ByteRange;
}

function listEntries(bytes: Buffer): { components: Component[]; entries: Entry[] } {
  const scanned = scanComponents(bytes);
  const components = scanned.map(({ fields }) => decodeComponent(fields));
  const entries = scanned.flatMap(({ fields, configurations }, component) => {
    const componentId = fields.at('id').id();
    return configurations.map((range, index) => ({
      componentId,
      place: `/${component}/configurations/${index}`,
      range,
    }));
  });
  return { components, entries };
}

function readAt(place: string, text: string): JsonReader {
  try {
    const { value, exact } = parseJsonExactly(text);
    return new JsonReader(value, place, exact);
  } catch (error) {
    throw error instanceof JsonError ? new JsonError(`${place}: ${error.message}`) : error;
  }
}
