import { parseJson } from '../../../model/text/ordered-json.ts';
import { JsonCursor, type ByteRange } from './json-cursor.ts';
import { JsonReader, ShapeError } from './json-reader.ts';

/** A component of `…/components?include=configuration,rows`. */
export interface ScannedComponent {
  /** Everything that it says of itself; its `configurations` are an empty array here. */
  fields: JsonReader;
  /** Where each of its configurations is, in their order. */
  configurations: ByteRange[];
}

/** What of the answer is around a configuration: the list, its component, the list in that one. */
const depthOfComponent = 1;
const depthOfField = 2;
const depthOfConfiguration = 3;

/**
 * Finds the configurations in the answer of `…/components?include=configuration,rows` and leaves them
 * as they are: what is inside them shows when one is parsed. Everything around them is parsed, so that
 * an answer that is not JSON as a whole is found here or there.
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
        // Of equal keys the last one counts; what nobody will ask for has to be JSON all the same.
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
  // What is no object with such a list is refused as such.
  fields.at('configurations').items();
  return { fields, configurations };
}

function textAt(bytes: Buffer, { start, end }: ByteRange): string {
  return bytes.toString('utf8', start, end);
}
