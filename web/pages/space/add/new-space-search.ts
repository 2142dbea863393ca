/** The steps, in their order. */
export const steps = ['repository', 'space', 'webhook'] as const;
export type Step = (typeof steps)[number];

/** What the address of the page says: the step, and the space that was added. */
export interface NewSpaceSearch {
  step?: Step;
  space?: string;
}

/** Reads an address; what it does not understand is left out. The last step is about a space that is there. */
export function newSpaceSearch({ step, space }: Record<string, unknown>): NewSpaceSearch {
  const id = typeof space === 'string' || typeof space === 'number' ? String(space) : '';
  if (step === 'webhook') return /^[\w.-]{1,64}$/.test(id) ? { step, space: id } : {};
  return step === 'space' ? { step } : {};
}
