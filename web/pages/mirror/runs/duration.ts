import { texts } from '../../../texts/index.ts';

const { runs: words } = texts;

/** How long something took, in words: `12 s`, `3 min 5 s`, `2 h 0 min`. */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return words.seconds(whole);
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return words.minutes(minutes, whole % 60);
  return words.hours(Math.floor(minutes / 60), minutes % 60);
}
