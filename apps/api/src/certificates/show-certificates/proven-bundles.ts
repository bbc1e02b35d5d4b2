import { Inject, Injectable } from '@nestjs/common';
import { bundleText, parseBundle, questionOf, withProof } from '@touchmark/certificates';
import { ChainReader } from '../../chain/index.js';
import type { Certificate } from '../certificates.repository.js';
import { CheckLimit } from '../verify/check-limit.js';
import { Bundles, unanchored } from './bundles.js';

/**
 * Writes bundles to be kept: with the proof of what the contract stores of them, captured at the newest final block as
 * they are asked for, so that no node has to remember an old one.
 */
@Injectable()
export class ProvenBundles {
  constructor(
    @Inject(Bundles) private readonly bundles: Bundles,
    @Inject(ChainReader) private readonly chain: ChainReader,
    @Inject(CheckLimit) private readonly limit: CheckLimit,
  ) {}

  /**
   * The canonical text; without a proof while nothing final holds it, the chain is away, or `ip` asked too often. Until its
   * anchoring is final it names no batch: a place in a block that is replaced would be wrong in that file for ever.
   */
  async textOf(certificate: Certificate, ip: string): Promise<string> {
    // In this order: what is final by now is so in the text as well.
    const forGood = await this.bundles.isAnchoredForGood(certificate);
    const text = await this.bundles.textOf(certificate);
    return (await this.provenOf(text, ip)) ?? (forGood ? text : unanchored(text));
  }

  private async provenOf(text: string, ip: string): Promise<string | null> {
    const read = parseBundle(text);
    if (read.kind === 'BundleRefused' || (await this.limit.take(ip)) !== null) return null;
    const { bundle, derived } = read;
    const { chainId, contract, inclusion } = bundle;
    const anchoredAt = inclusion?.time ?? 0;
    const asked = { ...questionOf(bundle), chainId, contract, anchoredAt, provenBlock: null };
    const proven = await this.chain.read(asked);
    if (proven.kind === 'FactsUnread' || proven.facts.finality !== 'final') return null;
    const { batchCommitment, replacement } = proven.facts;
    // A proof that the certificate is not on chain is of use to nobody.
    if (batchCommitment === null && replacement !== derived.leaf) return null;
    return bundleText(withProof(bundle, proven.proof));
  }
}
