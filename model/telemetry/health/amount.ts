/** What a figure counts: `share` is from 0 to 1, `seconds` a time. */
export type Unit = (typeof units)[number];

export const units = ['count', 'share', 'seconds', 'per_hour'] as const;

/** A figure as people write it: `98.5 %`, `41 s`, `3 min`, `1,200`. Shares are rounded down: not quite all is not all. */
export function amount(value: number, unit: Unit): string {
  switch (unit) {
    case 'count':
      return value.toLocaleString('en');
    case 'share':
      // What is 98.5 % must not become 98.4 % because of its last bit.
      return `${Math.floor(value * 1_000 + 1e-6) / 10} %`;
    case 'seconds':
      return time(value);
    case 'per_hour':
      return `${value.toLocaleString('en', { maximumFractionDigits: 1 })} an hour`;
  }
}

function time(seconds: number): string {
  if (seconds < 10) return `${Math.round(seconds * 10) / 10} s`;
  if (seconds < 120) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 120) return `${minutes} min`;
  const hours = Math.round(seconds / 3_600);
  return hours < 48 ? `${hours} h` : `${Math.round(seconds / 86_400)} days`;
}
