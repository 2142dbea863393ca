/** One metadata entry of a branch or a configuration. */
export interface Metadata {
  key: string;
  value: string;
}
