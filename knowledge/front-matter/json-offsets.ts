/** Where the keys and items of JSON are, by their JSON Pointers. The text must be JSON; of a key twice the last counts. */
export function jsonOffsets(text: string): Map<string, number> {
  const offsets = new Map<string, number>();
  const around: Collection[] = [];
  let isKey = false;
  for (const { 0: token, index } of text.matchAll(tokens)) {
    const collection = around.at(-1);
    if (token === ',') {
      isKey = collection?.at === null;
      if (collection?.at !== null && collection !== undefined) collection.at += 1;
    } else if (token === '}' || token === ']') {
      around.pop();
      isKey = false;
    } else if (token === ':') isKey = false;
    else if (isKey && collection !== undefined) {
      const key = (JSON.parse(token) as string).replaceAll('~', '~0').replaceAll('/', '~1');
      collection.pointer = `${collection.own}/${key}`;
      offsets.set(collection.pointer, index);
    } else {
      const pointer = collection === undefined ? '' : pointerIn(collection);
      if (collection?.at !== null) offsets.set(pointer, index);
      isKey = token === '{';
      if (token === '{' || token === '[')
        around.push({ own: pointer, pointer, at: token === '[' ? 0 : null });
    }
  }
  return offsets;
}

/** An object or a list that is open. */
interface Collection {
  own: string;
  /** Of the value of the key that was read last. */
  pointer: string;
  /** Which item of a list comes; `null` in an object. */
  at: number | null;
}

const tokens = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g;

function pointerIn({ own, pointer, at }: Collection): string {
  return at === null ? pointer : `${own}/${at}`;
}
