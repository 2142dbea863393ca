/** Where a value stands in a text: from `start` up to, but without, `end`. */
export interface Span {
  start: number;
  end: number;
}

/** Recognises one kind of secret by its form. */
export interface TextRule {
  /** What findings are called, such as `keboola-token`. */
  readonly id: string;
  /** Every text with such a secret matches it. It is cheap, so that most texts are passed over at once; without `g`. */
  readonly anchor: RegExp;
  /** The secrets in a text: of an address only the password, of a key in PEM only what is between the lines. */
  readonly find: (text: string) => Span[];
}
