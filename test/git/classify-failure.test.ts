import { describe, expect, test } from 'vitest';
import { classifyFailure, tipMoved } from '../../git/run/classify-failure.ts';
import type { WiderRefusal } from '../../model/streams/errors.ts';
import { redact } from '../../git/run/redact.ts';
import { GitProcessError } from '../../git/run/run-git.ts';

const place = { url: 'https://git.example/o/r.git', branch: 'main' };
const rejected = (reason: string) =>
  `To https://git.example/o/r.git\n!\tabc:refs/heads/main\t[remote rejected] (${reason})\nDone\n`;

/** Actual messages of git 2.39 to 2.5x and of hosts. */
const told: [code: string, step: 'read' | 'push', stderr: string, stdout?: string][] = [
  ['credential_refused', 'read', "fatal: could not read Username for 'https://git.example': terminal prompts disabled"],
  ['credential_refused', 'read', "remote: HTTP Basic: Access denied. The provided password or token is incorrect\nfatal: Authentication failed for 'https://git.example/o/r.git/'"],
  ['credential_refused', 'read', 'remote: Invalid username or token. Password authentication is not supported for Git operations.\nfatal: Authentication failed for'],
  ['credential_refused', 'push', "remote: Permission to o/r.git denied to someone.\nfatal: unable to access 'https://github.com/o/r.git/': The requested URL returned error: 403"],
  ['credential_refused', 'push', "remote: Write access to repository not granted.\nfatal: unable to access 'https://github.com/o/r.git/': The requested URL returned error: 403"],
  ['credential_refused', 'push', "remote: You are not allowed to push code to this project.\nfatal: unable to access 'https://gitlab.com/o/r.git/': The requested URL returned error: 403"],
  ['credential_refused', 'read', "fatal: detected dubious ownership in repository at '/srv/r.git'"],
  ['repository_not_found', 'read', "remote: Repository not found.\nfatal: repository 'https://github.com/o/r.git/' not found"],
  ['repository_not_found', 'read', "remote: The project you were looking for could not be found or you don't have permission to view it.\nfatal: repository 'https://gitlab.com/o/r.git/' not found"],
  ['repository_not_found', 'read', "fatal: '/srv/none.git' does not appear to be a git repository\nfatal: Could not read from remote repository.\n\nPlease make sure you have the correct access rights\nand the repository exists."],
  ['repository_not_found', 'read', "fatal: unable to access 'https://git.example/o/r.git/': The requested URL returned error: 301"],
  ['repository_unreachable', 'read', "fatal: unable to access 'https://git.example/o/r.git/': Could not resolve host: git.example"],
  ['repository_unreachable', 'read', "fatal: unable to access 'http://127.0.0.1:1/r/': Failed to connect to 127.0.0.1 port 1 after 0 ms: Couldn't connect to server"],
  ['repository_unreachable', 'read', "fatal: unable to access 'http://127.0.0.1:1/r/': Failed to connect to 127.0.0.1 port 1: Connection refused"],
  ['repository_unreachable', 'read', "fatal: unable to access 'https://x/': SSL certificate problem: certificate has expired"],
  ['repository_unreachable', 'read', "fatal: unable to access 'https://x/': gnutls_handshake() failed: An unexpected TLS packet was received."],
  ['repository_unreachable', 'read', "fatal: unable to access 'https://x/': The requested URL returned error: 503"],
  ['repository_unreachable', 'read', "fatal: unable to access 'https://x/': The requested URL returned error: 429"],
  ['repository_unreachable', 'read', "fatal: unable to access 'https://x/': Empty reply from server"],
  ['repository_unreachable', 'read', 'fatal: https://x/info/refs not valid: is this a git repository?'],
  ['repository_unreachable', 'push', 'error: RPC failed; curl 52 Empty reply from server\nsend-pack: unexpected disconnect while reading sideband packet\nfatal: the remote end hung up unexpectedly\nEverything up-to-date'],
  ['repository_unreachable', 'push', 'error: RPC failed; curl 56 Recv failure: Connection reset by peer\nfatal: the remote end hung up unexpectedly'],
  ['repository_timeout', 'read', "fatal: unable to access 'https://x/': Failed to connect to x port 443 after 130000 ms: Connection timed out"],
  ['repository_timeout', 'read', "fatal: unable to access 'https://x/': Operation too slow. Less than 1 bytes/sec transferred the last 60 seconds"],
  ['repository_timeout', 'read', "fatal: unable to access 'https://x/': The requested URL returned error: 504"],
  ['address_refused', 'read', "fatal: transport 'http' not allowed"],
  ['branch_protected', 'push', 'remote: error: GH006: Protected branch update failed for refs/heads/main.\nremote: error: Changes must be made through a pull request.', rejected('protected branch hook declined')],
  ['branch_protected', 'push', 'remote: error: GH013: Repository rule violations found for refs/heads/main.\nremote: - Changes must be made through a pull request.', rejected('push declined due to repository rule violations')],
  ['branch_protected', 'push', 'remote: GitLab: You are not allowed to push code to protected branches on this project.', rejected('pre-receive hook declined')],
  ['branch_protected', 'push', 'remote: TF402455: Pushes to this branch are not permitted; you must use a pull request to update this branch.', rejected('TF402455')],
  ['content_refused', 'push', 'remote: error: GH013: Repository rule violations found for refs/heads/main.\nremote: - GITHUB PUSH PROTECTION\nremote:   Push cannot contain secrets', rejected('push declined due to repository rule violations')],
  ['content_refused', 'push', "remote: error: File big.bin is 123.00 MB; this exceeds GitHub's file size limit of 100.00 MB\nremote: error: GH001: Large files detected.", rejected('pre-receive hook declined')],
  ['content_refused', 'push', 'remote: PUSH BLOCKED: Secrets detected in code changes', rejected('pre-receive hook declined')],
  ['content_refused', 'push', 'remote: GitLab: File name keys/id_rsa was prohibited by the pattern "id_rsa$".', rejected('pre-receive hook declined')],
  ['content_refused', 'push', 'remote: The file configs/main/a.json is too large', rejected('pre-receive hook declined')],
  ['push_refused', 'push', 'remote: no thanks', rejected('pre-receive hook declined')],
  ['content_refused', 'push', 'error: RPC failed; HTTP 413 curl 22 The requested URL returned error: 413\nfatal: the remote end hung up unexpectedly'],
  ['content_refused', 'push', 'remote: fatal: pack exceeds maximum allowed size', rejected('unpacker error')],
  ['repository_unreachable', 'push', 'remote: Internal Server Error', rejected('Internal Server Error')],
  ['repository_unreachable', 'push', 'remote: Internal Server Error.', rejected('pre-receive hook declined')],
  ['repository_unreachable', 'push', 'remote: GitLab: Internal API error (500): service temporarily unavailable', rejected('pre-receive hook declined')],
  ['repository_unreachable', 'push', 'remote: fatal: write error: No space left on device\nerror: remote unpack failed: index-pack abnormal exit', rejected('unpacker error')],
  ['repository_unreachable', 'push', 'remote: error: unable to create temporary file: Read-only file system\nerror: remote unpack failed: unpack-objects abnormal exit', rejected('unpacker error')],
  ['repository_unreachable', 'push', 'remote: error: insufficient permission for adding an object to repository database ./objects', rejected('unpacker error')],
  ['repository_unreachable', 'push', 'remote: fatal: Input/output error', rejected('unpacker error')],
  ['repository_unreachable', 'push', 'remote: error: failed to commit_refs', rejected('failed to update ref')],
  ['repository_unreachable', 'push', 'remote: object storage is not available', rejected('pre-receive hook declined')],
  ['repository_unreachable', 'push', '', rejected('unable to migrate objects to permanent storage')],
  ['repository_unreachable', 'push', 'remote: rpc error: code = Unavailable desc = connection error', rejected('pre-receive hook declined')],
  ['repository_unreachable', 'push', 'remote: rpc error: code = DeadlineExceeded desc = context deadline exceeded', rejected('pre-receive hook declined')],
  ['repository_unreachable', 'push', 'remote: Gitea: Internal Server Connection Error', rejected('pre-receive hook declined')],
  ['repository_unreachable', 'push', 'remote: database is locked', rejected('pre-receive hook declined')],
  ['repository_unreachable', 'push', 'remote: error: could not lock config file config: File exists', rejected('pre-receive hook declined')],
  ['push_refused', 'push', 'remote: rpc error: code = PermissionDenied desc = no', rejected('pre-receive hook declined')],
  ['repository_unreachable', 'read', "remote: You have exceeded a secondary rate limit.\nfatal: unable to access 'https://x/': The requested URL returned error: 403"],
  ['content_refused', 'push', 'remote: The file rate_limits.json is too large', rejected('pre-receive hook declined')],
  ['repository_unreachable', 'push', 'remote: error: disk quota exceeded', rejected('unpacker error')],
  ['repository_unreachable', 'push', 'remote: rpc error: code = DeadlineExceeded desc = context deadline exceeded', rejected('pre-receive hook declined')],
  ['repository_unreachable', 'read', "remote: You have exceeded a secondary rate limit. Please wait a few minutes before you try again.\nfatal: unable to access 'https://github.com/o/r.git/': The requested URL returned error: 403"],
  ['repository_unreachable', 'push', 'remote: GitLab: Internal API unreachable', rejected('pre-receive hook declined')],
  ['repository_unreachable', 'push', 'remote: GitLab: API is not accessible', rejected('pre-receive hook declined')],
  ['repository_unreachable', 'push', '', rejected('Operation timed out')],
  ['repository_unreachable', 'push', '', rejected("cannot lock ref 'refs/heads/x': Unable to create '/srv/r.git/refs/heads/x.lock': File exists")],
  ['repository_archived', 'push', "remote: This repository was archived so it is read-only.\nfatal: unable to access 'https://github.com/o/r.git/': The requested URL returned error: 403"],
  ['repository_archived', 'push', "remote: You can't push code to a read-only project\nfatal: unable to access 'https://gitlab.com/o/r.git/': The requested URL returned error: 403"],
  ['repository_unsupported', 'push', "fatal: the receiving end does not support this repository's hash algorithm"],
  ['repository_error', 'read', 'fatal: something that nobody has seen'],
]; // prettier-ignore

test.each([
  ['repository_unreachable', "fatal: unable to access '$/': Could not resolve host: git.example", ''],
  ['credential_refused', "fatal: unable to access '$/': The requested URL returned error: 403", ''],
  ['branch_protected', 'remote: error: GH006: Protected branch update failed for refs/heads/keboola/secret-x.', 'To $\n!\ta:refs/heads/keboola/secret-x\t[remote rejected] (protected branch hook declined)\nDone\n'],
])('names that people chose are not taken for what a host says: %s', (code, stderr, stdout) => {
  const named = { url: 'https://git.example/maintenance/secrets-mirror.git', branch: 'keboola/secret-x' };
  const of = (text: string) => text.replaceAll('$', named.url);
  const error = new GitProcessError('x', 'failed', of(stdout), of(stderr));
  expect(classifyFailure(error, { step: 'push', ...named }).code).toBe(code);
}); // prettier-ignore

describe('the message of a failed Git command', () => {
  test.each(told)('is classified as %s (%s): %s', (code, step, stderr, stdout = '') => {
    const failure = classifyFailure(new GitProcessError('x', 'failed', stdout, stderr), {
      step,
      ...place,
    });
    expect(failure.code).toBe(code);
    expect(failure.message).toContain(place.url);
  });

  test('becomes a sentence for operators', () => {
    const stderr =
      'remote: error: GH006: Protected branch update failed for refs/heads/main.\nremote: \nerror: failed to push some refs';
    const failure = classifyFailure(
      new GitProcessError('push', 'failed', rejected('protected branch hook declined'), stderr),
      { step: 'push', ...place },
    );
    expect(failure.message).toMatchInlineSnapshot(
      `"Pushing to branch main of https://git.example/o/r.git failed. The host does not let Gitward push to this branch. Allow Gitward's account to push to it, or choose another branch. It said: error: GH006: Protected branch update failed for refs/heads/main. / [remote rejected] (protected branch hook declined)"`,
    );
  });

  test('is shortened and contains no control characters', () => {
    const stderr = `remote: \u001b[2J${'x'.repeat(10_000)}`;
    const { message } = classifyFailure(new GitProcessError('push', 'failed', '', stderr), {
      step: 'push',
      ...place,
    });
    expect(message.length).toBeLessThan(1_000);
    expect(message).not.toContain('\u001b');
  });
});

test.each<[string, 'read' | 'push', WiderRefusal | null]>([
  ["fatal: could not read Username for 'https://git.example': terminal prompts disabled", 'read', { of: 'credential', step: 'read' }],
  ["remote: HTTP Basic: Access denied\nfatal: Authentication failed for 'https://git.example/o/r.git/'", 'push', { of: 'credential', step: 'push' }],
  ["fatal: unable to access 'https://x/': The requested URL returned error: 403", 'read', null],
  ["remote: Permission to o/r.git denied to someone.\nfatal: unable to access 'https://x/': The requested URL returned error: 403", 'push', null],
  ["fatal: repository 'https://git.example/o/r.git/' not found", 'read', null],
  ["fatal: unable to access 'https://x/': The requested URL returned error: 503", 'read', null],
  ["remote: Retry later\nfatal: unable to access 'https://x/': The requested URL returned error: 429", 'read', { of: 'rate', step: 'read', wait: null }],
  ["remote: Too many requests, retry after 90 seconds\nfatal: unable to access 'https://x/': The requested URL returned error: 403", 'push', { of: 'rate', step: 'push', wait: 90_000 }],
])('%j is about more than one repository', (stderr, step, wider) => {
  const error = new GitProcessError('x', 'failed', '', stderr);
  expect(classifyFailure(error, { step, ...place }).wider).toEqual(wider);
}); // prettier-ignore

test.each([
  ['!\ta:refs/heads/main\t[rejected] (stale info)', true],
  ['!\ta:refs/heads/main\t[rejected] (fetch first)', true],
  ['!\ta:refs/heads/main\t[rejected] (non-fast-forward)', true],
  ["!\ta:refs/heads/main\t[remote rejected] (cannot lock ref 'refs/heads/main': is at 0123abcd but expected 4567)", true],
  ['!\ta:refs/heads/main\t[remote rejected] (incorrect old value provided)', true],
  ["!\ta:refs/heads/main\t[remote rejected] (cannot lock ref 'refs/heads/main': 'refs/heads/main/x' exists; cannot create)", false],
  ['!\ta:refs/heads/main\t[remote rejected] (pre-receive hook declined)', false],
])('%j means that the branch moved: %s', (line, moved) => {
  expect(tipMoved(new GitProcessError('push', 'failed', `To x\n${line}\nDone\n`, ''))).toBe(moved);
}); // prettier-ignore

test('secrets and the user parts of addresses are removed', () => {
  expect(
    redact('a s3cret and s3cret-longer at https://u:p@host/x', ['s3cret', 's3cret-longer', '']),
  ).toBe('a [redacted] and [redacted] at https://[redacted]@host/x');
});

test("a host's long message is never cut inside a character, which Temporal would refuse", () => {
  const stderr = `remote: ${'a'.repeat(498)}😀 and much more of it`;
  const failure = classifyFailure(new GitProcessError('push', 'failed', '', stderr), {
    step: 'push',
    ...place,
  });
  expect(failure.message).toMatch(/aaa😀…$/u);
  const error = new GitProcessError('push', 'failed', '', `${'a'.repeat(499)}😀 and more`);
  expect(error.message).toMatch(/a😀$/u);
});
