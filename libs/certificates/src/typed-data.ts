import { fromHex, type Hex, keccak, toHex, uintBytes, utf8 } from './hex.js';

/** The chain and the contract that a signature is bound to (EIP-712 name "Touchmark", version "1"). */
export interface Home {
  readonly chainId: number;
  readonly contract: Hex;
}

/** What a claim key, and where asked the co-signer, signs; deadline in seconds since 1970. */
export interface ClaimTerms {
  readonly issuer: Hex;
  readonly edition: bigint;
  readonly serial: number;
  readonly recipient: Hex;
  readonly deadline: bigint | number;
}

const CLAIM_FIELDS = '(address issuer,uint64 edition,uint32 serial,address recipient,uint64 deadline)';
const DOMAIN_TYPE = typeHash(
  'EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)',
);
const CERTIFICATE_TYPE = typeHash('Certificate(uint256 tokenId,bytes32 documentRoot,address claimKey)');
const ANCHOR_TYPE = typeHash(
  'Anchor(address issuer,uint64 edition,uint32 firstSerial,uint32 count,bytes32 root)',
);
const COSIGNED_ANCHOR_TYPE = typeHash(
  'CosignedAnchor(address issuer,uint64 edition,uint32 firstSerial,uint32 count,bytes32 root,uint32 cosignUntil)',
);
const CLAIM_TYPE = typeHash(`Claim${CLAIM_FIELDS}`);
const COSIGN_TYPE = typeHash(`CoSign${CLAIM_FIELDS}`);
const NAME = keccak(utf8('Touchmark'));
const VERSION = keccak(utf8('1'));

/** The EIP-712 domain separator of a home; 32 bytes. */
export function domainSeparator(home: Home): Hex {
  return toHex(separatorOf(home));
}

function separatorOf({ chainId, contract }: Home): Uint8Array {
  return keccak(DOMAIN_TYPE, NAME, VERSION, uintBytes(chainId, 32), address(contract));
}

/** The digest that an issuer's signer signs for one certificate. */
export function certificateDigest(
  home: Home,
  certificate: { tokenId: bigint; documentRoot: Hex; claimKey: Hex },
): Hex {
  const { tokenId, documentRoot, claimKey } = certificate;
  return digest(home, CERTIFICATE_TYPE, uintBytes(tokenId, 32), fromHex(documentRoot, 32), address(claimKey));
}

/** One batch of `count` certificates from `firstSerial` on, as a publisher signs it. */
export interface AnchorTerms {
  readonly issuer: Hex;
  readonly edition: bigint;
  readonly firstSerial: number;
  readonly count: number;
  readonly root: Hex;
}

/** The digest that an issuer's publisher signs for one batch whose claims need no co-signature. */
export function anchorDigest(home: Home, anchor: AnchorTerms): Hex {
  return digest(home, ANCHOR_TYPE, ...anchorWords(anchor));
}

/** The digest for one batch whose claims need a co-signature until `cosignUntil`, in seconds since 1970. */
export function cosignedAnchorDigest(
  home: Home,
  anchor: AnchorTerms & { readonly cosignUntil: number },
): Hex {
  return digest(home, COSIGNED_ANCHOR_TYPE, ...anchorWords(anchor), word(anchor.cosignUntil, 4));
}

function anchorWords({ issuer, edition, firstSerial, count, root }: AnchorTerms): Uint8Array[] {
  return [address(issuer), word(edition, 8), word(firstSerial, 4), word(count, 4), fromHex(root, 32)];
}

/** The digest that a piece's claim key signs to give the token to the recipient. */
export function claimDigest(home: Home, terms: ClaimTerms): Hex {
  return digest(home, CLAIM_TYPE, ...claimWords(terms));
}

/** The digest that an issuer's co-signer signs over the same terms, while co-signing is asked for. */
export function coSignDigest(home: Home, terms: ClaimTerms): Hex {
  return digest(home, COSIGN_TYPE, ...claimWords(terms));
}

function claimWords({ issuer, edition, serial, recipient, deadline }: ClaimTerms): Uint8Array[] {
  return [address(issuer), word(edition, 8), word(serial, 4), address(recipient), word(deadline, 8)];
}

function digest(home: Home, type: Uint8Array, ...words: Uint8Array[]): Hex {
  const struct = keccak(type, ...words);
  return toHex(keccak(Uint8Array.of(0x19, 0x01), separatorOf(home), struct));
}

function typeHash(type: string): Uint8Array {
  return keccak(utf8(type));
}

function address(hex: Hex): Uint8Array {
  return leftPad(fromHex(hex, 20));
}

// The width is checked before padding: the contract would refuse a number that does not fit its type.
function word(value: bigint | number, byteLength: number): Uint8Array {
  return leftPad(uintBytes(value, byteLength));
}

function leftPad(bytes: Uint8Array): Uint8Array {
  const padded = new Uint8Array(32);
  padded.set(bytes, 32 - bytes.length);
  return padded;
}
