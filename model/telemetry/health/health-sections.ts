import type { DatabaseFigures } from '../figures.ts';
import type { RecentFigures } from '../recent-figures.ts';
import { adoption } from './adoption.ts';
import { ai } from './ai.ts';
import type { HealthSection } from './figure.ts';
import { reliability } from './reliability.ts';
import { security } from './security.ts';

/** What the four dashboards show, as far as the database knows it. */
export function healthSections(figures: DatabaseFigures, recent: RecentFigures): HealthSection[] {
  return [adoption(figures), reliability(figures, recent), security(figures, recent), ai(recent)];
}
