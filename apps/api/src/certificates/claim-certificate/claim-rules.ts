import type { ClaimProof } from './claim-proof.js';
import type { Claimable } from './claims.repository.js';
import {
  AlreadyClaimed,
  CertificateIsWithdrawn,
  type ClaimRefusal,
  NotClaimableYet,
} from './claim-certificate.types.js';

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
  if (proof === null)
    return new NotClaimableYet(
      'This piece is not anchored on chain yet. Try again when its check says GENUINE.',
    );
  const { cosignUntil } = proof.inclusion;
  if (nowSeconds > cosignUntil) return null;
  const until = new Date(cosignUntil * 1000).toISOString();
  const needs = `Claims of this piece need a second signature of its maker until ${until}.`;
  if (!coSigns) return new NotClaimableYet(`${needs} The key for it is not at hand here; ask the co-op.`);
  return piece.handedOver
    ? null
    : new NotClaimableYet(
        `${needs} It is given once the piece was handed over to its buyer, which it was not yet.`,
      );
}
