import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { claimLink } from '@touchmark/certificates';
import pg from 'pg';
import type { Hex } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';
import { openClaimKey } from '../../../api/src/certificates/issue-certificate/seal.ts';
import { poll } from '../poll.ts';
import { requestIdOf, type Api } from './api.ts';
import type { OwnPiece } from './pieces.ts';

type Settings = Readonly<Record<string, string | undefined>>;

interface Preparation {
  obstacle: string | null;
  claimedSince: string | null;
  deadline: string;
  proof: { digest: Hex } | null;
}

const PREPARATION = `query ($certificateId: ID!, $recipient: String!) {
  claimPreparation(certificateId: $certificateId, recipient: $recipient) {
    obstacle claimedSince deadline proof { digest } } }`;

/** The key under the seal of a piece. Nobody but its card tells it, so the story looks where the printer of cards does. */
async function sealedKey(settings: Settings, { certificateId, tokenId }: OwnPiece): Promise<Hex> {
  const client = new pg.Client({ connectionString: settings['DATABASE_URL'] });
  await client.connect();
  try {
    const { rows } = await client.query<{ sealed: Buffer }>(
      'SELECT sealed_claim_key AS sealed FROM certificate WHERE id = $1',
      [certificateId],
    );
    const [row] = rows;
    if (row === undefined) throw new Error(`there is no certificate ${certificateId}`);
    const file = readFileSync(join(settings['KEYS_DIR'] ?? '', 'claim-seal.key'), 'utf8');
    return openClaimKey(Buffer.from(file.trim().slice(2), 'hex'), tokenId, row.sealed);
  } finally {
    await client.end();
  }
}

/** What is printed under the seal of a piece. */
export async function claimPath(settings: Settings, piece: OwnPiece): Promise<string> {
  return claimLink(piece.gtin, piece.serial, await sealedKey(settings, piece));
}

/** An address of this role, the same for ever; nobody was ever told its key. */
const walletOf = (role: string): Hex =>
  privateKeyToAccount(`0x${createHash('sha256').update(`touchmark story: wallet of ${role}`).digest('hex')}`)
    .address;

/** The buyer opens the seal and has the co-op send the claim; ends once it stands in a block. */
export async function claim(api: Api, settings: Settings, piece: OwnPiece, role: string): Promise<void> {
  const { certificateId } = piece;
  const recipient = walletOf(role);
  const seal = privateKeyToAccount(await sealedKey(settings, piece));
  await poll('a piece to be claimed', 60_000, async () => {
    const prepared = await api.ask<Preparation>(PREPARATION, { certificateId, recipient });
    const { obstacle, claimedSince, deadline, proof } = prepared;
    if (claimedSince !== null) return true;
    // Not anchored yet, or a claim is on its way: also that of a story that was killed here.
    if (obstacle !== null || proof === null) return false;
    await api.does('claimCertificate', 'ClaimRelayed', 'claim { id }', {
      ...{ certificateId, recipient, deadline },
      signature: await seal.sign({ hash: proof.digest }),
      requestId: requestIdOf(`claim ${certificateId} until ${deadline}`),
    });
    return false;
  });
}
