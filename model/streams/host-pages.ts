/** Where hosts of a kind show a commit, below the page of its repository. */
const commitPaths = {
  github: 'commit',
  gitlab: '-/commit',
  bitbucket: 'commits',
  gitea: 'commit',
} as const;

type Kind = keyof typeof commitPaths;

const known: Readonly<Record<string, Kind>> = {
  'github.com': 'github',
  'gitlab.com': 'gitlab',
  'bitbucket.org': 'bitbucket',
  'codeberg.org': 'gitea',
  'gitea.com': 'gitea',
};

/** What hosts of one's own are usually called: `gitlab.example.com`. */
const usual: Readonly<Record<string, Kind>> = {
  github: 'github',
  gitlab: 'gitlab',
  gitea: 'gitea',
  forgejo: 'gitea',
};

/**
 * The page of a repository at its host, and those of its commits; `null` if the address is none of a host whose pages are
 * known. Never another origin than the repository's.
 */
export function hostPages(
  repositoryUrl: string,
): { repository: string; commit: (sha: string) => string } | null {
  if (!URL.canParse(repositoryUrl)) return null;
  const url = new URL(repositoryUrl);
  const kind = kindOf(url);
  if (kind === null) return null;
  const path = url.pathname.replace(/\/+$/, '').replace(/\.git$/, '');
  if (path.split('/').length < 3) return null;
  const repository = url.origin + path;
  return { repository, commit: (sha) => `${repository}/${commitPaths[kind]}/${sha}` };
}

/** The kind of host that a repository is at, as its address tells; `null` if that is not known. */
export function hostKindOf(repositoryUrl: string): Kind | null {
  return URL.canParse(repositoryUrl) ? kindOf(new URL(repositoryUrl)) : null;
}

function kindOf({ protocol, hostname }: URL): Kind | null {
  if (protocol !== 'https:' && protocol !== 'http:') return null;
  if (hostname.endsWith('.ghe.com')) return 'github';
  return ownOf(known, hostname) ?? ownOf(usual, hostname.split('.')[0] ?? '');
}

function ownOf<T>(record: Readonly<Record<string, T>>, name: string): T | null {
  return Object.hasOwn(record, name) ? (record[name] ?? null) : null;
}
