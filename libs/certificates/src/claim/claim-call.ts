import { type Bundle, deriveCertificate } from '../bundle.js';
import { EncodingError, fromHex, type Hex, toHex, uintBytes } from '../hex.js';
import { signDigest } from '../signature.js';
import { claimDigest } from '../typed-data.js';

// The first four bytes of keccak256 of the signatures; test/api/certificates/claim-call.e2e-spec.ts compares them with the committed ABI.
const CLAIM = '0xb92177ba';
const REPORT_MISSING = '0x863f4651';
const CLEAR_MISSING = '0x4318714b';
const CLAIM_INVALID = '4287bbc1';

const WORD = 32;

/** Who shall receive the token, and until which second since 1970 the contract takes the claim. */
export interface ClaimFor {
  readonly recipient: Hex;
  readonly deadline: number;
}

/**
 * The call data by which anybody may send a claim to the contract without its co-op, signed with the key that is sealed
 * with the piece; `coSignature` is empty when none is asked for. Throws EncodingError for a bundle that is not anchored.
 */
export function claimCall(bundle: Bundle, claimKey: Hex, terms: ClaimFor, coSignature: Hex = '0x'): Hex {
  const { issuer, serial, inclusion } = bundle;
  if (inclusion === null)
    throw new EncodingError(`The certificate of serial ${String(serial)} is in no batch that is anchored.`);
  const edition = BigInt(bundle.edition);
  const { recipient, deadline } = terms;
  const signature = signDigest(
    claimKey,
    claimDigest(bundle, { issuer, edition, serial, recipient, deadline }),
  );
  const { firstSerial, count, root, time, cosignUntil, path } = inclusion;
  const head = [address(issuer), number(edition), number(serial), address(recipient), number(deadline)];
  const batch = [number(firstSerial), number(count), fromHex(root, WORD), number(time), number(cosignUntil)];
  const fixed = [...head, fromHex(deriveCertificate(bundle).digest, WORD), ...batch];
  const tails = [list(path), bytes(signature), bytes(coSignature)];
  const struct = withTails(fixed, tails);
  return join([fromHex(CLAIM, 4), number(WORD), ...struct]);
}

/** The call data by which a holder reports the piece missing. */
export function reportMissingCall(tokenId: bigint): Hex {
  return join([fromHex(REPORT_MISSING, 4), number(tokenId)]);
}

/** The call data by which a holder takes such a report back. */
export function clearMissingCall(tokenId: bigint): Hex {
  return join([fromHex(CLEAR_MISSING, 4), number(tokenId)]);
}

const OUTCOMES = new Map([
  [1, 'Its deadline has passed: prepare the claim again.'],
  [3, 'The certificate of this piece was withdrawn.'],
  [4, 'This piece was claimed already; each piece is claimed once.'],
  [5, 'Its batch is not on this chain.'],
  [
    6,
    'The objection time of its batch is not over yet. The check of the piece says until when; claim it then.',
  ],
  [9, 'This certificate was replaced. Fetch the newer one.'],
  [10, 'The key under the seal is not that of this certificate.'],
  [11, 'The maker still has to sign claims of this piece too.'],
]);

/** Why the contract refuses a claim, in words, from the data that a node answers; null when it says nothing of the kind. */
export function claimRefusal(data: string): string | null {
  const [, outcome] = new RegExp(`${CLAIM_INVALID}[0-9a-f]{64}([0-9a-f]{64})`).exec(data) ?? [];
  if (outcome === undefined) return null;
  return OUTCOMES.get(Number(BigInt(`0x${outcome}`))) ?? 'The contract does not take this claim.';
}

/** The words of a tuple: what is fixed, where each part of unknown length starts, then those parts. */
function withTails(fixed: readonly Uint8Array[], tails: readonly (readonly Uint8Array[])[]): Uint8Array[] {
  let at = (fixed.length + tails.length) * WORD;
  const offsets = tails.map((tail) => {
    const offset = number(at);
    at += tail.length * WORD;
    return offset;
  });
  return [...fixed, ...offsets, ...tails.flat()];
}

function list(items: readonly Hex[]): Uint8Array[] {
  return [number(items.length), ...items.map((item) => fromHex(item, WORD))];
}

function bytes(hex: Hex): Uint8Array[] {
  const content = fromHex(hex, (hex.length - 2) / 2);
  const padded = new Uint8Array(Math.ceil(content.length / WORD) * WORD);
  padded.set(content);
  const words = Array.from({ length: padded.length / WORD }, (_, place) =>
    padded.subarray(place * WORD, (place + 1) * WORD),
  );
  return [number(content.length), ...words];
}

function address(hex: Hex): Uint8Array {
  const padded = new Uint8Array(WORD);
  padded.set(fromHex(hex, 20), WORD - 20);
  return padded;
}

function number(value: bigint | number): Uint8Array {
  return uintBytes(value, WORD);
}

function join(parts: readonly Uint8Array[]): Hex {
  return toHex(new Uint8Array(parts.flatMap((part) => [...part])));
}
