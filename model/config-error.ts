/** Some settings cannot be used. The message lists all of them. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}
