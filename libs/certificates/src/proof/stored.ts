import { type Hex, fromHex, toHex, uintBytes } from '../hex.js';
import type { AsOf, ChainFacts, EditionFacts } from '../verdict/chain-facts.js';
import { tokenIdOf } from '../token.js';
import type { ProofQuestion, ReadWord } from './proof.types.js';
import {
  batchSlot,
  domainSlot,
  domainTailSlots,
  editionSlot,
  publisherSlot,
  signerSlot,
  statusSlot,
  tokenSlots,
} from './slots.js';

/** What the contract stores about one certificate, without the block that it was read at. */
export type StoredFacts = Omit<ChainFacts, keyof AsOf>;

const VOIDED = 1n;

/** Reads all that the contract stores about one certificate, word by word. */
export function storedFacts(question: ProofQuestion, word: ReadWord): StoredFacts {
  const { issuer, edition, serial, signer, firstSerial } = question;
  const slots = tokenSlots(tokenIdOf(question));
  const owner = word(slots.owner, 'its token');
  const missing = word(slots.missing, 'its report of missing');
  const replacement = word(slots.replacement, 'its replacement');
  return {
    issuer: issuerFacts(issuer, word),
    signer: signerFacts(issuer, signer, word),
    edition: editionFacts(issuer, edition, word),
    batchCommitment: firstSerial === null ? null : batchFacts(issuer, edition, firstSerial, word),
    status: statusFact(issuer, edition, serial, word),
    replacement: replacementFact(replacement),
    holder: owner === 0n ? null : addressOf(owner),
    missing: missing === 0n ? null : { reportedAt: bits(missing, 160, 64) },
  };
}

/** Reads what an issuer says of itself. */
export function issuerFacts(issuer: Hex, word: ReadWord): StoredFacts['issuer'] {
  const publisher = addressOf(word(publisherSlot(issuer), "the issuer's publisher"));
  return { domain: domainFact(issuer, word), publisher };
}

/** Reads when a signer was added and retired, or null when it never was one. */
export function signerFacts(issuer: Hex, signer: Hex, word: ReadWord): StoredFacts['signer'] {
  const period = word(signerSlot(issuer, signer), `the signer ${signer}`);
  const validFrom = bits(period, 0, 64);
  return validFrom === 0 ? null : { validFrom, retiredAt: bits(period, 64, 64) };
}

/** Reads an edition's word: payout 160, size 20, anchored 20, royalty 10, objection minutes 14, anchorUntil 32 bits. */
export function editionFacts(issuer: Hex, edition: bigint, word: ReadWord): EditionFacts | null {
  const slot = word(editionSlot(issuer, edition), 'its edition');
  const anchorUntil = bits(slot, 224, 32);
  if (anchorUntil === 0) return null;
  const [size, anchored] = [bits(slot, 160, 20), bits(slot, 180, 20)];
  // Closing lowers the size to what is anchored; an edition anchored in full is as final as a closed one.
  return {
    size,
    anchored,
    anchorUntil,
    objectionSeconds: bits(slot, 210, 14) * 60,
    closed: size === anchored,
  };
}

/** Reads the commitment of a batch; null when there is none or it was voided. */
export function batchFacts(issuer: Hex, edition: bigint, firstSerial: number, word: ReadWord): Hex | null {
  const commitment = word(batchSlot(issuer, edition, firstSerial), `the batch from serial ${firstSerial}`);
  return commitment === 0n || commitment === VOIDED ? null : wordHex(commitment);
}

/** Reads the status of a serial: 0 in force, 1 replaced, 2 to 15 withdrawn. */
export function statusFact(issuer: Hex, edition: bigint, serial: number, word: ReadWord): number {
  const statuses = word(statusSlot(issuer, edition, serial), `the status of serial ${serial}`);
  return bits(statuses, (serial % 64) * 4, 4);
}

/** The leaf of the certificate that replaced an anchored one, from its word; null when none did. */
export function replacementFact(word: bigint): Hex | null {
  return word === 0n ? null : wordHex(word);
}

function domainFact(issuer: Hex, word: ReadWord): string {
  const slot = domainSlot(issuer);
  const head = word(slot, "the issuer's domain");
  // Solidity: an even last byte is twice the length of a text in the same word, an odd word twice the length plus one.
  const isLong = head % 2n === 1n;
  const byteLength = Number(isLong ? (head - 1n) / 2n : (head & 0xffn) / 2n);
  const words = isLong
    ? domainTailSlots(slot, Math.min(byteLength, LONGEST_DOMAIN)).map((tail) =>
        word(tail, "the issuer's domain"),
      )
    : [head];
  const bytes = words.flatMap((part) => [...uintBytes(part, 32)]).slice(0, byteLength);
  return new TextDecoder().decode(Uint8Array.from(bytes));
}

// The contract takes no longer one.
const LONGEST_DOMAIN = 253;

function bits(word: bigint, from: number, count: number): number {
  return Number(BigInt.asUintN(count, word >> BigInt(from)));
}

function wordHex(word: bigint): Hex {
  return toHex(uintBytes(word, 32));
}

function addressOf(word: bigint): Hex {
  return toHex(fromHex(wordHex(word), 32).subarray(12));
}
