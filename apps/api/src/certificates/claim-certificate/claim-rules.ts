import type { ClaimProof } from './claim-proof.js';
import type { Claimable } from './claims.repository.js';
import {
  AlreadyClaimed,
  CertificateIsWithdrawn,
  type ClaimRefusal,
  NotClaimableYet,
} from './claim-certificate.types.js';

const DAY_SECONDS = 86_400;

/**
 * Why this piece cannot be claimed now, as far as it is known here; the contract has the last word. `coSigns`: the key
 * that the issuer named to sign claims along is held here.
 */
export function claimObstacle(
  piece: Claimable,
  proof: ClaimProof | null,
  nowSeconds: number,
  coSigns: boolean,
): Exclude<ClaimRefusal, { readonly kind: 'NotFound' | 'ClaimKeyWrong' }> | null {
  if (piece.withdrawn) return new CertificateIsWithdrawn();
  if (piece.claimState !== null) return new AlreadyClaimed(piece.claimedAt);
  if (piece.voided)
    return new NotClaimableYet(
      'The maker took back the anchoring of this piece within the time for objections. Ask the co-op; it can be claimed once it is certified anew.',
    );
  if (proof === null)
    return new NotClaimableYet(
      'This piece is not anchored on chain yet. Try again when its check says GENUINE.',
    );
  const { cosignUntil, time } = proof.inclusion;
  const claimableAt = time + piece.objectionDays * DAY_SECONDS;
  if (nowSeconds < claimableAt)
    return new NotClaimableYet(
      `The maker may still object to the anchoring of this piece until ${instantOf(claimableAt)}. It can be claimed from then on.`,
    );
  if (nowSeconds > cosignUntil) return null;
  const until = instantOf(cosignUntil);
  const needs = `Claims of this piece need a second signature of its maker until ${until}.`;
  if (!coSigns) return new NotClaimableYet(`${needs} The key for it is not at hand here; ask the co-op.`);
  return piece.handedOver
    ? null
    : new NotClaimableYet(
        `${needs} It is given once the piece was handed over to its buyer, which it was not yet.`,
      );
}

function instantOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString();
}
