import { anchorageOf, chainFinding, chainUnread, type Evidence, instant, noBundle } from './evidence.js';
import type { AxisState, CertificateRead, ChainFacts, EditionFacts, Finding } from './verdict.types.js';
import type { ReasonName } from '../reasons.js';

type Find = (state: AxisState, reason: ReasonName, message: string) => Finding;

/** Is the certificate included in a batch that counts, at a final block? */
export function anchorAxis(evidence: Evidence): Finding {
  const { read, facts } = evidence;
  if (read === null) return noBundle('ANCHOR_NO_BUNDLE', 'The anchoring');
  if (facts === null) return chainUnread(evidence, 'ANCHOR_CHAIN_UNAVAILABLE', 'The anchoring');
  const find: Find = chainFinding.bind(null, evidence, facts, 'batchOf');
  const anchorage = anchorageOf(read, facts);
  switch (anchorage) {
    case 'NONE_CLAIMED':
      return notAnchored(facts, find);
    case 'BLOCK_TOO_OLD':
      return find(
        'UNDETERMINED',
        'BLOCK_BEFORE_BATCH',
        'The block read is not newer than the batch of the certificate.',
      );
    case 'ABSENT':
      return facts.finality === 'final'
        ? find(
            'INVALID',
            'BATCH_ABSENT',
            'The contract holds no such batch: it was voided or never anchored.',
          )
        : find(
            'UNDETERMINED',
            'BATCH_ABSENT_NOT_FINAL',
            'The batch is not there, at a block that is not final.',
          );
    case 'DIFFERENT':
      return find(
        'INVALID',
        'BATCH_DIFFERS',
        'The contract holds another batch than the one of the certificate.',
      );
    case 'REPLACEMENT':
      return facts.finality === 'final'
        ? find(
            'VALID',
            'ANCHORED_AS_REPLACEMENT',
            'The issuer put this certificate on chain as the replacement.',
          )
        : notFinal(find);
    case 'IN_BATCH':
      return inBatch(read, facts, find);
  }
}

function notAnchored({ edition, blockTime }: ChainFacts, find: Find): Finding {
  if (edition !== null && blockTime > edition.anchorUntil) {
    const message = `Not anchored, and anchoring ended at ${instant(edition.anchorUntil)}: it can never be proof.`;
    return find('NOT_CHECKED', 'ANCHOR_TIME_OVER', message);
  }
  return find('NOT_CHECKED', 'NOT_ANCHORED', 'Signed but not anchored yet: not proof yet.');
}

function inBatch(
  { bundle }: CertificateRead,
  { edition, blockTime, finality }: ChainFacts,
  find: Find,
): Finding {
  if (edition === null || bundle.inclusion === null) {
    const message = 'The batch is there but its edition is not, so its objection time is unknown.';
    return find('UNDETERMINED', 'ANCHOR_EDITION_UNKNOWN', message);
  }
  const { time, firstSerial, count } = bundle.inclusion;
  const countsAt = time + edition.objectionSeconds;
  if (blockTime < countsAt) {
    const message = `Anchored, but the issuer may object until ${instant(countsAt)}: not proof yet.`;
    return find('UNDETERMINED', 'IN_OBJECTION_TIME', message);
  }
  if (finality !== 'final') return notFinal(find);
  const serials =
    count === 1 ? `serial ${firstSerial}` : `serials ${firstSerial} to ${firstSerial + count - 1}`;
  return find('VALID', 'ANCHORED', `Anchored on chain at ${instant(time)} in the batch of ${serials}.`);
}

function notFinal(find: Find): Finding {
  return find('UNDETERMINED', 'BLOCK_NOT_FINAL', 'Anchored at a block that is not final yet: not proof yet.');
}

/** Is the serial one of the edition, and not one that another certificate may hold? */
export function serialAxis(evidence: Evidence): Finding {
  const { read, facts } = evidence;
  if (read === null) return noBundle('SERIAL_NO_BUNDLE', 'The serial');
  if (facts === null) return chainUnread(evidence, 'SERIAL_CHAIN_UNAVAILABLE', 'The edition');
  const find: Find = chainFinding.bind(null, evidence, facts, 'editionOf');
  if (facts.edition === null) return noEdition(read, facts, find);
  return inEdition(read, facts, facts.edition, find);
}

function noEdition(read: CertificateRead, facts: ChainFacts, find: Find): Finding {
  const anchorage = anchorageOf(read, facts);
  if (anchorage === 'NONE_CLAIMED') {
    const message = 'The edition is not opened on chain, so its size is not committed.';
    return find('NOT_CHECKED', 'EDITION_NOT_OPENED', message);
  }
  if (anchorage === 'BLOCK_TOO_OLD') return tooOld(find);
  const state = facts.finality === 'final' ? 'INVALID' : 'UNDETERMINED';
  return find(state, 'EDITION_UNKNOWN', 'The issuer opened no such edition.');
}

function inEdition(read: CertificateRead, facts: ChainFacts, edition: EditionFacts, find: Find): Finding {
  const { serial } = read.bundle;
  const { size, anchored, closed } = edition;
  if (serial > size) {
    return find('INVALID', 'SERIAL_ABOVE_SIZE', `The serial is ${serial}, but the edition has only ${size}.`);
  }
  const anchorage = anchorageOf(read, facts);
  const unanchored = anchorage === 'NONE_CLAIMED' || anchorage === 'BLOCK_TOO_OLD';
  if (unanchored && serial <= anchored) {
    const message = `Serial ${serial} is anchored already, and this bundle does not show that it is the anchored one.`;
    return find(
      'UNDETERMINED',
      'SERIAL_ALREADY_ANCHORED',
      `${message} Ask for the bundle with its inclusion.`,
    );
  }
  if (anchorage !== 'NONE_CLAIMED' && serial > anchored) {
    if (anchorage === 'BLOCK_TOO_OLD') return tooOld(find);
    const state = facts.finality === 'final' ? 'INVALID' : 'UNDETERMINED';
    return find(
      state,
      'SERIAL_BEYOND_ANCHORED',
      `Only serials 1 to ${anchored} are anchored, not ${serial}.`,
    );
  }
  const of = closed ? `of ${size}, final` : `of at most ${size}`;
  return find('VALID', 'SERIAL_IN_EDITION', `No. ${serial} ${of}; the contract refuses more.`);
}

function tooOld(find: Find): Finding {
  const message = 'The block read is not newer than the batch of the certificate.';
  return find('UNDETERMINED', 'SERIAL_BLOCK_BEFORE_BATCH', message);
}
