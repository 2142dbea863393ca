import { X509Certificate } from 'node:crypto';
import type { Socket } from 'node:net';
import { connect } from 'node:tls';
import { isIP } from 'node:net';
import { bareHostname, type AddressPolicy } from '../../network/address-policy.ts';
import { portOf } from '../../network/proxies.ts';
import { createReach, type NetworkSettings } from '../../network/reach.ts';

/** The certificate that a server shows, and what our TLS clients would say of it. */
export interface ShownCertificate {
  /** Whose it is, as it says itself. */
  name: string;
  validFrom: Date;
  validTo: Date;
  /** Why it would be refused: Node's code; `null` if it would not. */
  refused: string | null;
}

/** What {@link readServerCertificate} needs. */
export interface ReadCertificateOptions {
  network: NetworkSettings;
  /** `null`: the operator's own server, at whatever address. */
  policy: AddressPolicy | null;
  /** Milliseconds. */
  timeout: number;
}

/** Asks an `https:` server for its certificate, in the way that Gitward takes, and sends nothing else. Rejects if it cannot be reached. */
export async function readServerCertificate(
  url: URL,
  { network, policy, timeout }: ReadCertificateOptions,
): Promise<ShownCertificate> {
  const reach = createReach(network, policy);
  const proxy = reach.proxyFor(url);
  const host = bareHostname(url.hostname);
  const through = proxy === null ? null : await reach.open(url, proxy, timeout);
  const [address] = through === null && policy !== null ? await policy.resolve(host) : [];
  const socket = connect({
    ...(through === null
      ? { host: address?.address ?? host, port: portOf(url) }
      : { socket: through }),
    ...(isIP(host) === 0 && { servername: host }),
    ...(reach.trust !== undefined && { secureContext: reach.trust }),
    // It is only looked at.
    rejectUnauthorized: false,
  });
  try {
    await connected(socket, timeout);
    const shown = new X509Certificate(socket.getPeerCertificate().raw);
    const named = isIP(host) === 0 ? shown.checkHost(host) : shown.checkIP(host);
    const refused = socket.authorizationError as Error | string | null;
    return {
      name: /(?:^|\n)CN=([^\n]*)/.exec(shown.subject)?.[1] ?? host,
      validFrom: new Date(shown.validFrom),
      validTo: new Date(shown.validTo),
      refused: codeOf(refused) ?? (named === undefined ? 'ERR_TLS_CERT_ALTNAME_INVALID' : null),
    };
  } finally {
    socket.destroy();
  }
}

/** Its type says an error, and it is a code. */
function codeOf(refused: Error | string | null): string | null {
  if (refused === null || typeof refused === 'string') return refused;
  return 'code' in refused ? String(refused.code) : refused.message;
}

function connected(socket: Socket, timeout: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error(`there was no answer in ${timeout / 1_000} s`)),
      timeout,
    );
    const end = (then: () => void) => {
      clearTimeout(timer);
      then();
    };
    socket.once('secureConnect', () => end(resolve));
    socket.once('error', (error) => end(() => reject(error)));
    socket.once('close', () => end(() => reject(new Error('the connection was closed'))));
  });
}
