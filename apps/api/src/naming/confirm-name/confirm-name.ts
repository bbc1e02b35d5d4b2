import { Inject, Injectable } from '@nestjs/common';
import { type DidRead, type DidRefused, type Hex, type Home, namesIssuer } from '@touchmark/certificates';
import { type DidFetch, fetchDid } from 'touchmark-verify';

/** How the did.json of a domain is fetched: from the public web alone, unless a test says otherwise. */
export const DID_FETCH = Symbol('DidFetch');

const KEPT_MS = 10 * 60_000;
const REFUSAL_KEPT_MS = 60_000;
// A domain that is down for an evening does not take its name from pieces that were sold.
const KEPT_THROUGH_FAILURE_MS = 24 * 3_600_000;
const MOST_DOMAINS = 1000;
const MOST_AT_ONCE = 10;

interface Kept {
  readonly did: DidRead | DidRefused;
  readonly readMs: number;
  readonly askAgainMs: number;
}

/** Asks a domain whether it names an issuer: the half of a name that does not stand on chain. */
@Injectable()
export class ConfirmName {
  private readonly kept = new Map<string, Kept>();
  private readonly asking = new Map<string, Promise<DidRead | DidRefused>>();

  constructor(@Inject(DID_FETCH) private readonly how: DidFetch) {}

  /** True when the did.json of the domain names the issuer at this home for the second `at`; false when it cannot be read. */
  async run(domain: string, home: Home, issuer: Hex, at: number): Promise<boolean> {
    const did = await this.didOf(domain);
    return did.kind === 'DidRead' && namesIssuer(did, home, issuer, at);
  }

  private async didOf(domain: string): Promise<DidRead | DidRefused> {
    const kept = this.kept.get(domain);
    if (kept !== undefined && performance.now() < kept.askAgainMs) return kept.did;
    const asking = this.asking.get(domain) ?? this.ask(domain, kept);
    this.asking.set(domain, asking);
    try {
      return await asking;
    } finally {
      this.asking.delete(domain);
    }
  }

  private async ask(domain: string, before: Kept | undefined): Promise<DidRead | DidRefused> {
    // Whoever issues may write any domain on chain, so a flood of them must not become one of requests.
    if (this.asking.size >= MOST_AT_ONCE)
      return { kind: 'DidRefused', message: 'Too many domains are asked for their names at this moment.' };
    const did = await fetchDid(domain, this.how);
    const nowMs = performance.now();
    const goesOn =
      did.kind === 'DidRefused' &&
      before?.did.kind === 'DidRead' &&
      nowMs - before.readMs < KEPT_THROUGH_FAILURE_MS;
    const next = goesOn
      ? { ...before, askAgainMs: nowMs + REFUSAL_KEPT_MS }
      : { did, readMs: nowMs, askAgainMs: nowMs + (did.kind === 'DidRead' ? KEPT_MS : REFUSAL_KEPT_MS) };
    this.keep(domain, next);
    return next.did;
  }

  private keep(domain: string, next: Kept): void {
    this.kept.delete(domain);
    this.kept.set(domain, next);
    const [oldest] = this.kept.keys();
    if (this.kept.size > MOST_DOMAINS && oldest !== undefined) this.kept.delete(oldest);
  }
}
