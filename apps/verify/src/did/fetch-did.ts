import { lookup } from 'node:dns/promises';
import { request } from 'node:https';
import { isIPv6, type LookupFunction } from 'node:net';
import { rootCertificates } from 'node:tls';
import {
  DID_PATH,
  type DidRead,
  type DidRefused,
  domainProblem,
  MAX_DID_BYTES,
  readDid,
} from '@touchmark/certificates';
import { boundedText } from '../nodes/bounded-text.js';
import { wordsOf } from '../nodes/http-node.js';
import { isPublicAddress } from './public-address.js';

/** How a did.json is fetched; without any of it from the public web, by its certificates. */
export interface DidFetch {
  readonly timeoutMs?: number;
  /** A certificate authority (PEM) that is trusted beside the usual ones. */
  readonly ca?: string;
  /** Where the domain's server is, instead of where its name leads: the only way to a private address. */
  readonly connectTo?: { readonly address: string; readonly port: number };
  /** The addresses of a domain. */
  readonly resolve?: (domain: string) => Promise<readonly string[]>;
}

interface Target {
  readonly addresses: readonly string[];
  readonly port: number;
}

const PATIENCE_MS = 10_000;

/**
 * Fetches and reads `https://<domain>/.well-known/did.json`. Whoever wrote the domain is not trusted: no other scheme or
 * port, no redirect, no private address (the one that was looked up is the one connected to), bounded size and time.
 */
export async function fetchDid(domain: string, how: DidFetch = {}): Promise<DidRead | DidRefused> {
  const problem = domainProblem(domain);
  if (problem !== null) return refuse(domain, problem);
  const deadline = AbortSignal.timeout(how.timeoutMs ?? PATIENCE_MS);
  try {
    const target = await before(deadline, targetOf(domain, how));
    if (target === null)
      return refuse(domain, 'its name leads to an address that is not on the public internet');
    const answer = await get(domain, target, how, deadline);
    return typeof answer === 'string'
      ? readDid(domain, answer)
      : refuse(domain, statusProblem(answer.status));
  } catch (error) {
    return refuse(domain, wordsOf(error));
  }
}

async function targetOf(domain: string, how: DidFetch): Promise<Target | null> {
  if (how.connectTo !== undefined) return { addresses: [how.connectTo.address], port: how.connectTo.port };
  const addresses = await (how.resolve ?? addressesOf)(domain);
  // One private address among public ones would be reached as soon as the others do not answer.
  return addresses.length > 0 && addresses.every(isPublicAddress) ? { addresses, port: 443 } : null;
}

async function addressesOf(domain: string): Promise<readonly string[]> {
  return (await lookup(domain, { all: true })).map(({ address }) => address);
}

/** The text of the did.json, or the status that was answered instead. */
function get(
  domain: string,
  { addresses, port }: Target,
  how: DidFetch,
  signal: AbortSignal,
): Promise<string | { readonly status: number }> {
  const found = addresses.map((address) => ({ address, family: isIPv6(address) ? 6 : 4 }));
  const pinned: LookupFunction = (_name, options, done) => {
    const [first] = found;
    if (options.all === true || first === undefined) done(null, found);
    else done(null, first.address, first.family);
  };
  const headers = {
    host: domain,
    accept: 'application/did+json, application/json',
    'accept-encoding': 'identity',
  };
  return new Promise((resolve, reject) => {
    request({
      ...{ host: domain, servername: domain, port, path: DID_PATH, headers, lookup: pinned, signal },
      ...{ agent: false, minVersion: 'TLSv1.2' },
      ...(how.ca === undefined ? {} : { ca: [...rootCertificates, how.ca] }),
    })
      .once('error', reject)
      .once('response', (response) => {
        const status = response.statusCode ?? 0;
        if (status === 200) {
          // Leaving the loop over a response destroys it, so no more than the bound is ever taken.
          boundedText(response, MAX_DID_BYTES).then(resolve, reject);
          return;
        }
        response.destroy();
        resolve({ status });
      })
      .end();
  });
}

function statusProblem(status: number): string {
  return status >= 300 && status < 400
    ? 'it redirects elsewhere, which is not followed'
    : `its server answers with HTTP status ${String(status)}`;
}

/** The answer of `work`, unless the deadline comes first. */
async function before<Answer>(deadline: AbortSignal, work: Promise<Answer>): Promise<Answer> {
  let expire = (): void => undefined;
  const expired = new Promise<never>((_, reject) => {
    expire = () => reject(deadline.reason as Error);
    deadline.addEventListener('abort', expire, { once: true });
  });
  try {
    return await Promise.race([work, expired]);
  } finally {
    deadline.removeEventListener('abort', expire);
  }
}

function refuse(domain: string, problem: string): DidRefused {
  return { kind: 'DidRefused', message: `https://${domain}${DID_PATH} was not read: ${problem}.` };
}
