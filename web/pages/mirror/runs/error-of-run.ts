/** The message of the error in a run's file; `null` if there is none. The text is the repository's: anything can be in it. */
export function errorOfRun(text: string): string | null {
  try {
    const run = JSON.parse(text) as { error?: { message?: unknown } } | null;
    const message = run?.error?.message;
    return typeof message === 'string' && message !== '' ? message : null;
  } catch {
    return null;
  }
}
