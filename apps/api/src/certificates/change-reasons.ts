import { registerEnumType } from '@nestjs/graphql';

/** Why a certificate is withdrawn or replaced. The numbers stand on chain for ever: none is given another meaning. */
export const ChangeReasonEnum = {
  ISSUED_IN_ERROR: 1,
  WRONG_DETAILS: 2,
  DEFECTIVE: 3,
  RECALLED: 4,
  DESTROYED: 5,
  LOST: 6,
  STOLEN: 7,
  REFUNDED: 8,
  CLAIM_KEY_LOST: 9,
  CLAIM_KEY_EXPOSED: 10,
  SIGNER_EXPOSED: 11,
  RIGHTS: 12,
  AUTHORITY: 13,
  OTHER: 14,
} as const;
registerEnumType(ChangeReasonEnum, {
  name: 'ChangeReason',
  description: 'Why a certificate is withdrawn or replaced; its number, 1 to 14, stands on chain.',
  valuesMap: {
    ISSUED_IN_ERROR: { description: '1: the piece should not have got one.' },
    WRONG_DETAILS: { description: '2: what it says of the piece is wrong.' },
    DEFECTIVE: { description: '3: the piece is defective.' },
    RECALLED: { description: '4: the piece is recalled.' },
    DESTROYED: { description: '5: the piece is destroyed.' },
    LOST: { description: '6: the piece was lost before it was handed over.' },
    STOLEN: { description: '7: the piece was stolen before it was handed over.' },
    REFUNDED: { description: '8: the piece came back and was refunded.' },
    CLAIM_KEY_LOST: { description: '9: the sealed key is lost.' },
    CLAIM_KEY_EXPOSED: { description: '10: somebody else may have seen the sealed key.' },
    SIGNER_EXPOSED: { description: "11: somebody else may hold the signer's key." },
    RIGHTS: { description: "12: a maker's or an owner's rights." },
    AUTHORITY: { description: '13: a court or an authority asked for it.' },
    OTHER: { description: '14: another reason, in words.' },
  },
});

export type ChangeReason = (typeof ChangeReasonEnum)[keyof typeof ChangeReasonEnum];

const LONGEST_WORDS = 500;

/** Why these words are no reason that people can read later; null when they are. */
export function problemOfWords(words: string): string | null {
  const { length } = words.trim();
  if (length > 0 && length <= LONGEST_WORDS) return null;
  return `words had ${String(length)} characters; say in 1 to ${String(LONGEST_WORDS)} why.`;
}
