/** From which environment a text is read; it stands in the address. Left out: as it is now. */
export interface EnvSearch {
  env?: string;
}

/** Which two versions are compared: environments or commits. */
export interface SidesSearch {
  from?: string;
  to?: string;
}

/** Which run of the examples is shown, and which version is offered to be run. */
export interface ChecksSearch extends EnvSearch {
  run?: string;
  /** As the environment would be after this prompt was promoted there. */
  promoted?: true;
}

/** The environment of an address. */
export function envSearch({ env }: Record<string, unknown>): EnvSearch {
  return isText(env) ? { env } : {};
}

/** The two versions of an address. */
export function sidesSearch({ from, to }: Record<string, unknown>): SidesSearch {
  return { ...(isText(from) && { from }), ...(isText(to) && { to }) };
}

/** The run and the version of an address. */
export function checksSearch({ run, promoted, ...search }: Record<string, unknown>): ChecksSearch {
  const isRun = isText(run) && /^[0-9a-f-]{36}$/.test(run);
  return {
    ...envSearch(search),
    ...(isRun && { run }),
    ...(promoted === true && { promoted }),
  };
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && value.length <= 200;
}
