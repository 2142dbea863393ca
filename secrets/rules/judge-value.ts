/** Words and runs of signs that people write where a secret would stand. */
const placeholder =
  /example|your[-_ ]|placeholder|change[-_]?me|insert[-_]|replace[-_]|dummy|redacted|sample[-_]|x{5}|\*{3}|\.{3}|0{6}|1{6}|a{6}|0?1234567|abcdefg/i;

/** Secrets that documentations show. */
const shown = [
  // https://jwt.io
  'SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c',
  // https://docs.github.com/en/rest: a token that never opened anything.
  '16C7e42F292c6912E7710c838347Ae178B4a',
];

/** Whether a value only stands for a secret: in documentation, in a template. */
export function isPlaceholder(value: string): boolean {
  return placeholder.test(value) || shown.some((one) => value.includes(one));
}

/** Whether the signs of a value are as varied as those of a random one, and no words. */
export function isRandom(value: string): boolean {
  return isVaried(value) && (/[0-9]/.test(value) || hasBothCases(value));
}

/** As {@link isRandom}, with small and capital letters: no hash in hex, no identifier of words. */
export function isMixed(value: string): boolean {
  return isVaried(value) && hasBothCases(value) && (/[0-9]/.test(value) || value.length >= 40);
}

/** Whether a value is not the same few signs again and again. */
export function isVaried(value: string): boolean {
  return new Set(value).size >= Math.min(10, value.length / 3);
}

function hasBothCases(value: string): boolean {
  return /[a-z]/.test(value) && /[A-Z]/.test(value);
}
