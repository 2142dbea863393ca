const none = -1;

/**
 * Splits SQL into statements as the platform's own editor does, without white space around them. A statement
 * ends at a semicolon that is not in quotes, between `$$` or in a comment (as in C, or from `#`, `--` or `//`
 * to the end of the line). A quote that is never closed is left out, as in the editor.
 *
 * The editor uses a regular expression that takes exponential time on text made for that purpose. Here, what
 * it would match is computed from the end of the text to its start, in linear time.
 */
export function splitStatements(sql: string): string[] {
  const text = sql.endsWith('\n') ? sql.slice(0, -1) : sql;
  const ends = statementEnds(text);
  const statements: string[] = [];
  for (let at = 0; at < text.length;) {
    const end = ends[at] ?? none;
    if (end === none) {
      at++;
      continue;
    }
    const statement = text.slice(at, end).trim();
    if (statement !== '') statements.push(statement);
    at = end;
  }
  return statements;
}

/** For each position: where the statement that starts there ends, or {@link none}. */
function statementEnds(text: string): Int32Array {
  const ends = new Int32Array(text.length + 1).fill(none);
  // The same for a statement that started earlier, which at this position may also simply end.
  const rests = new Int32Array(text.length + 1).fill(none);
  rests[text.length] = text.length;
  const pieces = new Pieces(text, rests);
  for (let at = text.length - 1; at >= 0; at--) {
    const end = pieces.endFrom(at);
    const char = text.charAt(at);
    rests[at] = end === none && char === ';' ? at + 1 : end;
    const afterSpace = ' \t\n\f\r'.includes(char) ? (ends[at + 1] ?? none) : none;
    ends[at] = afterSpace === none ? end : afterSpace;
    pieces.pass(at);
  }
  return ends;
}

/** The pieces that a statement consists of, found while moving from the end of the text to its start. */
class Pieces {
  readonly #text: string;
  readonly #rests: Int32Array;
  // Each is a position after the current one. In a pair, the second is for the position after the next.
  #singleQuoteEnds: readonly [number, number] = [none, none];
  #doubleQuoteEnds: readonly [number, number] = [none, none];
  #commentEnds: readonly [number, number] = [none, none];
  #dollarEnds: readonly [number, number] = [none, none];
  #lineEnd: number;

  constructor(text: string, rests: Int32Array) {
    this.#text = text;
    this.#rests = rests;
    this.#lineEnd = text.length;
  }

  /**
   * The end of a statement that has a piece at this position. Uses the first kind of piece that leads to an
   * end.
   */
  endFrom(at: number): number {
    const char = this.#text.charAt(at);
    const next = this.#text.charAt(at + 1);
    let end = none;
    if (char === "'") end = this.#rest(this.#singleQuoteEnds[0]);
    else if (char === '"') end = this.#rest(this.#doubleQuoteEnds[0]);
    else if (char === '$' && next === '$') end = this.#rest(this.#dollarEnds[1]);
    else if (char === '/' && next === '*') end = this.#rest(this.#commentEnds[1]);
    else if (char === '#') end = this.#rest(this.#lineEnd);
    else if ((char === '-' || char === '/') && next === char && this.#lineEnd > at + 1) {
      end = this.#rest(this.#lineEnd);
    }
    return end === none && !`"';#`.includes(char) ? this.#rest(at + 1) : end;
  }

  /** Moves to the previous position, once the rest from this one is known. */
  pass(at: number): void {
    const char = this.#text.charAt(at);
    const next = this.#text.charAt(at + 1);
    this.#singleQuoteEnds = [
      quoteEnd(at, char, next, "'", this.#singleQuoteEnds),
      this.#singleQuoteEnds[0],
    ];
    this.#doubleQuoteEnds = [
      quoteEnd(at, char, next, '"', this.#doubleQuoteEnds),
      this.#doubleQuoteEnds[0],
    ];
    const endsComment = char === '*' && next === '/';
    this.#commentEnds = [endsComment ? at + 2 : this.#commentEnds[0], this.#commentEnds[0]];
    const endsDollars = char === '$' && next === '$' && this.#rest(at + 2) !== none;
    this.#dollarEnds = [endsDollars ? at + 2 : this.#dollarEnds[0], this.#dollarEnds[0]];
    if (char === '\n') this.#lineEnd = none;
    if (this.#lineEnd === none && this.#rest(at) !== none) this.#lineEnd = at;
  }

  #rest(at: number): number {
    return at === none ? none : (this.#rests[at] ?? none);
  }
}

/** Where quoted text that continues at this position ends. */
function quoteEnd(
  at: number,
  char: string,
  next: string,
  quote: string,
  [afterNext, afterThat]: readonly [number, number],
): number {
  if (char === quote) return at + 1;
  if (char !== '\\') return afterNext;
  return next === '' || next === '\n' ? none : afterThat;
}
