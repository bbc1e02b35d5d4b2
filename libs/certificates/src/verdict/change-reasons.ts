/** Why a serial was withdrawn, by the number that stands on chain: 1 to 14, none is ever given another meaning. */
const WORDS = [
  'it should not have been issued',
  'what it says of the piece is wrong',
  'the piece is defective',
  'the piece is recalled',
  'the piece is destroyed',
  'the piece was lost before it was handed over',
  'the piece was stolen before it was handed over',
  'the piece came back and was refunded',
  'the sealed key is lost',
  'somebody else may have seen the sealed key',
  'somebody else may hold the signer’s key',
  'a maker’s or an owner’s rights',
  'a court or an authority asked for it',
  'another one, which the issuer can tell',
] as const;

/** The reason of a withdrawal for people: its number, and what that stands for where it is known. */
export function reasonWords(reason: number): string {
  const words = WORDS[reason - 1];
  return words === undefined ? `reason ${reason}` : `reason ${reason}: ${words}`;
}
