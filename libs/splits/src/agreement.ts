import { addRational, compareRational, formatRational, gcd, rational, type Rational } from '@touchmark/money';
import { MAX_PERIOD } from './quota.js';

/** The most parties that one agreement may have. */
export const MAX_PARTIES = 50;

/** What is proposed: the co-op's fee (0 <= fee < 1 of every sale) and each party's share of the rest. */
export interface AgreementInput {
  readonly fee: Rational;
  readonly parties: readonly { readonly partyId: string; readonly share: Rational }[];
}

/** A two-tier waterfall in whole weights; the order of the parties is part of it, because ties go to the first. */
export interface Agreement {
  readonly feeWeight: bigint;
  readonly restWeight: bigint;
  readonly parties: readonly { readonly partyId: string; readonly weight: bigint }[];
}

export interface AgreementAccepted {
  readonly kind: 'AgreementAccepted';
  readonly agreement: Agreement;
}

export type AgreementRefusal =
  | {
      readonly kind: 'PartyCountInvalid';
      readonly count: number;
      readonly limit: number;
      readonly message: string;
    }
  | { readonly kind: 'PartyRepeated'; readonly partyId: string; readonly message: string }
  | { readonly kind: 'ShareNotPositive'; readonly partyId: string; readonly message: string }
  | { readonly kind: 'SharesDoNotSumToOne'; readonly sum: string; readonly message: string }
  | { readonly kind: 'FeeOutOfRange'; readonly fee: string; readonly message: string }
  | {
      readonly kind: 'SharesTooFine';
      readonly period: bigint;
      readonly limit: number;
      readonly message: string;
    };

export type AgreementDecision = AgreementAccepted | AgreementRefusal;

const ONE = rational(1n);

function refuseParties({ parties }: AgreementInput): AgreementRefusal | null {
  if (parties.length < 1 || parties.length > MAX_PARTIES) {
    const message = `The agreement names ${parties.length} parties. Name 1 to ${MAX_PARTIES}.`;
    return { kind: 'PartyCountInvalid', count: parties.length, limit: MAX_PARTIES, message };
  }
  const seen = new Set<string>();
  for (const [index, { partyId, share }] of parties.entries()) {
    if (seen.has(partyId)) {
      const message = `Party ${index + 1} is already in the agreement. Give each party one share.`;
      return { kind: 'PartyRepeated', partyId, message };
    }
    seen.add(partyId);
    if (share.denominator <= 0n || share.numerator <= 0n) {
      const message = `Party ${index + 1} has no positive share. Give it one, or leave it out.`;
      return { kind: 'ShareNotPositive', partyId, message };
    }
  }
  return null;
}

function refuseSums({ fee, parties }: AgreementInput): AgreementRefusal | null {
  const sum = parties.map(({ share }) => share).reduce(addRational);
  if (compareRational(sum, ONE) !== 0) {
    const text = formatRational(sum);
    const message = `The shares sum to ${text}, not to 1. Change them until they sum to exactly one.`;
    return { kind: 'SharesDoNotSumToOne', sum: text, message };
  }
  if (fee.denominator <= 0n || fee.numerator < 0n || fee.numerator >= fee.denominator) {
    const text = formatRational(fee);
    const message = `The fee is ${text} of a sale. Choose 0 or more and less than 1, such as 1/10.`;
    return { kind: 'FeeOutOfRange', fee: text, message };
  }
  return null;
}

function tooFine(what: string, period: bigint): AgreementRefusal | null {
  if (period <= BigInt(MAX_PERIOD)) return null;
  const message = `${what} needs steps of 1/${period}; the finest is 1/${MAX_PERIOD}. Choose rounder fractions.`;
  return { kind: 'SharesTooFine', period, limit: MAX_PERIOD, message };
}

/**
 * Decides whether a proposed split is one: 1 to 50 different parties with positive shares that sum to exactly one,
 * a fee from 0 to below 1, and fractions coarse enough for the quota method; each refusal says what to change.
 */
export function decideAgreement(input: AgreementInput): AgreementDecision {
  const refusal = refuseParties(input) ?? refuseSums(input);
  if (refusal) return refusal;
  // The least common denominator; reduced shares that sum to one have coprime weights over it.
  const shares = input.parties.map(({ share }) => rational(share.numerator, share.denominator));
  const period = shares.reduce((lcm, { denominator }) => (lcm / gcd(lcm, denominator)) * denominator, 1n);
  const fee = rational(input.fee.numerator, input.fee.denominator);
  const fine = tooFine('The split', period) ?? tooFine('The fee', fee.denominator);
  if (fine) return fine;
  return {
    kind: 'AgreementAccepted',
    agreement: {
      feeWeight: fee.numerator,
      restWeight: fee.denominator - fee.numerator,
      parties: input.parties.map(({ partyId }, index) => {
        const { numerator, denominator } = shares[index] ?? ONE;
        return { partyId, weight: (numerator * period) / denominator };
      }),
    },
  };
}
