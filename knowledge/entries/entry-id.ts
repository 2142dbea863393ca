/** Whether a text can be the id of an entry, which is used in URLs, lists and logs. */
export function isEntryId(text: string): boolean {
  // `~` is reserved for the ids that we give to files without one.
  return /^[^~\p{Cc}\p{Surrogate}][^\p{Cc}\p{Surrogate}]{0,199}$/u.test(text);
}

/** A line `id: value` whose value every YAML parser reads as the same text. */
const plainLine =
  /^id:[ \t]+(?:([A-Za-z_][A-Za-z0-9_-]*)|([1-9][0-9]{0,14})|"([A-Za-z0-9_.-]+)"|'([A-Za-z0-9_.-]+)')[ \t]*$/;
const words = new Set(['true', 'false', 'null']);

/** The value of a line, after indentation, dashes and a key. */
const valueOfLine = /^[ \t]*(?:- +)*(?:[A-Za-z_][^:#]*:[ \t]+)?(.*)$/;
/** A value in quotes or brackets that ends on its line. */
const closedValue = /^(?:"[^"\\]*"|'[^']*'|\[[^[\]{}"'#]*\]|\{[^[\]{}"'#]*\})[ \t]*(?:#.*)?$/;

/** Whether what follows a line may be part of its value, even if it is not indented. */
function mayGoOn(line: string): boolean {
  const value = valueOfLine.exec(line)?.[1] ?? '';
  return /^["'[{&!]/.test(value) && !closedValue.test(value);
}

/**
 * The id that a Markdown entry declares, if it can be found without parsing YAML, which is ten times as fast:
 * histories have a hundred thousand versions. `undefined` if only a parser can tell.
 */
export function plainId(text: string): string | undefined {
  return idInLines(text, mayGoOn);
}

/** The id that seems to be declared in front matter that no parser can read. `undefined` if none can be seen. */
export function visibleId(text: string): string | undefined {
  return idInLines(text, () => false);
}

/** `isUnclear` says of a line whether only a parser can tell what follows it. */
function idInLines(text: string, isUnclear: (line: string) => boolean): string | undefined {
  if (!/^---\r?\n/.test(text)) return undefined;
  const lines = text.slice(0, 16_384).split(/\r?\n/);
  let found: string | undefined;
  for (let at = 1; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    if (line === '---' || line === '...') return found;
    // Block text continues on indented lines. A line that is not indented is a key, or only a parser can tell.
    if (isUnclear(line)) return undefined;
    if (!/^(?:[A-Za-z_][^:#]*:(?:[ \t].*)?|[ \t].*|-(?: .*)?|#.*|)$/.test(line)) return undefined;
    if (!line.startsWith('id:')) continue;
    const value = plainLine
      .exec(line)
      ?.slice(1)
      .find((part: string | undefined) => part !== undefined);
    // A plain text can also continue after empty lines.
    const next = lines.find((of, after) => after > at && of.trim() !== '') ?? '';
    if (found !== undefined || value === undefined || /^[ \t]/.test(next)) return undefined;
    if (words.has(value.toLowerCase()) || !isEntryId(value)) return undefined;
    found = value;
  }
  return undefined;
}
