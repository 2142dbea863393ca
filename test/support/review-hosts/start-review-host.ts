import { GitServer } from '../../../examples/git-server/git-server.ts';
import type { ReviewHostKind } from '../../../hosts/reviews/types.ts';
import type { GitRepository } from '../git-repository.ts';
import { giteaDialect } from './gitea.ts';
import { githubDialect } from './github.ts';
import { gitlabDialect } from './gitlab.ts';
import type { HostDialect } from './host-dialect.ts';
import { HostServer } from './host-server.ts';
import type { Account, Pull } from './pull.ts';
import { Pulls } from './pulls.ts';
import { happeningsOf, report, type Happening, type Webhook } from './webhooks.ts';

const dialects: Record<ReviewHostKind, (pulls: Pulls, fullName: string) => HostDialect> = {
  github: githubDialect,
  gitlab: gitlabDialect,
  gitea: giteaDialect,
};

/** How each host refuses a push to a protected branch. */
const protectedWords: Record<ReviewHostKind, (branch: string) => string> = {
  github: (branch) =>
    `error: GH006: Protected branch update failed for refs/heads/${branch}. error: Changes must be made through a pull request.`,
  gitlab: () => 'GitLab: You are not allowed to push code to protected branches on this project.',
  gitea: (branch) => `Gitea: Not allowed to push to protected branch ${branch}`,
};

/** A host with one repository, its pull requests, and four accounts. */
export interface ReviewHostStandIn {
  kind: ReviewHostKind;
  /** The repository's address, for Git and for `ReviewHosts.open`. */
  url: string;
  repository: GitRepository;
  /** The pull requests and the rules; tests may change them, as people do at a host. */
  pulls: Pulls;
  /** The switches of the HTTP side: faults, going away, what was asked. */
  server: HostServer;
  /** The credential of an account. The last one may only read. */
  credential: (who: Who) => { username: string; password: string };
  account: (who: Who) => Account;
  /** Refuses pushes to a branch in the host's words. */
  protect: (branch: string) => Promise<void>;
  /** Reports that somebody pushed to a branch, which a test did to `repository`, and that its pull request changed. */
  tellOfPush: (branch: string) => Promise<void>;
  /** Where it reports what happens from now on; the statuses of the answers are in `reports`. */
  webhook: Webhook | null;
  reports: { event: string; status: number | null }[];
  close(): Promise<void>;
}

const people = ['anna', 'berta', 'carla', 'reader'] as const;

/** The accounts: who opens pull requests, two who review them, and one who may only read. */
export type Who = (typeof people)[number];

/**
 * Starts a stand-in for GitHub, GitLab or Gitea: its API over a real repository, which checks what it is asked, and what it answers,
 * against the host's description. Expect `server.violations` to be empty, and close it after use.
 */
export async function startReviewHost(kind: ReviewHostKind): Promise<ReviewHostStandIn> {
  const git = await GitServer.start({ credential: null });
  const fullName = kind === 'gitlab' ? 'shop/sales/knowledge' : 'shop/knowledge';
  const repository = await git.createRepository(fullName);
  const pulls = new Pulls(repository);
  const accounts = new Map<Who, Account>(
    people.map((login) => [
      login,
      {
        login,
        name: `${login} Example`,
        email: `${login}@example.com`,
        mayWrite: login !== 'reader',
      },
    ]),
  );
  const password = (who: Who) => `token-of-${who}-5d0c`;
  const byToken = new Map([...accounts].map(([who, account]) => [password(who), account]));
  const dialect = dialects[kind](pulls, fullName);
  const server = new HostServer(git, byToken, {
    ...dialect,
    async answer(call) {
      const reply = await dialect.answer(call);
      if (reply[0] >= 300) return reply;
      const { index, pull_number, merge_request_iid } = call.parameters;
      const pull = await pulls.find(Number(index ?? pull_number ?? merge_request_iid));
      for (const happening of happeningsOf(call.method, call.operation))
        await tell(happening, pull?.target ?? 'main');
      return reply;
    },
  });
  async function tell(happening: Happening, branch: string): Promise<void> {
    if (standIn.webhook === null) return;
    const ref = happening === 'pushed' ? { ref: `refs/heads/${branch}` } : {};
    const payload = { ...ref, action: happening, repository: { full_name: fullName } };
    const status = await report(kind, standIn.webhook, happening, payload);
    standIn.reports.push({ event: happening, status });
  }
  await server.comeBack();
  const standIn: ReviewHostStandIn = {
    kind,
    url: `${server.origin}/${fullName}.git`,
    ...{ repository, pulls, server, webhook: null, reports: [] },
    credential: (who) => ({ username: who, password: password(who) }),
    account: (who) => accounts.get(who)!,
    protect: (branch) =>
      repository.runBeforePushes(
        `if [ "$ref" = 'refs/heads/${branch}' ]; then echo '${protectedWords[kind](branch)}' >&2; exit 1; fi`,
      ),
    async tellOfPush(branch) {
      await tell('pushed', branch);
      const isProposed = ({ source, state }: Pull) => state === 'open' && source === branch;
      if ((await pulls.list()).some(isProposed)) await tell('changed', branch);
    },
    async close() {
      await server.goAway();
      await git.close();
    },
  };
  return standIn;
}
