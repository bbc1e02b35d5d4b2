// Names that no public web site has; what they lead to is somebody's own network.
const PRIVATE_SUFFIXES: ReadonlySet<string> = new Set([
  'localhost',
  'local',
  'internal',
  'arpa',
  'onion',
  'alt',
]);
const LABEL = /^(?!-)[a-z0-9-]{1,63}(?<!-)$/;

/**
 * Says why a text is not the name of a public web site that an issuer can be bound to (lower-case letters, digits and
 * hyphens in at least two labels; no address, port, path or user), or null when it is one.
 */
export function domainProblem(domain: string): string | null {
  const labels = domain.split('.');
  const last = labels.at(-1) ?? '';
  if (domain.length > 253 || labels.length < 2 || !labels.every((label) => LABEL.test(label)))
    return 'it is not a domain name in lower case, such as example.org';
  // Whatever ends in a number is read as an address by web clients.
  if (/^(\d+|0x[0-9a-f]*)$/.test(last)) return 'it is an address and not a domain name';
  return PRIVATE_SUFFIXES.has(last) ? `no public web site ends in .${last}` : null;
}
