import { Inject, Injectable } from '@nestjs/common';
import {
  type BundleRead,
  type BundleRefused,
  type ChainFacts,
  type ChainUnavailable,
  type Trust,
  type Verdict,
  decideVerdict,
  parseBundle,
  questionOf,
} from '@touchmark/certificates';
import { ChainNodes, ChainReader, Issuers } from '../../chain/index.js';
import { CONFIG, type Config } from '../../platform/config/config.js';
import { Database } from '../../platform/database/index.js';
import { ConfirmName } from '../../naming/index.js';
import { HearTap, type TapInput, type TapType } from '../../taps/index.js';
import type { Certificate } from '../certificates.repository.js';
import { CheckLimit } from './check-limit.js';
import { DescribePiece } from './describe-piece.js';
import { FindSubject } from './find-subject.js';
import type { VerdictType, VerifyInput } from './verify.types.js';

/** Checks a piece: gathers the bundle, what the chain stores and whom we trust; the lib alone decides. */
@Injectable()
export class Verify {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CheckLimit) private readonly limit: CheckLimit,
    @Inject(FindSubject) private readonly subjects: FindSubject,
    @Inject(ChainReader) private readonly chain: ChainReader,
    @Inject(ChainNodes) private readonly nodes: ChainNodes,
    @Inject(Issuers) private readonly issuers: Issuers,
    @Inject(ConfirmName) private readonly names: ConfirmName,
    @Inject(DescribePiece) private readonly pieces: DescribePiece,
    @Inject(HearTap) private readonly taps: HearTap,
  ) {}

  /** `ip` is the address of whoever asks; over its network's limit, the answer is that nothing was checked. */
  async run(input: VerifyInput, ip: string): Promise<VerdictType> {
    const tooMany = await this.limit.take(ip);
    if (tooMany !== null) {
      const { message, retryAfterSeconds } = tooMany;
      return { ...(await this.unchecked('it was not asked', message)), retryAfterSeconds };
    }
    const subject = await this.subjects.find(input);
    if (subject.kind === 'Unknown')
      return this.unchecked('there is no certificate to ask about', subject.message);
    const judged = await this.judge(subject.text, input.tap ?? null);
    if (subject.kind === 'Bundle' || judged.word !== 'NOT_GENUINE') return judged;
    // Where a block was replaced our record is behind the chain for a moment, which makes no good piece a bad one.
    return this.judge(await this.subjects.settledText(subject.certificate), input.tap ?? null);
  }

  private async judge(text: string, tapInput: TapInput | null): Promise<VerdictType> {
    const bundle = parseBundle(text);
    const chainFacts = await this.factsFor(bundle);
    const trust = await this.trustFor(bundle, chainFacts);
    if (bundle.kind === 'BundleRefused')
      return { ...answerOf(decideVerdict({ bundle, chainFacts, trust })), ...NOT_OURS };
    const certificate = await this.pieces.certificateOf(bundle);
    const tap = certificate && (await this.tapOf(certificate, tapInput));
    const verdict = decideVerdict({ bundle, chainFacts, trust, tap });
    if (certificate === null) return { ...answerOf(verdict), ...NOT_OURS };
    const facts = 'unavailable' in chainFacts ? null : chainFacts;
    const piece = await this.pieces.describe(certificate, bundle, facts);
    const { coopId, editionId, serial } = certificate;
    const place = { coopId, editionId, serial };
    return { ...answerOf(verdict), ...NOT_OURS, piece, place, certificateId: certificate.id, tap };
  }

  private async unchecked(unavailable: string, message: string): Promise<VerdictType> {
    const trust = await this.trustFor(null, { unavailable });
    const verdict = decideVerdict({ bundle: null, chainFacts: { unavailable }, trust });
    return { ...answerOf(verdict, [message]), ...NOT_OURS };
  }

  private async tapOf(certificate: Certificate, tap: TapInput | null): Promise<TapType | null> {
    return tap && this.taps.look(certificate, tap);
  }

  private async factsFor(bundle: BundleRead | BundleRefused): Promise<ChainFacts | ChainUnavailable> {
    if (bundle.kind === 'BundleRefused')
      return { unavailable: 'there is no readable certificate to ask about' };
    const { chainId, contract, inclusion } = bundle.bundle;
    return this.chain.facts({
      ...questionOf(bundle.bundle),
      chainId,
      contract,
      // A replacement stands on chain by itself; it is judged at the final block once that covers it.
      anchoredAt: inclusion?.time ?? (await this.pieces.replacedAt(bundle)),
      provenBlock: bundle.provenBlock,
    });
  }

  /**
   * In development this installation vouches for its own issuers. In production nobody is taken at our word: an issuer,
   * ours or not, and the domain that it states on chain must name each other.
   */
  private async trustFor(
    bundle: BundleRead | BundleRefused | null,
    facts: ChainFacts | ChainUnavailable,
  ): Promise<Trust> {
    const read = bundle?.kind === 'BundleRead' ? bundle.bundle : null;
    const issuer = read && (await this.issuers.byAddress(this.database, read.issuer));
    const { contract } = this.nodes;
    // Where no node answers, nothing is genuine, so a stranger's chain may be taken from its own words.
    const chainId = issuer?.chainId ?? (await this.nodes.id().catch(() => read?.chainId ?? 0));
    if (this.config.mode !== 'production')
      return { chainId, contract, issuers: issuer ? [{ kind: 'Pinned', issuer: issuer.address }] : [] };
    if (read === null || 'unavailable' in facts) return { chainId, contract, issuers: [] };
    const { domain } = facts.issuer;
    const at = read.inclusion?.time ?? facts.blockTime;
    const named = await this.names.run(domain, { chainId, contract }, read.issuer, at);
    return {
      chainId,
      contract,
      issuers: named ? [{ kind: 'DomainBound', issuer: read.issuer, domain }] : [],
    };
  }
}

/** What is told beside a verdict on a piece that was not certified here. */
const NOT_OURS = {
  piece: null,
  certificateId: null,
  place: null,
  tap: null,
  retryAfterSeconds: null,
} as const;

function answerOf(
  verdict: Verdict,
  notProvenFirst: readonly string[] = [],
): Omit<VerdictType, keyof typeof NOT_OURS> {
  const { asOf } = verdict;
  return {
    word: verdict.verdict,
    axes: Object.entries(verdict.axes).map(([axis, finding]) => ({
      axis,
      finding: finding.state,
      reasonCode: finding.code,
      reasonName: finding.reason,
      reason: finding.message,
      source: finding.source,
    })),
    proven: [...verdict.proven],
    notProven: [...notProvenFirst, ...verdict.notProven],
    asOf: asOf && {
      blockNumber: String(asOf.blockNumber),
      blockHash: asOf.blockHash,
      blockTime: new Date(asOf.blockTime * 1000),
      finality: asOf.finality,
    },
  };
}
