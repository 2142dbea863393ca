import ipaddr from 'ipaddr.js';

/**
 * Metadata services of clouds, which hand out identities and keys. Never allowed, not even when
 * private networks are.
 */
const metadataAddresses = new Set([
  '169.254.169.254',
  '169.254.170.2',
  '169.254.170.23',
  '100.100.100.200',
  '168.63.129.16',
  'fd00:ec2::254',
  'fd00:ec2::23',
  'fd20:ce::254',
]);

/**
 * What clouds call these services, in case somebody else resolves the name:
 * https://cloud.google.com/compute/docs/metadata/overview and Amazon's DNS.
 */
const metadataNames = new Set([
  'metadata.google.internal',
  'metadata.goog',
  'instance-data.ec2.internal',
]);

/** Whether a host name is that of a cloud's metadata service. */
export function isMetadataName(name: string): boolean {
  return metadataNames.has(name);
}

/** Whether a host (a name, or an IP address without brackets) is this machine itself. */
export function isLoopbackHost(host: string): boolean {
  if (ipaddr.isValid(host)) return ipaddr.process(host).range() === 'loopback';
  return host === 'localhost' || host.endsWith('.localhost');
}

/** The ipaddr.js ranges that belong to a private network. */
const privateRanges = new Set([
  'loopback',
  'private',
  'uniqueLocal',
  'linkLocal',
  'carrierGradeNat',
]);

/**
 * Why we must not connect to an IP address, as a sentence; `null` if we may. Public unicast is
 * always allowed, private networks if the setting says so, and anything else never (mapped IPv4,
 * NAT64 and 6to4, which would bypass the check; multicast; reserved; a cloud's metadata service).
 */
export function judgeAddress(address: string, allowPrivateNetwork: boolean): string | null {
  const ip = ipaddr.parse(address);
  const canonical = ip.toString();
  if (metadataAddresses.has(canonical)) return `${canonical} is a cloud's metadata service.`;
  const range = ip.range();
  if (privateRanges.has(range)) {
    if (allowPrivateNetwork) return null;
    return `${canonical} is a private address (${range}). GITWARD_ALLOW_PRIVATE_NETWORK=true allows it.`;
  }
  // RFC 4291, section 2.4: so far, all public addresses are assigned from 2000::/3.
  const isPublic =
    range === 'unicast' && (ip.kind() === 'ipv4' || (ip.toByteArray()[0] ?? 0) >> 5 === 1);
  return isPublic ? null : `${canonical} is not a public address (${range}).`;
}
