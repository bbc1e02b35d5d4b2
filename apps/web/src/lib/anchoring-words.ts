import type { ResultOf } from './graphql.ts';
import type { editionCertificates } from './server/documents/anchoring.ts';

type Listed = ResultOf<typeof editionCertificates>;
export type Certificate = Listed['certificates']['edges'][number]['node'];
export type AnchoredEdition = Listed['editionAnchorings']['edges'][number]['node'];

/** How far a call to the chain has come, in words. */
export const chainWords = {
  QUEUED: 'waiting to be sent',
  SUBMITTED: 'sent',
  INCLUDED: 'in a block',
  SAFE: 'in a safe block',
  FINALIZED: 'final',
  FAILED: 'refused by the chain',
  GIVEN_UP: 'given up',
} as const;

/** The ways to list certificates, in the order in which a piece goes through them. */
export const standings = [
  ['WAITING', 'Waiting'],
  ['ANCHORED', 'Anchored'],
  ['CLAIMED', 'Claimed'],
  ['WITHDRAWN', 'Withdrawn'],
  ['REPLACED', 'Replaced'],
] as const;

/** The fourteen reasons as they are chosen; their numbers stand on chain. */
export const reasons = [
  ['ISSUED_IN_ERROR', 'It should not have been issued'],
  ['WRONG_DETAILS', 'What it says of the piece is wrong'],
  ['DEFECTIVE', 'The piece is defective'],
  ['RECALLED', 'The piece is recalled'],
  ['DESTROYED', 'The piece is destroyed'],
  ['LOST', 'The piece was lost before it was handed over'],
  ['STOLEN', 'The piece was stolen before it was handed over'],
  ['REFUNDED', 'The piece came back and was refunded'],
  ['CLAIM_KEY_LOST', 'The sealed key is lost'],
  ['CLAIM_KEY_EXPOSED', 'Somebody else may have seen the sealed key'],
  ['SIGNER_EXPOSED', 'Somebody else may hold the signer’s key'],
  ['RIGHTS', 'A maker’s or an owner’s rights'],
  ['AUTHORITY', 'A court or an authority asked for it'],
  ['OTHER', 'Another reason, in words'],
] as const;

export type Reason = (typeof reasons)[number][0];
const reasonNames = new Map<string, string>(reasons);

/** A reason that was sent by a form; null for what is none. */
export const reasonOf = (sent: string): Reason | null => reasons.find(([name]) => name === sent)?.[0] ?? null;

/** What became of a certificate: one word for the list, a sentence of why, and the instant it is about. */
export interface Standing {
  readonly word: string;
  readonly why: string | null;
  readonly at: string | null;
}

const said = (reason: string, words: string): string => `${reasonNames.get(reason) ?? reason}: ${words}`;

export function standingOf({ withdrawal, replacements, claimedSince, batch }: Certificate): Standing {
  // What the chain did not take changed nothing.
  const newest = replacements.filter(({ givenUp }) => givenUp === null).at(-1);
  const why = newest === undefined ? null : said(newest.reason, newest.words);
  if (withdrawal !== null)
    return {
      word: withdrawal.recordedAt === null ? 'being withdrawn' : 'withdrawn',
      why: said(withdrawal.reason, withdrawal.words),
      at: withdrawal.recordedAt,
    };
  if (newest?.recordedAt === null) return { word: 'being replaced', why, at: null };
  if (claimedSince !== null) return { word: 'claimed', why, at: claimedSince };
  if (newest !== undefined) return { word: 'replaced', why, at: newest.recordedAt };
  if (batch?.state !== 'ANCHORED') return { word: waitingWord(batch?.state), why: null, at: null };
  const how = batch.chainState === null ? '' : `, ${chainWords[batch.chainState]}`;
  return { word: `anchored${how}`, why: null, at: batch.anchoredAt };
}

/** Where a certificate waits that is not anchored; without a batch for others to join it. */
function waitingWord(state: string | undefined): string {
  if (state === 'PROPOSED') return 'at the publisher';
  if (state === 'SIGNED') return 'on its way to a block';
  if (state === 'VOIDED') return 'voided: to be issued anew';
  return state === 'REFUSED' ? 'refused by the publisher' : 'waiting for a batch';
}

/** Steps that wait for people. */
const forPeople = ['OPEN_SALE', 'LOOK_AT_OPENING', 'REPAIR_BATCH', 'ISSUE_ANEW'];
export const needsSomebody = (step: string): boolean => forPeople.includes(step);

/** What a step is called before it is told. */
export function stepName(step: string): string {
  if (step === 'DONE') return 'Done:';
  return needsSomebody(step) ? 'To do:' : 'Next:';
}

/** The serials of a batch, `No. 4–6`. */
export function batchWords(batch: { readonly firstSerial: number; readonly unitCount: number }): string {
  const { firstSerial, unitCount } = batch;
  return serialWords(Array.from({ length: unitCount }, (_, place) => firstSerial + place));
}

/** How far the voiding of a batch has come. */
export function voidWords(of: { readonly finalAt: string | null; readonly givenUp: string | null }): string {
  if (of.givenUp !== null) return 'not voided';
  return of.finalAt === null ? 'being voided' : 'voided';
}

/** Serials as people write them: runs joined, `No. 3, 7–9`. */
export function serialWords(serials: readonly number[]): string {
  const runs: [number, number][] = [];
  for (const serial of [...serials].sort((a, b) => a - b)) {
    const last = runs.at(-1);
    if (last?.[1] === serial - 1) last[1] = serial;
    else runs.push([serial, serial]);
  }
  return `No. ${runs.map(([from, to]) => (from === to ? String(from) : `${String(from)}–${String(to)}`)).join(', ')}`;
}
