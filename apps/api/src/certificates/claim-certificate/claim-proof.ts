import { Inject, Injectable } from '@nestjs/common';
import {
  type Hex,
  type Home,
  type Inclusion,
  claimDigest,
  coSignDigest,
  signDigest,
  tokenPartsOf,
} from '@touchmark/certificates';
import { Issuers, type ReceiptsCall } from '../../chain/index.js';
import { Database } from '../../platform/database/index.js';
import { Bundles } from '../show-certificates/bundles.js';
import type { Claim, Claimable } from './claims.repository.js';

/** Who shall receive the token, and until which second since 1970 the contract takes the claim. */
export interface ClaimTerms {
  readonly recipient: Hex;
  readonly deadline: number;
}

/** All that a claim consists of but the signature of the piece's key. */
export interface ClaimProof {
  readonly home: Home;
  readonly issuer: Hex;
  readonly edition: bigint;
  readonly serial: number;
  readonly inclusion: Inclusion;
}

/** Puts together what the contract asks of a claim, from what is stored here. */
@Injectable()
export class ClaimProofs {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Issuers) private readonly issuers: Issuers,
    @Inject(Bundles) private readonly bundles: Bundles,
  ) {}

  /** Null until the batch of the piece is anchored, and once that is voided. */
  async of(piece: Claimable): Promise<ClaimProof | null> {
    if (piece.voided) return null;
    const issuer = await this.issuers.of(this.database, piece.coopId);
    const inclusion = await this.bundles.inclusionOf(piece);
    if (issuer === null || inclusion === null) return null;
    const { chainId, contract } = issuer;
    return { home: { chainId, contract }, ...tokenPartsOf(BigInt(piece.tokenId)), inclusion };
  }
}

/** The EIP-712 digest that the piece's key signs. */
export function digestToSign({ home, issuer, edition, serial }: ClaimProof, terms: ClaimTerms): Hex {
  return claimDigest(home, { issuer, edition, serial, ...terms });
}

/**
 * The signature of the co-signer beside that of the piece's key; empty when the batch asks for none, `key` is null, or the
 * piece is not with its buyer: whether claims are free by now is for the contract to say, never for a node's clock.
 */
export function coSignatureOf(
  { handedOver }: Pick<Claimable, 'handedOver'>,
  proof: ClaimProof,
  claim: Pick<Claim, 'recipient' | 'deadline'>,
  key: Hex | null,
): Hex {
  const { home, issuer, edition, serial, inclusion } = proof;
  if (!handedOver || inclusion.cosignUntil === 0 || key === null) return '0x';
  const deadline = Math.floor(claim.deadline.getTime() / 1000);
  return signDigest(
    key,
    coSignDigest(home, { issuer, edition, serial, recipient: claim.recipient, deadline }),
  );
}

/** The call of the contract that makes the claim. */
export function claimCall(
  proof: ClaimProof,
  certificateDigest: Hex,
  claim: Pick<Claim, 'recipient' | 'deadline' | 'signature'>,
  coSignature: Hex,
): Extract<ReceiptsCall, { functionName: 'claim' }> {
  const { issuer, edition, serial, inclusion } = proof;
  const { firstSerial, count, root, time, cosignUntil, path } = inclusion;
  return {
    functionName: 'claim',
    args: [
      {
        issuer,
        edition,
        serial,
        recipient: claim.recipient,
        deadline: BigInt(Math.floor(claim.deadline.getTime() / 1000)),
        certificateDigest,
        batch: { firstSerial, count, root, time: BigInt(time), cosignUntil },
        path,
        claimSignature: claim.signature,
        coSignature,
      },
    ],
  };
}
