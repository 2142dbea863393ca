import { parseJson } from '../../../model/text/ordered-json.ts';
import { JsonCursor, type ByteRange } from './json-cursor.ts';
import { JsonReader, ShapeError } from './json-reader.ts';

/** A component of `…/components?include=configuration,rows`. */
export interface ScannedComponent {
  /** Its fields, in which `configurations` is an empty array. */
  fields: JsonReader;
  /** The position of each of its configurations, in order. */
  configurations: ByteRange[];
}

/** How deeply nested they are: a component in the list, its fields, and a configuration in its list. */
const depthOfComponent = 1;
const depthOfField = 2;
const depthOfConfiguration = 3;

/**
 * Finds the configurations in the answer of `…/components?include=configuration,rows` without parsing them:
 * errors inside them appear only when they are parsed. Everything around them is parsed, so that an answer
 * that is not valid JSON is noticed sooner or later.
 *
 * Throws {@link ShapeError} or `JsonError`.
 */
export function scanComponents(bytes: Buffer): ScannedComponent[] {
  const cursor = new JsonCursor(bytes);
  if (!cursor.startsArray) throw new ShapeError('the answer is not an array');
  const components: ScannedComponent[] = [];
  cursor.eachItem((index) => components.push(scanComponent(cursor, bytes, `/${index}`)));
  cursor.end();
  return components;
}

function scanComponent(cursor: JsonCursor, bytes: Buffer, place: string): ScannedComponent {
  let text = '';
  let configurations: ByteRange[] = [];
  if (cursor.startsObject) {
    cursor.eachEntry((key) => {
      const name = textAt(bytes, key);
      const isList = parseJson(name) === 'configurations';
      if (isList) {
        // If the key occurs more than once, the last one counts, but the others must also be valid JSON.
        for (const range of configurations) parseJson(textAt(bytes, range));
        configurations = [];
      }
      text += `${text === '' ? '{' : ','}${name}:`;
      if (isList && cursor.startsArray) {
        cursor.eachItem(() => configurations.push(cursor.skip(depthOfConfiguration)));
        text += '[]';
      } else {
        text += textAt(bytes, cursor.skip(depthOfField));
      }
    });
    text += text === '' ? '{}' : '}';
  } else {
    text = textAt(bytes, cursor.skip(depthOfComponent));
  }
  const fields = new JsonReader(parseJson(text), place);
  // Throws if it is not an object with such a list.
  fields.at('configurations').items();
  return { fields, configurations };
}

function textAt(bytes: Buffer, { start, end }: ByteRange): string {
  return bytes.toString('utf8', start, end);
}
