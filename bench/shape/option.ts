/** What an option can be. */
export type OptionValue = number | readonly number[] | string;

/** An option of a bench. */
export interface BenchOption<V extends OptionValue = OptionValue> {
  default: V;
  /** What stands in its place with `--quick`. */
  quick: V;
  /** What it says, in a few words. */
  says: string;
  /** Reads what was given on the command line. Throws {@link BadOption}. */
  read: (text: string) => V;
}

/** An option that cannot be read; the message says what it can be. */
export class BadOption extends Error {
  override readonly name = 'BadOption';
}

/** A whole number, by default of at least 1. */
export function numberOption(
  says: string,
  of: { default: number; quick: number; least?: number },
): BenchOption<number> {
  const least = of.least ?? 1;
  return { default: of.default, quick: of.quick, says, read: (text) => readNumber(text, least) };
}

/** Whole numbers of at least 1, separated by commas. */
export function numbersOption(
  says: string,
  of: { default: readonly number[]; quick: readonly number[] },
): BenchOption<readonly number[]> {
  return { ...of, says, read: (text) => text.split(',').map((part) => readNumber(part, 1)) };
}

/** A text: one of the choices, if there are any. */
export function textOption(
  says: string,
  of: { default: string; quick?: string; choices?: readonly string[] },
): BenchOption<string> {
  const read = (text: string) => {
    if (of.choices === undefined || of.choices.includes(text)) return text;
    throw new BadOption(`${JSON.stringify(text)} is none of ${of.choices.join(', ')}.`);
  };
  return { default: of.default, quick: of.quick ?? of.default, says, read };
}

function readNumber(text: string, least: number): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(number) && number >= least) return number;
  throw new BadOption(`${JSON.stringify(text)} is no whole number of at least ${least}.`);
}
