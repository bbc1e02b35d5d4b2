import { BlockList, isIPv4, isIPv6 } from 'node:net';

// IANA's special-purpose registry for IPv4, and what is multicast or reserved.
const IPV4_NOT_PUBLIC: readonly (readonly [string, number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
];

// What is in use of IPv6 begins with 001; within it these are for protocols, documentation and tunnels to IPv4.
const IPV6_PUBLIC: readonly [string, number] = ['2000::', 3];
const IPV6_NOT_PUBLIC: readonly (readonly [string, number])[] = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
];

const closed = new BlockList();
for (const [net, bits] of IPV4_NOT_PUBLIC) closed.addSubnet(net, bits, 'ipv4');
for (const [net, bits] of IPV6_NOT_PUBLIC) closed.addSubnet(net, bits, 'ipv6');
const open = new BlockList();
open.addSubnet(...IPV6_PUBLIC, 'ipv6');

/** Tells whether an IP address is one of the public internet, so that a request to it reaches nobody's own network. */
export function isPublicAddress(address: string): boolean {
  if (isIPv4(address)) return !closed.check(address, 'ipv4');
  return isIPv6(address) && open.check(address, 'ipv6') && !closed.check(address, 'ipv6');
}
