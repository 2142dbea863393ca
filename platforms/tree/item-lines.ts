import type { Json, JsonObject } from '../../model/text/json.ts';
import { formatJson } from '../../model/text/ordered-json.ts';

/**
 * Writes JSON of which each field is one line, but for arrays: of these each item is one line, so that a
 * change of one is a small diff. The result ends in a newline.
 */
export function formatItemLines(object: JsonObject): string {
  const fields = [...object].map(([key, value]) => `  ${oneLine(key)}: ${fieldText(value)}`);
  return `{\n${fields.join(',\n')}\n}\n`;
}

function fieldText(value: Json): string {
  if (!Array.isArray(value) || value.length === 0) return oneLine(value);
  return `[\n${value.map((item) => `    ${oneLine(item)}`).join(',\n')}\n  ]`;
}

/** Line ends inside texts are escaped, so those that are left are layout. */
function oneLine(value: Json): string {
  return formatJson(value).trimEnd().replace(/\n */g, ' ');
}
