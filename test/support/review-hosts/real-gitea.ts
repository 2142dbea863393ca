import { randomBytes } from 'node:crypto';

type Json = Readonly<Record<string, unknown>>;

/** A repository of its own on a real Gitea or Forgejo, and two accounts that may write there. */
export interface RealGitea {
  /** The repository's address. */
  url: string;
  credential: (who: 'author' | 'reviewer') => { username: string; password: string };
  /** Commits a file to a branch, which begins at `main` if it is new; returns the commit. */
  commit: (branch: string, path: string, text: string) => Promise<string>;
  /** The commit of a branch; `null` if there is none. */
  tip: (branch: string) => Promise<string | null>;
}

/** The address of a Gitea in `GITWARD_TEST_GITEA`, with an admin's token in it or in `GITWARD_TEST_GITEA_TOKEN`; `null` if there is none. */
export function givenGitea(): { origin: string; token: string } | null {
  const { GITWARD_TEST_GITEA: address, GITWARD_TEST_GITEA_TOKEN: token } = process.env;
  if (address === undefined || address === '') return null;
  const { origin, username, password } = new URL(address);
  return { origin, token: token ?? (password === '' ? username : password) };
}

/** Makes two accounts and a private repository of the first, whose `main` takes pull requests with one approval only. */
export async function prepareGitea(given: { origin: string; token: string }): Promise<RealGitea> {
  const { origin } = given;
  const unique = randomBytes(4).toString('hex');
  const names = { author: `author-${unique}`, reviewer: `reviewer-${unique}` };
  const secret = randomBytes(12).toString('base64url');
  const admin = (method: string, path: string, body?: Json) =>
    ask(origin, `token ${given.token}`, { method, path, body });

  const tokens: Record<string, string> = {};
  for (const name of Object.values(names)) {
    const email = `${name}@example.com`;
    const account = { username: name, email, password: secret, must_change_password: false };
    await admin('POST', '/admin/users', account);
    const basic = `Basic ${Buffer.from(`${name}:${secret}`).toString('base64')}`;
    const scopes = ['write:repository', 'write:issue', 'read:user'];
    const body = { name: 'gitward', scopes };
    const made = await ask(origin, basic, { method: 'POST', path: `/users/${name}/tokens`, body });
    tokens[name] = String(made?.sha1);
  }
  const create = { name: 'knowledge', private: true, auto_init: true, default_branch: 'main' };
  await admin('POST', `/admin/users/${names.author}/repos`, create);
  const at = `/repos/${names.author}/knowledge`;
  await admin('PUT', `${at}/collaborators/${names.reviewer}`, { permission: 'write' });
  const rule = { rule_name: 'main', branch_name: 'main', enable_push: false };
  await admin('POST', `${at}/branch_protections`, { ...rule, required_approvals: 1 });

  const branchAt = (branch: string) => `${at}/branches/${branch}`;
  async function tip(branch: string): Promise<string | null> {
    const found = await admin('GET', branchAt(branch));
    return found && String((found.commit as Json).id);
  }

  return {
    url: `${origin}/${names.author}/knowledge.git`,
    credential: (who) => ({ username: names[who], password: tokens[names[who]] ?? '' }),
    tip,
    async commit(branch, path, text) {
      if ((await tip(branch)) === null)
        await admin('POST', `${at}/branches`, { new_branch_name: branch, old_ref_name: 'main' });
      const before = await admin('GET', `${at}/contents/${path}?ref=${encodeURIComponent(branch)}`);
      const content = Buffer.from(text).toString('base64');
      const made = await admin(before === null ? 'POST' : 'PUT', `${at}/contents/${path}`, {
        ...{ branch, content, message: `Change ${path}` },
        ...(before === null ? {} : { sha: before.sha }),
      });
      return String((made?.commit as Json).sha);
    },
  };
}

/** `null` if it does not exist. Throws an error for everything else that is not done. */
async function ask(
  origin: string,
  authorization: string,
  { method, path, body }: { method: string; path: string; body?: Json | undefined },
): Promise<Json | null> {
  const answer = await fetch(`${origin}/api/v1${path}`, {
    method,
    headers: { authorization, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  if (answer.status === 404) return null;
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
  return text === '' ? {} : (JSON.parse(text) as Json);
}
