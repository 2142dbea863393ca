import type { HostAnswer } from '../model/streams/visibility.ts';

/** The branch of a repository to ask a host's API about. */
export interface HostedBranch {
  /** `https://…` or `http://…`. */
  url: string;
  branch: string;
  /** Sent only to the repository's origin, or to the API that we know to be that origin's own. */
  credential: { username: string; password: string } | null;
}

/** Asks the APIs of Git hosts. */
export interface Hosts {
  /**
   * What the host's API says about a repository and its branch; `null` if the host has no API that
   * we know. If the API cannot be asked, the answer says so; rejects only with the signal's reason.
   */
  ask(branch: HostedBranch, options: { signal: AbortSignal }): Promise<HostAnswer | null>;
}

/** The kinds of API that we know. */
export type HostKind = 'github' | 'gitlab' | 'gitea' | 'bitbucket';

/** A host by the origin of its repositories, and where its API is. */
export interface KnownHost {
  origin: string;
  kind: HostKind;
  /** The API's address, without a trailing slash. */
  api: string;
  /** Whether anybody may sign up there. */
  openToSignUp: boolean;
}

/** A repository on a host: its API, and its path there without `.git`, in its segments. */
export interface HostedRepository {
  api: string;
  path: string[];
  branch: string;
  openToSignUp: boolean;
}

/** Requests a path of the host's API with the repository's credential. */
export type GetJson = (path: string) => Promise<ApiAnswer>;

/** An answer of an API: its status, and the JSON object in it, if there is one. */
export interface ApiAnswer {
  status: number;
  body: Readonly<Record<string, unknown>> | null;
}

/** One kind of API. */
export interface HostApi {
  /** Its name in messages. */
  name: string;
  /** How a credential is sent: the value of `Authorization`. */
  authorization(credential: { username: string; password: string }): string;
  /** What it says about a repository; `null` if the answer does not look like this kind of API. */
  read(get: GetJson, repository: HostedRepository): Promise<HostAnswer | null>;
}
