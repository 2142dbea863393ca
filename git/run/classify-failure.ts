import { StreamFailure, type FailureCode, type WiderRefusal } from '../../model/streams/errors.ts';
import { saidWait } from '../../model/streams/host-refusal.ts';
import type { GitPassage } from '../../network/git-network.ts';
import { GitProcessError } from './run-git.ts';

/** Which run of git failed, for the message. */
export interface FailedStep {
  step: 'read' | 'fetch' | 'push';
  url: string;
  branch: string;
  /** The way through a proxy; `null` if the host is reached directly. */
  passage?: GitPassage | null;
}

/**
 * The first rule whose pattern matches git's output decides the code, and says what happened and
 * what to do.
 */
interface Rule {
  code: FailureCode;
  pattern: RegExp;
  says: string;
  /** Applies only to failures of a push. */
  pushOnly?: true;
  /** The host limits how often it is asked, whatever it is asked for. */
  isLimit?: true;
}

/** In this order: what a host says about its rules comes before how git reports it. */
const rules: readonly Rule[] = [
  {
    code: 'repository_unreachable',
    isLimit: true,
    pattern:
      /returned error: 429|HTTP 429|too many requests|too many (failed )?(log-?in|sign-?in|authentication) attempts|\brate limit\b[^/\n]{0,40}\b(exceeded|reached|hit)\b|exceeded (a |the |your )?(secondary )?rate limit|exceeding usage of resource|abuse detection mechanism|\b(ip|address)( address)? (is|was|has been) (temporarily )?(banned|blocked)/i,
    says: 'The host limits how often it may be asked. Gitward waits, and tries again by itself.',
  },
  {
    code: 'content_refused',
    pushOnly: true,
    pattern:
      /GH001|exceeds? .*(file )?size limit|maximum (allowed )?(file|push|pack|object) size|pack exceeds maximum allowed size|larger than the maximum|HTTP (status )?413|returned error: 413|\bsecrets?\b|push protection|private key|VS403654|fatal: fsck error|\b(file|path|blob)\b.*(not allowed|prohibited|forbidden|blocked|too (large|big|long))/i,
    says: 'The host refuses the content of a commit. See its words, and leave out or shrink what it names.',
  },
  {
    code: 'repository_unreachable',
    pushOnly: true,
    pattern:
      /internal (server )?(connection )?error|rpc error: code = (Unavailable|Internal|Unknown|DeadlineExceeded|ResourceExhausted|Aborted|Canceled)\b|database is locked|could not lock|service (is )?(temporarily )?unavailable|temporar(y|ily) (failure|unavailable)|bad gateway|gateway time|try again (later|in)|no space left|disk (is )?full|disk quota|read-only file system|input\/output error|unable to (create|write|open|rename|lock) (temporary |new |loose )*(object|file|sha1|pack|directory)|insufficient permission for adding an object|failed to (write|store|finalize|update) (the )?(object|commit|pack|storage|database)|commit_refs|object (store|storage|database)|unpack(er)? (failed|error)|(index-pack|unpack)(-objects)? (abnormal exit|failed)|unable to migrate objects|deadline exceeded|timed? ?out|under maintenance|maintenance mode|internal api|api is not accessible|connection (refused|reset)|read-only (\S+ )?(instance|mode)|unable to create '[^']*\.lock'/i,
    says: 'The host has trouble of its own. Gitward tries again by itself.',
  },
  {
    code: 'branch_protected',
    pushOnly: true,
    pattern:
      /GH006|GH013|protected branch|push to protected|branch is (protected|read-only|locked)|TF402455|TF401027|Repository rule violations|Cannot update this protected|branch restrictions?|only be modified through pull requests|denied updating a hidden ref|branch is currently checked out/i,
    says: "The host does not let Gitward push to this branch. Allow Gitward's account to push to it, or choose another branch.",
  },
  {
    code: 'branch_protected',
    pushOnly: true,
    pattern: /dst refspec \S+ matches more than one/,
    says: 'Another branch or tag is named so that git cannot tell it from this branch (as the branch refs/heads/main from main). Remove it from the repository.',
  },
  {
    code: 'repository_unreachable',
    pattern: /returned error: 429|rate.?limit|Too Many Requests|abuse detection/i,
    says: 'The host limits how often it may be asked. Gitward tries again by itself.',
  },
  {
    code: 'repository_archived',
    pattern:
      /(repository|project) (was|is|has been) (archived|read-only)|archived (repository|project)|read-only (repository|project)|(repository|project) archived/i,
    says: 'The repository is archived: it can only be read. Make it writable again at its host, or choose another one.',
  },
  {
    code: 'repository_unsupported',
    pattern: /hash algorithm|mismatched algorithms|object.format.*sha256/i,
    says: 'It is a SHA-256 repository, which Gitward does not support. Use one with SHA-1.',
  },
  {
    code: 'credential_refused',
    pattern:
      /could not read (Username|Password) for|Authentication failed|Invalid (username|credentials|user)|HTTP Basic: Access denied|returned error: 40[137]|HTTP 40[13]|Permission to .* denied|Write access to repository not granted|not (been )?granted .*access|insufficient (scope|permission)|You are not allowed to (download|upload|push) |dubious ownership|Permission denied/i,
    says: "The credential is missing, expired or not allowed to do this. Store one that may read and write this repository's contents.",
  },
  {
    code: 'push_refused',
    pushOnly: true,
    pattern: /does not support push options/i,
    says: "The host takes no push options: remove them from the mirror's or the space's settings.",
  },
  {
    code: 'push_refused',
    pushOnly: true,
    pattern: /pre-receive hook declined|hook declined|remote rejected/i,
    says: 'The host refuses the push (a hook or a rule of the repository declined it). See its words.',
  },
  {
    code: 'repository_not_found',
    pattern: /returned error: 30\d|unable to update url base from redirection/i,
    says: 'The host answers with a redirect: the repository was moved. Set the mirror to its new address.',
  },
  {
    code: 'repository_not_found',
    pattern:
      /repository .*not found|returned error: (404|410)|does not appear to be a git repository|project you were looking for could not be found|No such file or directory/i,
    says: 'There is no such repository, or the credential may not see it. Check the address and the credential.',
  },
  {
    code: 'repository_unreachable',
    pattern: /not valid: is this a git repository/i,
    says: 'What answers is not a Git server (a login page or a proxy, perhaps). Check the address; Gitward tries again by itself.',
  },
  {
    code: 'address_refused',
    pattern: /transport '.*' not allowed/i,
    says: 'This way of reaching a repository is not allowed.',
  },
  {
    code: 'repository_timeout',
    pattern: /Operation too slow|timed? ?out|returned error: (408|504)/i,
    says: 'The host did not answer in time. Gitward tries again by itself.',
  },
  {
    code: 'repository_unreachable',
    pattern: /certificate|SSL|TLS|gnutls|handshake/i,
    says: "The connection is not safe: check the host's certificate. If it is from an authority of your own, name the file with its certificate in GITWARD_CA_FILE.",
  },
  {
    code: 'repository_unreachable',
    pattern:
      /Could not resolve host|Failed to connect|CONNECT tunnel failed|from proxy after CONNECT|Proxy CONNECT aborted|Couldn't connect|Connection (refused|reset)|No route to host|Network is unreachable|Empty reply|returned error: 5\d\d|Recv failure|Send failure|transfer closed|unexpected disconnect|hung up unexpectedly|early EOF|RPC failed|curl (18|52|55|56|92)|Could not read from remote repository|the remote end hung up|fetch-pack: unexpected|bad band|protocol error: bad (line|pack)|expected flush/i,
    says: 'The host cannot be reached, or it broke the connection off. Gitward tries again by itself.',
  },
];

/** Whether git ended because it needed more memory than it may take. */
export function outOfMemory(error: GitProcessError): boolean {
  return /out of memory|memory exhausted|cannot allocate memory|std::bad_alloc/i.test(error.stderr);
}

/** The failure of a repository that cannot be read with the memory that git may take. */
export function tooMuchMemory(error: GitProcessError): StreamFailure {
  return new StreamFailure(
    'repository_too_large',
    `git needed more memory than it may take: ${error.message.slice(0, 200)}. ` +
      'A file or a tree of the repository is very large: remove it from its history, or raise GITWARD_MAX_GIT_MIB.',
    { cause: error },
  );
}

const stepNames: Record<FailedStep['step'], string> = {
  read: 'Reading',
  fetch: 'Fetching from',
  push: 'Pushing to',
};

/** Turns a failed run of git against a remote into a failure; its message quotes the host. */
export function classifyFailure(error: GitProcessError, step: FailedStep): StreamFailure {
  const place = `${stepNames[step.step]} branch ${step.branch} of ${step.url}`;
  if (error.outcome === 'timeout') {
    return new StreamFailure(
      'repository_timeout',
      `${place} took too long and was ended. Gitward tries again by itself.`,
      { cause: error },
    );
  }
  if (error.outcome === 'not_started') return gitMissing(error);
  if (outOfMemory(error)) return tooMuchMemory(error);
  const problem = isOfTheWay(error) ? (step.passage?.problem() ?? null) : null;
  if (problem !== null)
    return new StreamFailure(
      problem instanceof StreamFailure ? problem.code : 'repository_unreachable',
      `${place} failed. ${problem.message} Gitward tries again by itself.`,
      { cause: error },
    );
  const said = withoutNames(`${error.stderr}\n${error.stdout}`, step);
  const rule = rules.find(
    ({ pushOnly, pattern }) => (pushOnly !== true || step.step === 'push') && pattern.test(said),
  );
  const words = hostWords(error);
  const isBare = rule?.code === 'repository_not_found' && !/\.git\/?$/.test(step.url);
  return new StreamFailure(
    rule?.code ?? 'repository_error',
    `${place} failed. ${rule?.says ?? 'Git failed in a way that Gitward has no name for.'}` +
      (isBare ? ` Perhaps its address is ${step.url.replace(/\/+$/, '')}.git.` : '') +
      (words === '' ? '' : ` It said: ${words}`),
    { cause: error, words, wider: widerRefusal(rule, said, step.step) },
  );
}

/** What git reports if the host asked who it is (401), although it had been told. */
const unauthenticated =
  /could not read (Username|Password) for|Authentication failed for|returned error: 401|HTTP 401/;

/** What the host refuses besides; a 403 and a 404 are about one repository. */
function widerRefusal(
  rule: Rule | undefined,
  said: string,
  failed: FailedStep['step'],
): WiderRefusal | null {
  const step = failed === 'push' ? 'push' : 'read';
  if (rule?.isLimit === true) return { of: 'rate', step, wait: saidWait(said) };
  if (rule?.code !== 'credential_refused' || !unauthenticated.test(said)) return null;
  return { of: 'credential', step };
}

/** Whether the proxy (ours, in between) gave git no connection to the host. */
function isOfTheWay({ stderr }: GitProcessError): boolean {
  return /CONNECT tunnel failed|from proxy after CONNECT|Proxy CONNECT aborted/i.test(stderr);
}

/** What was said, without the address and the branch that git repeats: people choose their names, and nobody says anything by them. */
function withoutNames(said: string, { url, branch }: FailedStep): string {
  return said
    .replaceAll(url, 'URL')
    .replaceAll(url.replace(/\/+$/, '').replace(/\.git$/, ''), 'URL')
    .replaceAll(`refs/heads/${branch}`, 'REF')
    .replaceAll(`'${branch}'`, 'BRANCH')
    .replaceAll(`"${branch}"`, 'BRANCH');
}

/** The failure for a missing git. */
export function gitMissing(error: GitProcessError): StreamFailure {
  return new StreamFailure(
    'internal_error',
    'git could not be started. Install git 2.37 or later where Gitward runs.',
    { cause: error },
  );
}

/** Whether a push was refused because the branch is no longer where we read it. */
export function tipMoved(error: GitProcessError): boolean {
  return (
    refusedByLease(error) ||
    /cannot lock ref .*(is at [0-9a-f]+ but expected|reference already exists|unable to resolve reference)|incorrect old value provided|failed to update ref|reference (already exists|is at)/i.test(
      `${error.stdout}\n${error.stderr}`,
    )
  );
}

/** Whether git itself saw that the branch is not where the push expects it. */
export function refusedByLease({ stdout }: GitProcessError): boolean {
  return /\((stale info|fetch first|non-fast-forward|remote ref updated since checkout)\)/.test(
    stdout,
  );
}

/** The words of the host or, if there are none, those of git: one line of limited length. */
function hostWords({ stderr, stdout }: GitProcessError): string {
  const lines = stderr.split(/[\r\n]+/);
  const remote = lines.flatMap((line) => /^remote: ?(.*)/.exec(line)?.[1] ?? []);
  const rejected = stdout.split('\n').flatMap((line) => /^!\t\S+\t(.*)/.exec(line)?.[1] ?? []);
  // That nobody is there to type a name in tells nothing about the host.
  const git = lines.filter(
    (line) => /^(fatal|error):/.test(line) && !line.includes('terminal prompts disabled'),
  );
  const told = [...remote, ...rejected, ...(remote.length === 0 ? git : [])];
  const text = told
    .map((line) => line.replace(/[^\P{C}]/gu, '').trim())
    .filter((line) => /[\p{L}\p{N}]/u.test(line))
    .join(' / ');
  const characters = Array.from(text);
  return characters.length > 500 ? `${characters.slice(0, 499).join('')}…` : text;
}

/** Whether git or the host said this in the run that failed. */
export function saidBy(error: unknown, pattern: RegExp): boolean {
  return error instanceof StreamFailure && pattern.test(allSaid(error));
}

/** All that git and the host said in the run that failed; empty if none did. */
export function allSaid({ cause }: StreamFailure): string {
  return cause instanceof GitProcessError ? `${cause.stderr}\n${cause.stdout}` : '';
}
