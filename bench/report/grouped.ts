import type { Figure } from '../shape/figure.ts';

/** Figures under one heading. */
export interface Group {
  /** `null` if the bench has no headings. */
  heading: string | null;
  figures: readonly Figure[];
}

/** The figures by their groups, in the order in which each came first. */
export function grouped(figures: readonly Figure[]): Group[] {
  const groups = new Map<string | null, Figure[]>();
  for (const figure of figures) {
    const heading = figure.group ?? null;
    groups.set(heading, [...(groups.get(heading) ?? []), figure]);
  }
  return [...groups].map(([heading, of]) => ({ heading, figures: of }));
}
