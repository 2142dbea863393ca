/** The address of the page about signing in: whether the provider is being changed or removed. */
export function signInSearch({ open }: Record<string, unknown>): { open?: 'change' | 'remove' } {
  return open === 'change' || open === 'remove' ? { open } : {};
}
