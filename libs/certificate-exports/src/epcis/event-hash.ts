import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/** An EPCIS 2.0 object event in the members that ours have; `eventID` is the hash of the others. */
export interface ObjectEvent {
  readonly type: 'ObjectEvent';
  readonly eventTime: string;
  readonly eventTimeZoneOffset: string;
  readonly epcList: readonly string[];
  readonly action: 'ADD' | 'OBSERVE';
  /** The bare word of the Core Business Vocabulary. */
  readonly bizStep: string;
  readonly disposition: string;
  /** Members of our own vocabulary, by their names without prefix. */
  readonly own: Readonly<Record<string, string>>;
}

/** The namespace of our own members, and the prefix that stands for it. */
export const OWN_NAMESPACE = 'urn:touchmark:epcis:';
export const OWN_PREFIX = 'touchmark';

const VOCABULARY = 'https://ref.gs1.org/cbv/';

/**
 * The event hash id of the Core Business Vocabulary 2.0 (section 8.9.2): SHA-256 over the members in the order of the standard,
 * own ones last and sorted. Times must be in UTC with milliseconds and texts `hashable`, so that there is nothing to normalise.
 */
export function eventHash(event: ObjectEvent): string {
  const before = preHash(event);
  return `ni:///sha-256;${bytesToHex(sha256(utf8ToBytes(before)))}?ver=CBV2.0`;
}

/** The text that is hashed. */
export function preHash(event: ObjectEvent): string {
  const own = Object.entries(event.own).map(([name, value]) => `{${OWN_NAMESPACE}}${name}=${value}`);
  return [
    `eventType=${event.type}`,
    `eventTime=${event.eventTime}`,
    `eventTimeZoneOffset=${event.eventTimeZoneOffset}`,
    'epcList',
    ...event.epcList.map((epc) => `epc=${epc}`).sort(),
    `action=${event.action}`,
    `bizStep=${VOCABULARY}BizStep-${event.bizStep}`,
    `disposition=${VOCABULARY}Disp-${event.disposition}`,
    ...own.sort(),
  ].join('');
}

/**
 * A free text in a form that every implementation of the hash leaves alone: they trim, read numbers (Python's even "nan") and
 * rewrite what looks like an identifier, and do not agree on details. What looks like a number gets quotation marks.
 */
export function hashable(text: string): string {
  const plain = text
    .replaceAll(/\burn:/gi, 'urn ')
    .replaceAll(/[\s\p{Cc}]+/gu, ' ')
    .replaceAll(/(?: ?\/ ?)+/g, ' / ')
    .trim();
  return /^[-+.\p{Nd}]|^(inf|infinity|nan)$/iu.test(plain) ? `“${plain}”` : plain;
}
