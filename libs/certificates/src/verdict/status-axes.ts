import { anchorageOf, chainFinding, chainUnread, type Evidence, instant, localFinding } from './evidence.js';
import { reasonWords } from './change-reasons.js';
import type { Finding, TapSeen } from './verdict.types.js';

/** Is the certificate still in force, or was it withdrawn or replaced? */
export function statusAxis(evidence: Evidence): Finding {
  const { read, facts } = evidence;
  if (facts === null) return chainUnread(evidence, 'STATUS_CHAIN_UNAVAILABLE', 'The status');
  const find = chainFinding.bind(null, evidence, facts, 'statusOf');
  const { status } = facts;
  if (status === 0) return find('VALID', 'STATUS_IN_FORCE', 'Neither withdrawn nor replaced.');
  if (status !== 1) {
    return find('INVALID', 'STATUS_REVOKED', `The issuer withdrew this serial, ${reasonWords(status - 1)}.`);
  }
  if (read === null) {
    const message = 'A certificate of this serial was replaced; which one is in force was not checked.';
    return find('NOT_CHECKED', 'STATUS_REPLACED_NO_BUNDLE', message);
  }
  return anchorageOf(read, facts) === 'REPLACEMENT'
    ? find(
        'VALID',
        'STATUS_REPLACEMENT_IN_FORCE',
        'It replaces an earlier certificate of this serial and is in force.',
      )
    : find(
        'INVALID',
        'STATUS_REPLACED',
        'The issuer replaced this certificate by a newer one of the same serial.',
      );
}

/** Was the token claimed, and did its holder report the piece missing? Informs, never decides. */
export function holderAxis(evidence: Evidence): Finding {
  const { facts } = evidence;
  if (facts === null) return chainUnread(evidence, 'HOLDER_CHAIN_UNAVAILABLE', 'The holder');
  const find = chainFinding.bind(null, evidence, facts, 'ownerOf');
  if (facts.holderRead === false)
    return find(
      'NOT_CHECKED',
      'HOLDER_NOT_READ',
      'Who holds the token was not read: a checkpoint does not hold it.',
    );
  if (facts.missing !== null) {
    const message = `The holder reported the piece missing at ${instant(facts.missing.reportedAt)}.`;
    return find('INVALID', 'REPORTED_MISSING', message);
  }
  // The address stays out of the text: it is nobody's business on a page that anyone can open.
  return facts.holder === null
    ? find('NOT_CHECKED', 'NOT_CLAIMED', 'Nobody has claimed the token, so no holder can be checked.')
    : find('VALID', 'CLAIMED', 'The token of this serial is claimed.');
}

/** Was the tag in the piece tapped just now? It says that the tag is here, never whose the piece is. Informs, never decides. */
export function tapAxis(tap: TapSeen | null): Finding {
  if (tap === null)
    return localFinding('none', 'NOT_CHECKED', 'TAP_NOT_CHECKED', 'No tag in the piece was tapped.');
  const state = tap.state === 'FRESH' ? 'VALID' : tap.state === 'UNSHOWN' ? 'NOT_CHECKED' : 'INVALID';
  return localFinding('tag', state, `TAP_${tap.state}`, tap.words);
}
