import {
  addressOfKey,
  type BundleRead,
  claimCall,
  claimDigest,
  type ClaimLinkRead,
  type Hex,
  isDisclosed,
  parseBundle,
  sameHex,
  signDigest,
} from '@touchmark/certificates';
import {
  askPreparation,
  askProgress,
  isProblem,
  type KnownPiece,
  type Progress,
  relayClaim,
} from './claim-api.ts';
import { blockTime, goToChain, inBlock, type Provider, sendByWallet } from './wallet.ts';

const DAY_SECONDS = 86_400;
const POLL_MS = 1500;

/** A piece whose certificate was read, by the service or from a file. */
export interface PieceToClaim {
  readonly read: BundleRead;
  readonly title: string;
  /** Null while the service is away: then only a wallet can send the claim. */
  readonly known: KnownPiece | null;
}

/** What the document says under a path; null when it is withheld or is no text. */
function said({ bundle }: BundleRead, path: string): string | null {
  const field = bundle.document.find((each) => each.path === path);
  return field && isDisclosed(field) && typeof field.value === 'string' ? field.value : null;
}

/** Reads the certificate of a piece and sees that it is of the number and the key under the seal; words when it is not. */
export function readPiece(
  text: string,
  seal: ClaimLinkRead & { readonly key: Hex },
  known: KnownPiece | null,
): PieceToClaim | string {
  const read = parseBundle(text.trim());
  if (read.kind === 'BundleRefused') return `This certificate cannot be used: ${read.message}`;
  const gtin = said(read, 'what.gtin');
  if (read.bundle.serial !== seal.serial || (gtin !== null && gtin !== seal.gtin))
    return `This is the certificate of another piece: serial ${String(read.bundle.serial)}.`;
  if (!sameHex(addressOfKey(seal.key), read.bundle.claimKey))
    return 'The key under the seal is not that of this certificate. Check the piece: it may have been tampered with.';
  return { read, title: known?.title ?? said(read, 'what.title') ?? 'This piece', known };
}

/** Who receives the token, and until when it is signed. */
interface Terms {
  readonly recipient: Hex;
  /** Seconds since 1970. */
  readonly deadline: number;
}

function termsOf({ read }: PieceToClaim, { recipient, deadline }: Terms): Hex {
  const { issuer, edition, serial } = read.bundle;
  return claimDigest(read.bundle, { issuer, edition: BigInt(edition), serial, recipient, deadline });
}

/** Has the co-op send the claim: what is signed is put together here, so that nobody else says what. Answers its id. */
export async function claimByRelay(piece: PieceToClaim, key: Hex, recipient: Hex): Promise<string> {
  const { known } = piece;
  if (known === null) throw new Error('The co-op’s service was not asked about this piece.');
  const prepared = await askPreparation(known.certificateId, recipient);
  if (prepared === null) throw new Error('The co-op does not know this piece any more.');
  if (isProblem(prepared)) throw new Error(prepared.problem);
  if (prepared.obstacle !== null) throw new Error(prepared.obstacle);
  const deadline = Math.floor(Date.parse(prepared.deadline) / 1000);
  const signature = signDigest(key, termsOf(piece, { recipient, deadline }));
  const { certificateId } = known;
  const claim = {
    certificateId,
    recipient,
    deadline: prepared.deadline,
    signature,
    requestId: crypto.randomUUID(),
  };
  const relayed = await relayClaim(claim);
  if (isProblem(relayed)) throw new Error(relayed.problem);
  return relayed.id;
}

/** Follows a claim that was relayed until it stands in a block or is given up. */
export async function followRelay(id: string, told: (progress: Progress) => void): Promise<Progress> {
  for (;;) {
    const progress = await askProgress(id).catch(() => null);
    if (progress !== null) told(progress);
    if (progress !== null && progress.state !== 'RELAYED') return progress;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

/** Why a wallet cannot send the claim itself; null when it can. */
export function walletObstacle({ read }: PieceToClaim, nowSeconds: number): string | null {
  const { inclusion } = read.bundle;
  if (inclusion === null)
    return 'This certificate is in no batch on chain yet, or was written anew: only the co-op can send its claim.';
  if (inclusion.cosignUntil <= nowSeconds) return null;
  const until = new Date(inclusion.cosignUntil * 1000).toISOString().slice(0, 10);
  return `Until ${until} each claim of this piece needs the co-op’s signature too, which a wallet alone does not have. Let the co-op send it, or wait until then.`;
}

/** Has one's own wallet send the claim to the contract; needs nobody's service but the wallet's node. */
export async function claimByWallet(
  piece: PieceToClaim,
  key: Hex,
  wallet: { readonly provider: Provider; readonly from: Hex },
  told: (hash: Hex) => void,
): Promise<Hex> {
  const { provider, from } = wallet;
  const { chainId, contract } = piece.read.bundle;
  await goToChain(provider, chainId);
  const now = await blockTime(provider);
  const obstacle = walletObstacle(piece, now);
  if (obstacle !== null) throw new Error(obstacle);
  const data = claimCall(piece.read.bundle, key, { recipient: from, deadline: now + DAY_SECONDS });
  const hash = await sendByWallet(provider, { from, to: contract, data });
  told(hash);
  await inBlock(provider, hash);
  return hash;
}
