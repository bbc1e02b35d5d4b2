import type { Bundle, JsonValue } from '@touchmark/certificates';
import { nameOf, pieceOf } from '../piece.js';

/** The media type and JOSE `typ` of a credential that is secured as a JWT (Securing VCs using JOSE and COSE, 3.1.1). */
export const CREDENTIAL_TYPE = 'application/vc+jwt';
export const CREDENTIAL_JWT = 'vc+jwt';

/** How long a credential is good for, in days: nobody can call it back, so it ends, and whoever needs it asks again. */
export const CREDENTIAL_DAYS = 90;

const OWN = 'urn:touchmark:credential:';
const own = (name: string): string => `${OWN}${name}`;

/**
 * What our terms mean to whoever reads a credential as linked data. It stands in each credential, so it is signed with it and nobody
 * has to fetch it; terms of schema.org where they mean the same.
 */
const OWN_TERMS = {
  '@protected': true,
  TouchmarkCertificate: own('Certificate'),
  TouchmarkPiece: own('Piece'),
  TouchmarkBundle: own('Bundle'),
  title: 'https://schema.org/name',
  gtin: 'https://schema.org/gtin',
  sku: 'https://schema.org/sku',
  materials: 'https://schema.org/material',
  serial: own('serial'),
  editionSize: own('editionSize'),
  passedAt: { '@id': own('passedAt'), '@type': 'http://www.w3.org/2001/XMLSchema#dateTime' },
  makers: own('maker'),
  kind: own('makerKind'),
  creditBasisPoints: own('creditBasisPoints'),
  token: own('token'),
  chainId: own('chainId'),
  contract: own('contract'),
  tokenId: own('tokenId'),
  format: own('bundleFormat'),
  bundle: own('bundle'),
} as const satisfies JsonValue;

/** What a credential is written from. */
export interface CredentialInput {
  readonly bundle: Bundle;
  /** The canonical text of the bundle with its proof, and its SHA-256 in base64. */
  readonly text: string;
  readonly sha256: string;
  /** The did:web of the domain that the issuer names on chain. */
  readonly issuer: string;
  /** Absolute addresses: of the credential, of the bundle, and the printed link. */
  readonly links: { readonly credential: string; readonly bundle: string; readonly page: string };
  readonly now: Date;
}

/**
 * A W3C Verifiable Credential (Data Model 2.0) that says what a final certificate says of its piece, with the whole bundle as
 * evidence: it is believed for its signature, and can be checked without it.
 */
export function credentialOf(input: CredentialInput): Readonly<Record<string, JsonValue>> {
  const { bundle, links, issuer, now } = input;
  const piece = pieceOf(bundle);
  const ends = new Date(now.getTime() + CREDENTIAL_DAYS * 86_400_000);
  return {
    '@context': ['https://www.w3.org/ns/credentials/v2', OWN_TERMS],
    id: links.credential,
    type: ['VerifiableCredential', 'TouchmarkCertificate'],
    name: nameOf(piece),
    issuer: { id: issuer, ...(piece.coop === null ? {} : { name: piece.coop }) },
    validFrom: now.toISOString(),
    validUntil: ends.toISOString(),
    credentialSubject: {
      id: links.page,
      type: 'TouchmarkPiece',
      serial: piece.serial,
      ...present({
        title: piece.title,
        gtin: piece.gtin,
        sku: piece.sku,
        materials: piece.materials,
        editionSize: piece.size,
        passedAt: piece.passedAt?.toISOString() ?? null,
      }),
      makers: piece.making.makers.map(({ name, kind, share }) => ({
        ...{ name, kind },
        ...(share === null ? {} : { creditBasisPoints: share }),
      })),
      token: { chainId: bundle.chainId, contract: bundle.contract, tokenId: piece.tokenId },
    },
    evidence: [
      {
        id: links.bundle,
        type: ['TouchmarkBundle'],
        format: bundle.format,
        digestSRI: `sha256-${input.sha256}`,
        bundle: input.text,
      },
    ],
  };
}

function present(values: Readonly<Record<string, string | number | null>>): Record<string, string | number> {
  return Object.fromEntries(
    Object.entries(values).filter((entry): entry is [string, string | number] => entry[1] !== null),
  );
}
