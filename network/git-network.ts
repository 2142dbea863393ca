import { existsSync } from 'node:fs';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { rootCertificates } from 'node:tls';
import type { StreamFailure, Unreachable } from '../model/streams/errors.ts';
import type { AddressPolicy } from './address-policy.ts';
import { createForwarder } from './forwarder.ts';
import { authorityOf } from './proxies.ts';
import { createReach, type NetworkSettings } from './reach.ts';

/** How git reaches hosts, as the settings say. */
export interface GitNetwork {
  /** Configuration of every run against a remote: the certificates. */
  readonly config: Readonly<Record<string, string>>;
  /**
   * What leads git to the host of an address through the proxy; `null` if it is reached directly. Rejects with
   * `StreamFailure` (`address_refused`) or `Unreachable` if it must not, or cannot, be reached.
   */
  passageTo(url: URL): Promise<GitPassage | null>;
  /** Ends all connections. */
  close(): Promise<void>;
}

/** A way through the proxy to one host. */
export interface GitPassage {
  config: Readonly<Record<string, string>>;
  /** It is in the configuration, and must not appear in any text. */
  secret: string;
  /** Why the last connection failed on its way; `null` if it did not. */
  problem(): StreamFailure | Unreachable | null;
}

/** Where systems keep the public authorities in one file: Debian and Alpine, Fedora, openSUSE, macOS and BSD. */
const systemBundles = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/ca-bundle.pem',
  '/etc/ssl/cert.pem',
];

/** What {@link createGitNetwork} needs. */
export interface GitNetworkOptions {
  settings: NetworkSettings;
  policy: AddressPolicy;
  /** Where a file with all certificates is written, if the settings name any. */
  bundleFile: string;
}

/**
 * Makes git go where our own clients go: `https:` through the proxy (`http:` always directly, because git would send such
 * requests to the proxy unjudged), and with the certificates of the settings next to those of the system.
 */
export async function createGitNetwork(options: GitNetworkOptions): Promise<GitNetwork> {
  const { settings, policy, bundleFile } = options;
  const reach = createReach(settings, policy);
  const forwarder = createForwarder(reach);
  const { pem } = settings.certificates;
  if (pem.length > 0) await writeBundle(bundleFile, pem);
  return {
    config: pem.length > 0 ? { 'http.sslCAInfo': bundleFile } : {},
    async passageTo(url) {
      if (url.protocol !== 'https:' || reach.proxyFor(url) === null) return null;
      await reach.check(url);
      return {
        config: { 'http.proxy': await forwarder.url(), 'http.proxyAuthMethod': 'basic' },
        secret: forwarder.secret,
        problem: () => forwarder.problemOf(authorityOf(url)),
      };
    },
    close: () => forwarder.close(),
  };
}

/** Git gets one file instead of its usual one, so the public authorities have to be in it. Others may write the same one at a time. */
async function writeBundle(file: string, pem: readonly string[]): Promise<void> {
  const system = systemBundles.find((path) => existsSync(path));
  const known = system === undefined ? rootCertificates.join('\n') : await readFile(system, 'utf8');
  const unfinished = `${file}.${process.pid}`;
  await writeFile(unfinished, `${known.trimEnd()}\n${pem.join('\n')}\n`);
  await rename(unfinished, file);
}
