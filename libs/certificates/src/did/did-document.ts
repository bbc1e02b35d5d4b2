import type { Hex } from '../hex.js';
import type { Home } from '../typed-data.js';
import type { JsonValue } from '../canonical-json.js';

/** Where a domain says who issues in its name (did:web, method specification of the W3C credentials group). */
export const DID_PATH = '/.well-known/did.json';

/** The type of the service entries that name issuers. */
export const ISSUER_SERVICE = 'TouchmarkIssuer';

/** One issuer in the name of a domain; a home counts from `validFrom` to before `validUntil`, in seconds since 1970. */
export interface NamedIssuer extends Home {
  readonly issuer: Hex;
  readonly validFrom: number | null;
  readonly validUntil: number | null;
}

/** A public key by which the domain signs credentials: the JWK (public members only) under the name of its fragment. */
export interface DidKey {
  readonly name: string;
  readonly jwk: Readonly<Record<string, string>>;
}

/** The did:web identifier of a host, whose port is written behind it when it is not that of https. */
export function didOf(host: string): string {
  return `did:web:${host.toLowerCase().replace(':', '%3A')}`;
}

/** How a did.json writes one issuer at one home: `touchmark:chainId:contract:issuer`, lower case. */
export function issuerEndpoint({ chainId, contract }: Home, issuer: Hex): string {
  return `touchmark:${chainId}:${contract}:${issuer}`.toLowerCase();
}

/** Builds the did.json of a host: its issuers as services, its credential keys as verification methods. */
export function didDocument(
  host: string,
  issuers: readonly NamedIssuer[],
  keys: readonly DidKey[],
): Readonly<Record<string, JsonValue>> {
  const id = didOf(host);
  const method = (name: string): string => `${id}#${name}`;
  return {
    '@context': ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/suites/jws-2020/v1'],
    id,
    verificationMethod: keys.map(({ name, jwk }) => ({
      ...{ id: method(name), type: 'JsonWebKey2020', controller: id, publicKeyJwk: { ...jwk } },
    })),
    assertionMethod: keys.map(({ name }) => method(name)),
    service: issuers.map((named) => ({
      id: method(
        `issuer-${named.chainId}-${named.contract.slice(2, 10)}-${named.issuer.slice(2)}`.toLowerCase(),
      ),
      type: ISSUER_SERVICE,
      serviceEndpoint: issuerEndpoint(named, named.issuer),
      ...(named.validFrom === null ? {} : { validFrom: instantOf(named.validFrom) }),
      ...(named.validUntil === null ? {} : { validUntil: instantOf(named.validUntil) }),
    })),
  };
}

function instantOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString();
}
