import { execFile } from 'node:child_process';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { TestGitward } from '../../support/gitward.ts';
import { documentOf, Ids, lasting, partsOf } from './transcript.ts';

/*
 * `docs/knowledge-day.md` is what really happens: every command in it is run here, by real processes against real servers, and
 * answers what the document says. After a change of what commands say, write it anew with
 * `GITWARD_DECIDE=1 npx vitest run --project long knowledge/day`, and read the difference.
 */
const file = fileURLToPath(new URL('../../../docs/knowledge-day.md', import.meta.url));
const main = fileURLToPath(new URL('../../../dist/cli/main.js', import.meta.url));

// Nothing happens by itself: what is saved waits until a command asks for it.
const gitward = await TestGitward.start({
  GITWARD_SAVE_WINDOW: '10m',
  GITWARD_POLL_INTERVAL: '10m',
});
afterAll(() => gitward.stop());

/** What the document calls the repository. */
const repository = 'https://git.example.com/acme/knowledge.git';
const acme = `---
id: acme
name: "Acme, Inc."   # as on the contract
region: EMEA
tier: enterprise
employeeCount: 1200
---

They run everything on spreadsheets.

Legal wants two weeks for any contract.
`;
const beta =
  '---\nid: beta\nname: Beta GmbH\nregion: EMEA\ntier: mid-market\n---\n\nFriends of Acme.\n';

test('the day in the document is what happens', async () => {
  await gitward.createSpace('sales', {
    'knowledge/customers/acme.md': acme,
    'knowledge/customers/beta.md': beta,
  });
  await gitward.untilEntry('sales', 'acme', ({ syncStatus }) => syncStatus === 'synced');
  const people = await peopleAtWork({
    eva: { name: 'Eva Novak', role: 'editor' },
    jan: { name: 'Jan Maly', role: 'operator' },
  });
  const document = await readFile(file, 'utf8');
  const ids = new Ids();
  const parts = partsOf(document);
  const found = structuredClone(parts);
  try {
    for (const [at, part] of parts.entries()) {
      if (typeof part === 'string') continue;
      for (const [index, { who, command, answer }] of part.steps.entries()) {
        const run = ids.in(command);
        const now = await people.run(who, run);
        const place = found[at];
        const step = typeof place === 'string' ? undefined : place?.steps[index];
        if (step !== undefined) Object.assign(step, { command: run, answer: now });
        if (process.env.GITWARD_DECIDE !== '1')
          expect(lasting(now), `$ ${command}`).toBe(lasting(answer));
        ids.learn(answer, now);
      }
    }
  } finally {
    if (process.env.GITWARD_DECIDE === '1') await writeFile(file, documentOf(found));
  }
});

/** People with a token, a folder and a shell, who reach the repository under the name that the document gives it. */
async function peopleAtWork(
  people: Record<string, { name: string; role: 'editor' | 'operator' }>,
): Promise<{ run: (who: string, command: string) => Promise<string> }> {
  const home = gitward.environment.HOME ?? '';
  const bin = join(home, 'bin');
  await mkdir(bin);
  await writeFile(join(bin, 'gitward'), `#!/bin/sh\nexec "${process.execPath}" "${main}" "$@"\n`);
  await chmod(join(bin, 'gitward'), 0o755);
  const url = new URL(gitward.git.url('sales'));
  const { username, password } = gitward.git.credential ?? { username: '', password: '' };
  Object.assign(url, { username, password });
  const environments = new Map<string, NodeJS.ProcessEnv>();
  const folders = new Map<string, string>();
  for (const [who, { name, role }] of Object.entries(people)) {
    const email = `${who}@example.com`;
    const own = join(home, who);
    await mkdir(own);
    const config = [
      `[user]\n\tname = ${name}\n\temail = ${email}`,
      `[url "${url.href}"]\n\tinsteadOf = ${repository}`,
      '[init]\n\tdefaultBranch = main\n[advice]\n\tdetachedHead = false',
    ];
    await writeFile(join(own, '.gitconfig'), `${config.join('\n')}\n`);
    folders.set(who, own);
    environments.set(who, {
      PATH: `${bin}:${process.env.PATH}`,
      HOME: own,
      LC_ALL: 'C.UTF-8',
      GITWARD_URL: gitward.url,
      GITWARD_TOKEN: await gitward.token(role, { name, email }),
    });
  }
  return {
    async run(who, command) {
      // The next command is typed where this one ended.
      const script = `cd "$1"\n${command}\ncode=$?\npwd > "$2"\nexit $code`;
      const place = join(home, `${who}.pwd`);
      const folder = folders.get(who) ?? home;
      const { out, code } = await new Promise<{ out: string; code: number }>((resolve) => {
        const child = execFile(
          'bash',
          ['-c', `exec 2>&1\n${script}`, 'bash', folder, place],
          { env: environments.get(who), timeout: 60_000 },
          (error, stdout) =>
            resolve({ out: stdout, code: error === null ? 0 : Number(error.code) }),
        );
        child.stdin?.end();
      });
      folders.set(who, (await readFile(place, 'utf8')).trim());
      const shown = out
        .replaceAll(home, '/home')
        .replaceAll(gitward.git.url('sales'), repository)
        // How far an operation was when it was looked at.
        .replace(/^ *\d+ %.*\n/gm, '');
      return code === 0 ? shown : `${shown}(exit code ${code})\n`;
    },
  };
}
