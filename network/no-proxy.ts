import ipaddr from 'ipaddr.js';

/** Whether a host (a name or an IP address, in lower case and without brackets) is reached without a proxy. */
export type IsExempt = (host: string, port: number) => boolean;

/**
 * Reads a `NO_PROXY` list: names (which include what is below them, with or without a leading dot or `*.`),
 * IP addresses, networks (`10.0.0.0/8`), any of the first two with `:port`, and `*` for everything. The parts
 * are separated by commas or spaces.
 */
export function parseNoProxy(text: string): IsExempt {
  const rules = text
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((part) => part !== '')
    .map(parsePart);
  return (host, port) => rules.some((matches) => matches(host, port));
}

function parsePart(part: string): IsExempt {
  if (part === '*') return () => true;
  if (ipaddr.isValidCIDR(part)) {
    const [network, bits] = ipaddr.parseCIDR(part);
    return (host) => {
      const ip = parseAddress(host);
      return ip?.kind() === network.kind() && ip.match(network, bits);
    };
  }
  const { host: wanted, port: onPort } = splitPort(part);
  const address = parseAddress(wanted)?.toString();
  const name = wanted.replace(/^\*?\./, '').replace(/\.$/, '');
  return (host, port) => {
    if (onPort !== null && onPort !== port) return false;
    if (address !== undefined) return parseAddress(host)?.toString() === address;
    return host === name || host.endsWith(`.${name}`);
  };
}

/** `host:port`, `[IPv6]:port`, or either without a port; an IPv6 address without brackets has none. */
function splitPort(part: string): { host: string; port: number | null } {
  if (ipaddr.isValid(part)) return { host: part, port: null };
  const [, bracketed, plain, port] = /^(?:\[(.*)\]|([^:]*))(?::(\d+))?$/.exec(part) ?? [];
  return { host: bracketed ?? plain ?? part, port: port === undefined ? null : Number(port) };
}

function parseAddress(host: string): ipaddr.IPv4 | ipaddr.IPv6 | null {
  return ipaddr.isValid(host) ? ipaddr.process(host) : null;
}
