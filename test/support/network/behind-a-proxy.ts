import { parseNoProxy } from '../../../network/no-proxy.ts';
import { parseProxy } from '../../../network/proxies.ts';
import { readCertificates } from '../../../network/certificates.ts';
import type { LookupAll } from '../../../network/address-policy.ts';
import type { NetworkSettings } from '../../../network/reach.ts';
import { makeCertificateAuthority, type CertificateAuthority } from './certificate-authority.ts';
import { startConnectProxy, type ConnectProxy } from './connect-proxy.ts';
import { startTlsFront, type TlsFront } from './tls-front.ts';

/** A public address; the proxy is what keeps tests from going there. */
export const publicAddress = '93.184.216.34';

/** A network that is left only through a proxy, with hosts that have certificates of a private authority. */
export interface BehindAProxy {
  proxy: ConnectProxy;
  authority: CertificateAuthority;
  /** Name → addresses. Names that are not here do not resolve. */
  names: Map<string, string[]>;
  lookup: LookupAll;
  /** What `HTTPS_PROXY` and `GITWARD_CA_FILE` would make of it. */
  settings(more?: { noProxy?: string; proxyUrl?: string; trustProxyDns?: boolean; caFile?: string | null }): NetworkSettings; // prettier-ignore
  /** Puts a server on loopback behind TLS, as a host that the proxy reaches at each of these (`host:port`). */
  addHost(behind: string, ...authorities: string[]): Promise<TlsFront>;
  close(): Promise<void>;
}

/** Starts the proxy. Close it after use. */
export async function startBehindAProxy(): Promise<BehindAProxy> {
  const [proxy, authority] = await Promise.all([startConnectProxy(), makeCertificateAuthority()]);
  const names = new Map<string, string[]>();
  const fronts: TlsFront[] = [];
  return {
    proxy,
    authority,
    names,
    lookup: (hostname) => {
      const found = names.get(hostname);
      if (found !== undefined)
        return Promise.resolve(
          found.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
        );
      const error = new Error(`getaddrinfo ENOTFOUND ${hostname}`);
      return Promise.reject(Object.assign(error, { code: 'ENOTFOUND' }));
    },
    settings({
      noProxy = '',
      proxyUrl = proxy.url,
      trustProxyDns = false,
      caFile = authority.file,
    } = {}) {
      // prettier-ignore
      const through = parseProxy(proxyUrl, 'HTTPS_PROXY');
      return {
        proxies: { https: through, http: through, isExempt: parseNoProxy(noProxy) },
        trustProxyDns,
        certificates:
          caFile === null
            ? { files: [], pem: [] }
            : { files: [caFile], pem: readCertificates(caFile) },
      };
    },
    async addHost(behind, ...authorities) {
      const hosts = authorities.map((one) => one.replace(/:\d+$/, ''));
      const front = await startTlsFront(await authority.certificateFor(...hosts), behind);
      fronts.push(front);
      for (const one of authorities) proxy.routes.set(one, front.port);
      return front;
    },
    async close() {
      await Promise.all([proxy.close(), ...fronts.map((front) => front.close())]);
      await authority.remove();
    },
  };
}
