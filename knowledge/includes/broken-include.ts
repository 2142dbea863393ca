/** Why an entry cannot be included. */
export interface NotIncluded {
  code: 'include_not_found' | 'include_unreadable';
  message: string;
}

/** An include that cannot be resolved. */
export interface BrokenInclude {
  code: NotIncluded['code'] | 'include_malformed' | 'include_circular' | 'include_limit';
  /** The entry that has the line. */
  space: string;
  id: string;
  /** The line of its file, counted from 1. */
  line: number;
  /** What the line says, at most 300 characters of it. */
  include: string;
  message: string;
}

/** What is wrong with an include. */
export type Why = Pick<BrokenInclude, 'code' | 'message'>;

/** How much one rendering may have. Whoever saves one of the entries must not be able to make it endless. */
export const renderLimits = { bytes: 1024 * 1024, includes: 200, depth: 10 } as const;

/** A line that begins like an include. */
export const malformed: Why = {
  code: 'include_malformed',
  message:
    'This is no include: write {{> ENTRY}} or {{> SPACE/ENTRY}}, with the id of an entry, on a line of its own. If the line is meant as it is, begin it with \\{{>.',
};

/** Includes in includes, and so on. */
export const tooDeep: Why = {
  code: 'include_limit',
  message: `Includes are more than ${renderLimits.depth} levels deep here: include less.`,
};

/** An entry that would include itself; the circle begins and ends with it. */
export function circular(circle: readonly { space: string; id: string }[]): Why {
  const names = circle.map(({ space, id }) => (space === '' ? id : `${space}/${id}`));
  return { code: 'include_circular', message: `This includes itself: ${names.join(' → ')}.` };
}

/** An include with which the text has too much of something. */
export function tooMuch(what: string): Why {
  return {
    code: 'include_limit',
    message: `With this include the text has ${what}, so nothing after it was looked at: include less.`,
  };
}
