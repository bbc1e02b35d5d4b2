import { poll } from '../poll.ts';
import type { OpenDrop } from './drops.ts';
import type { Player } from './people.ts';
import type { Setting } from './setting.ts';

/** A piece with its certificate, as it lies before its buyer. */
export interface OwnPiece {
  readonly gtin: string;
  readonly serial: number;
  readonly certificateId: string;
  /** uint256 in decimal digits. */
  readonly tokenId: string;
}

interface Units {
  edges: { node: { edition: { id: string }; units: { edges: { node: Unit }[] } } }[];
}

interface Unit {
  serial: number | null;
  orderId: string;
}

interface Certificates {
  edges: { node: { id: string; serial: number; tokenId: string } }[];
}

const UNITS = `query ($coopId: ID!) { runs(coopId: $coopId, first: 5) { edges { node {
  edition { id } units(first: 100) { edges { node { serial orderId } } } } } } }`;
const CERTIFICATES = `query ($coopId: ID!, $editionId: ID!) {
  certificates(coopId: $coopId, editionId: $editionId, first: 100) { edges { node { id serial tokenId } } } }`;

/** The pieces of an order by their serials; waits until the last of them has its certificate. */
export async function piecesOf(
  { coopId }: Setting,
  operator: Player,
  { editionId, gtin }: OpenDrop,
  orderId: string,
): Promise<OwnPiece[]> {
  const runs = await operator.api.ask<Units>(UNITS, { coopId });
  const serials = runs.edges
    .filter(({ node }) => node.edition.id === editionId)
    .flatMap(({ node }) => node.units.edges)
    .flatMap(({ node }) => (node.orderId === orderId && node.serial !== null ? [node.serial] : []));
  return poll('the certificates of an order', 60_000, async () => {
    const issued = await operator.api.ask<Certificates>(CERTIFICATES, { coopId, editionId });
    const pieces = issued.edges
      .filter(({ node }) => serials.includes(node.serial))
      .map(({ node: { id, serial, tokenId } }) => ({ gtin, serial, certificateId: id, tokenId }));
    return pieces.length === serials.length && pieces.sort((a, b) => a.serial - b.serial);
  });
}
