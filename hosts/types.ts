import type { HostAnswer } from '../model/streams/visibility.ts';

/** A repository's branch as a host's API is asked of it. */
export interface HostedBranch {
  /** `https://…` or `http://…`. */
  url: string;
  branch: string;
  /** Sent to the host of the repository alone, and to that host's own API. */
  credential: { username: string; password: string } | null;
}

/** Asks the APIs of Git hosts. */
export interface Hosts {
  /**
   * What the host's API says of a repository and its branch; `null` where the host has no API that we know.
   * What cannot be asked is in the answer; rejects only with the signal's reason.
   */
  ask(branch: HostedBranch, options: { signal: AbortSignal }): Promise<HostAnswer | null>;
}

/** The kinds of API that we know. */
export type HostKind = 'github' | 'gitlab' | 'gitea' | 'bitbucket';

/** A host by its name, and where its API is. */
export interface KnownHost {
  hostname: string;
  kind: HostKind;
  /** The API's address, without a slash at its end. */
  api: string;
  /** Whether anybody may sign up there. */
  openToSignUp: boolean;
}

/** A repository of a host: its API, and its path there without `.git`, in its segments. */
export interface HostedRepository {
  api: string;
  path: string[];
  branch: string;
  openToSignUp: boolean;
}

/** Gets a path of the host's API with the repository's credential. */
export type GetJson = (path: string) => Promise<ApiAnswer>;

/** An answer of an API: its status, and the object in it where there is one. */
export interface ApiAnswer {
  status: number;
  body: Readonly<Record<string, unknown>> | null;
}

/** One kind of API. */
export interface HostApi {
  /** As sentences call it. */
  name: string;
  /** How a credential is sent: the value of `Authorization`. */
  authorization(credential: { username: string; password: string }): string;
  /** What it says of a repository; `null` where this is not its kind of answer. */
  read(get: GetJson, repository: HostedRepository): Promise<HostAnswer | null>;
}
