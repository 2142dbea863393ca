/** Which conflicts are listed; it stands in the address. */
export interface ConflictsSearch {
  state?: 'settled';
  kind?: string;
}

/** The filters of an address; what is none is left out. */
export function conflictsSearch({ state, kind }: Record<string, unknown>): ConflictsSearch {
  return {
    ...(state === 'settled' && { state }),
    ...(typeof kind === 'string' && kind !== '' && { kind }),
  };
}
