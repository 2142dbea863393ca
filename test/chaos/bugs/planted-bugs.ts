/** A mistake in one file of the product: each text, which must be there once, is replaced by another one. */
export interface PlantedBug {
  file: string;
  replacements: readonly [wanted: string, instead: string][];
}

/** Mistakes that somebody could make, and that only shows who breaks things: the harness must find each of them. */
export const plantedBugs = {
  /** A push that Git reports as done is believed. */
  'no-read-back': {
    file: 'git/deliver/push-commits.ts',
    replacements: [
      [
        "  session.progress('Reading the branch back');",
        '  if (failure === null && moved === null) return { tip: sha };',
      ],
    ],
  },
  /** A commit that says that it is ours is. */
  'trailers-believed': {
    file: 'activities/streams/examine-tip.ts',
    replacements: [
      [
        'recorded === null ? [] : [{ sha, batches: recorded }],',
        '[{ sha, batches: recorded ?? trailers?.batches ?? [] }],',
      ],
      ['newer.flatMap(({ sha, recorded }) =>', 'newer.flatMap(({ sha, recorded, trailers }) =>'],
    ],
  },
  /** The answer to an event does not wait until it is stored. */
  'acknowledged-before-commit': {
    file: 'db/mirror/change-events.ts',
    replacements: [
      [
        '  return db.transaction().execute(async (transaction) => {\n    const held = await transaction',
        '  const stored = db.transaction().execute(async (transaction) => {\n    const held = await transaction',
      ],
      [
        '  });\n}\n\ntype Row =',
        '  });\n  stored.catch(() => undefined);\n  const all = [...distinct.values()].map(({ item }) => item);\n' +
          "  return { kind: 'accepted', accepted: rows.length, duplicates: 0, ring: true, stored: all };\n}\n\ntype Row =",
      ],
    ],
  },
} satisfies Record<string, PlantedBug>;
