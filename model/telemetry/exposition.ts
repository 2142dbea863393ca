/** The metrics of a process as text, for whoever collects them. */
export interface Exposition {
  contentType: string;
  /** Never rejects for what others do not answer: their part is missing, or as it was. */
  text(): Promise<string>;
  /** Whether there is a token for this. */
  hasToken: boolean;
  /** Whether a request with this `Authorization` has that token. */
  admits(authorization: string | undefined): boolean;
}
