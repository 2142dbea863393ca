import type { Json, JsonObject } from '../../model/text/json.ts';
import { formatJson } from '../../model/text/ordered-json.ts';

/**
 * Writes an object as JSON with one line per field, and in arrays one line per item, so that the diff of a
 * changed item is small. The result ends in a newline.
 */
export function formatItemLines(object: JsonObject): string {
  const fields = [...object].map(([key, value]) => `  ${oneLine(key)}: ${fieldText(value)}`);
  return `{\n${fields.join(',\n')}\n}\n`;
}

function fieldText(value: Json): string {
  if (!Array.isArray(value) || value.length === 0) return oneLine(value);
  return `[\n${value.map((item) => `    ${oneLine(item)}`).join(',\n')}\n  ]`;
}

/** Line ends inside texts are escaped, so any that remain belong to the layout. */
function oneLine(value: Json): string {
  return formatJson(value).trimEnd().replace(/\n */g, ' ');
}
