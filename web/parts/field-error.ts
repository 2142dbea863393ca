import { ProblemError } from '../api/problem-error.ts';

/**
 * What the API says is wrong with the field at this JSON pointer, or inside it, as a sentence to stand under the field;
 * `undefined` if nothing is.
 */
export function fieldError(error: Error | null, pointer: string): string | undefined {
  if (!(error instanceof ProblemError)) return undefined;
  const found = error.errors.find(
    (one) => one.pointer === pointer || one.pointer.startsWith(`${pointer}/`),
  );
  // What begins with an address stays as it is.
  if (found === undefined || /^\w+:\/\//.test(found.message)) return found?.message;
  return `${found.message.charAt(0).toUpperCase()}${found.message.slice(1)}`;
}
