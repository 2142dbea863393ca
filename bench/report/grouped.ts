import type { Figure } from '../shape/figure.ts';

/** Figures under one heading. */
export interface Group {
  /** `null` if the bench has no headings. */
  heading: string | null;
  figures: readonly Figure[];
}

/** The figures by their groups, and in them by their names, in the order in which each came first. */
export function grouped(figures: readonly Figure[]): Group[] {
  return by(figures, ({ group }) => group ?? null).map(([heading, of]) => ({
    heading,
    figures: by(of, ({ name }) => name).flatMap(([, series]) => series),
  }));
}

function by<K>(figures: readonly Figure[], key: (figure: Figure) => K): [K, Figure[]][] {
  const groups = new Map<K, Figure[]>();
  for (const figure of figures)
    groups.set(key(figure), [...(groups.get(key(figure)) ?? []), figure]);
  return [...groups];
}
