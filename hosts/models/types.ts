/** A model of a customer's, at an address that speaks like OpenAI's API. */
export interface Model {
  /** Without a slash at its end, such as `https://api.example/v1`. */
  address: string;
  name: string;
  /** The secret that is sent with each request, in plain text: never log or return it. `null`: none. */
  key: string | null;
  /** How long one answer may take, in milliseconds. */
  timeout: number;
}

/** What is said to a model. */
export interface ModelMessage {
  role: 'system' | 'user';
  content: string;
}

/** What came of asking a model. */
export type ModelAnswer =
  | { kind: 'answered'; text: string }
  /** It was asked, and does not answer this: another question may fare better. `reason` is a sentence. */
  | { kind: 'declined'; reason: string }
  /** It could not be asked, which says nothing about the question; `isForAll`: nor can it be asked anything else. */
  | { kind: 'error'; reason: string; isForAll: boolean };

/** Asks a model, some times if its host says that it is busy. Rejects only with the signal's reason. */
export type AskModel = (
  model: Model,
  messages: readonly ModelMessage[],
  options: { signal: AbortSignal },
) => Promise<ModelAnswer>;
