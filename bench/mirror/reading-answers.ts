import { valueText } from '../report/words.ts';

/** Asks a route of the mirror by its path. */
export type Get = (path: string) => Promise<{ status: number; text: string }>;

/** Asks so many times; returns how long each took in milliseconds, and what was answered, in words. */
export async function askOften(
  get: Get,
  count: number,
  path: () => string,
): Promise<{ times: number[]; note: string }> {
  const times: number[] = [];
  const statuses: number[] = [];
  const refusals = new Set<string>();
  let bytes = 0;
  for (let at = 0; at < count; at += 1) {
    const asked = path();
    const begun = performance.now();
    const { status, text } = await get(asked);
    times.push(performance.now() - begun);
    statuses.push(status);
    bytes = Math.max(bytes, text.length);
    if (status >= 400) refusals.add((JSON.parse(text) as { code?: string }).code ?? 'no code');
  }
  const size = `at most ${valueText(bytes, 'bytes')}`;
  return { times, note: [counted(statuses), ...refusals, size].join(', ') };
}

/** How often there was which status: `3 × 200, 1 × 503`. */
export function counted(statuses: readonly number[]): string {
  const counts = new Map<number, number>();
  for (const status of statuses) counts.set(status, (counts.get(status) ?? 0) + 1);
  return [...counts].map(([status, of]) => `${of} × ${status}`).join(', ');
}
