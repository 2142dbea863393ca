import ipaddr from 'ipaddr.js';

/** Where clouds answer who we are and with which keys: never ours to ask, also where private networks are allowed. */
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

/** Ranges of ipaddr.js that belong to one's own network. */
const privateRanges = new Set([
  'loopback',
  'private',
  'uniqueLocal',
  'linkLocal',
  'carrierGradeNat',
]);

/**
 * Why an IP address must not be connected to, as a sentence; `null` where it may. Public unicast is
 * always allowed, one's own networks by the setting, and anything else (mapped IPv4, NAT64 and 6to4
 * that would reach around the check, multicast, reserved, a cloud's metadata service) never.
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
  // RFC 4291, section 2.4: what is assigned for the Internet lies in 2000::/3 so far.
  const isPublic =
    range === 'unicast' && (ip.kind() === 'ipv4' || (ip.toByteArray()[0] ?? 0) >> 5 === 1);
  return isPublic ? null : `${canonical} is not a public address (${range}).`;
}
