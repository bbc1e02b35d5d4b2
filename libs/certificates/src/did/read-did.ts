import { type Hex, sameHex, utf8 } from '../hex.js';
import type { Home } from '../typed-data.js';
import { didOf, ISSUER_SERVICE, type NamedIssuer } from './did-document.js';

/** The largest did.json that is read, in bytes of UTF-8: 256 KiB. */
export const MAX_DID_BYTES = 256 * 1024;

const ENDPOINT = /^touchmark:([1-9][0-9]{0,15}):(0x[0-9a-f]{40}):(0x[0-9a-f]{40})$/;
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d([.]\d{1,9})?Z$/;

/** The issuers that a domain names. */
export interface DidRead {
  readonly kind: 'DidRead';
  readonly domain: string;
  readonly issuers: readonly NamedIssuer[];
}

/** The did.json of a domain could not be had or says nothing that can be relied on; `message` says why, for people. */
export interface DidRefused {
  readonly kind: 'DidRefused';
  readonly message: string;
}

/**
 * Reads the text of a did.json that was fetched from `domain`: what is not about Touchmark is passed over, what is must
 * be well written, and one issuer has one home at a time; hostile input is a refusal, never a throw.
 */
export function readDid(domain: string, content: string): DidRead | DidRefused {
  if (content.length > MAX_DID_BYTES || utf8(content).length > MAX_DID_BYTES)
    return refuse(domain, `it is larger than ${MAX_DID_BYTES} bytes`);
  const document = recordOf(parsed(content));
  if (document === null) return refuse(domain, 'it is not a JSON object');
  if (document['id'] !== didOf(domain)) return refuse(domain, `its id is not ${didOf(domain)}`);
  const services = document['service'] ?? [];
  if (!Array.isArray(services)) return refuse(domain, 'its service is not a list');
  const issuers: NamedIssuer[] = [];
  for (const entry of services.map(recordOf)) {
    if (entry?.['type'] !== ISSUER_SERVICE) continue;
    const named = namedIssuer(entry);
    if (named === null)
      return refuse(domain, 'an issuer in it is not written as touchmark:chainId:contract:issuer');
    issuers.push(named);
  }
  if (twoHomes(issuers)) return refuse(domain, 'it names two homes of one issuer for the same time');
  return { kind: 'DidRead', domain, issuers };
}

/** Tells whether a did.json names the issuer at this home for what was anchored at the second `at`. */
export function namesIssuer({ issuers }: DidRead, home: Home, issuer: Hex, at: number): boolean {
  return issuers.some(
    (named) =>
      named.chainId === home.chainId &&
      sameHex(named.contract, home.contract) &&
      sameHex(named.issuer, issuer) &&
      (named.validFrom ?? at) <= at &&
      at < (named.validUntil ?? Number.POSITIVE_INFINITY),
  );
}

function namedIssuer(entry: Readonly<Record<string, unknown>>): NamedIssuer | null {
  const { serviceEndpoint } = entry;
  const [, chainId, contract, issuer] =
    typeof serviceEndpoint === 'string' ? (ENDPOINT.exec(serviceEndpoint.toLowerCase()) ?? []) : [];
  const [validFrom, validUntil] = [secondsOf(entry['validFrom']), secondsOf(entry['validUntil'])];
  if (chainId === undefined || validFrom === undefined || validUntil === undefined) return null;
  if (!Number.isSafeInteger(Number(chainId))) return null;
  return {
    chainId: Number(chainId),
    contract: contract as Hex,
    issuer: issuer as Hex,
    validFrom,
    validUntil,
  };
}

/** Seconds since 1970 of an instant in UTC; null where there is none, undefined where it is misspelt. */
function secondsOf(value: unknown): number | null | undefined {
  if (value === undefined || value === null) return null;
  const time = typeof value === 'string' && INSTANT.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(time) ? undefined : Math.floor(time / 1000);
}

// By issuer and time, so that only neighbours need to be compared: the list is somebody else's and may be long.
function twoHomes(issuers: readonly NamedIssuer[]): boolean {
  const from = (named: NamedIssuer): number => named.validFrom ?? Number.NEGATIVE_INFINITY;
  const sorted = [...issuers].sort(
    (left, right) => compare(left.issuer, right.issuer) || compare(from(left), from(right)),
  );
  let [of, until] = ['', Number.NEGATIVE_INFINITY];
  for (const named of sorted) {
    const end = named.validUntil ?? Number.POSITIVE_INFINITY;
    if (named.issuer === of && from(named) < until) return true;
    [of, until] = [named.issuer, end];
  }
  return false;
}

function compare<T extends string | number>(left: T, right: T): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

function parsed(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    return null;
  }
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : null;
}

function refuse(domain: string, problem: string): DidRefused {
  return { kind: 'DidRefused', message: `The did.json of ${domain} is refused: ${problem}.` };
}
