import { Inject, Injectable } from '@nestjs/common';
import {
  BUNDLE_FORMAT,
  type Bundle,
  type CertificateDocument,
  type Inclusion,
  type PositionalTree,
  bundleText,
  canonicalProblem,
  parseBundle,
  positionalTree,
  tokenPartsOf,
  treePath,
} from '@touchmark/certificates';
import { ChainCalls, Issuers } from '../../chain/index.js';
import { Database } from '../../platform/database/index.js';
import { type AnchorBatch, AnchorBatchesRepository } from '../anchor-batches.repository.js';
import { type Certificate, CertificatesRepository } from '../certificates.repository.js';
import { ReplacementsRepository } from '../replace-certificate/replacements.repository.js';

const TREES_KEPT = 64;

/** Writes a stored certificate as the bundle that anybody can check, with its place in the batch once it is anchored. */
@Injectable()
export class Bundles {
  private readonly trees = new Map<string, PositionalTree>();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Issuers) private readonly issuers: Issuers,
    @Inject(AnchorBatchesRepository) private readonly batches: AnchorBatchesRepository,
    @Inject(ReplacementsRepository) private readonly replacements: ReplacementsRepository,
    @Inject(CertificatesRepository) private readonly certificates: CertificatesRepository,
    @Inject(ChainCalls) private readonly calls: ChainCalls,
  ) {}

  /** The canonical text of the certificate in force. It is written as stored and judged like any other: who changed a row finds it refused. */
  async textOf(certificate: Certificate): Promise<string> {
    const issuer = await this.issuers.of(this.database, certificate.coopId);
    if (issuer === null) throw new Error(`the co-op ${certificate.coopId} has certificates and no issuer`);
    const parts = tokenPartsOf(BigInt(certificate.tokenId));
    const replacement = await this.replacements.inForce(this.database, certificate);
    const { claimKey, signer, signature, document: written } = replacement ?? certificate;
    const document = readDocument(written);
    if (document === null) return written;
    const bundle: Bundle = {
      format: BUNDLE_FORMAT,
      chainId: issuer.chainId,
      contract: issuer.contract,
      issuer: parts.issuer,
      edition: parts.edition.toString(),
      serial: certificate.serial,
      document,
      claimKey,
      signer,
      signature,
      // A replacement stands on chain by itself, not in a batch.
      inclusion: replacement === null ? await this.inclusionOf(certificate) : null,
      proof: null,
    };
    return bundleText(bundle);
  }

  /** True when the block of its batch can no longer be replaced; until then its place in the batch may change or go. */
  async isAnchoredForGood({ coopId, batchId }: Pick<Certificate, 'coopId' | 'batchId'>): Promise<boolean> {
    if (batchId === null) return false;
    const states = await this.calls.states(this.database, 'anchor', [{ coopId, id: batchId }]);
    return states.get(`${coopId}/${batchId}`) === 'finalized';
  }

  /** The place of the certificate in its batch, also when that was voided, for all to see; null until it is anchored. */
  async inclusionOf(
    certificate: Pick<Certificate, 'coopId' | 'batchId' | 'serial'>,
  ): Promise<Inclusion | null> {
    if (certificate.batchId === null) return null;
    const batch = await this.batches.load(this.database, certificate.coopId, certificate.batchId);
    // Only a batch that was anchored has the time of its block.
    if (!batch?.anchoredAt) return null;
    const tree = await this.treeOf(batch);
    const { firstSerial, unitCount: count, root } = batch;
    const index = certificate.serial - firstSerial;
    const path = index >= 0 && index < tree.count ? treePath(tree, index) : [];
    const time = batch.anchoredAt.getTime() / 1000;
    return { firstSerial, count, time, cosignUntil: batch.cosignUntil, index, path, root };
  }

  private async treeOf(batch: AnchorBatch): Promise<PositionalTree> {
    const known = this.trees.get(batch.id);
    if (known !== undefined) return known;
    const leaves = await this.certificates.leavesOfBatch(this.database, batch.coopId, batch.id);
    const tree = positionalTree(leaves.map(({ leaf }) => leaf));
    // A batch never changes, so the oldest goes only for room.
    const [oldest] = this.trees.keys();
    if (this.trees.size >= TREES_KEPT && oldest !== undefined) this.trees.delete(oldest);
    this.trees.set(batch.id, tree);
    return tree;
  }
}

/** The text of a bundle that names no place in a batch; one that cannot be read is left as it is. */
export function unanchored(text: string): string {
  const read = parseBundle(text);
  return read.kind === 'BundleRefused' ? text : bundleText({ ...read.bundle, inclusion: null, proof: null });
}

/** Null for what our own hand never wrote: then the row itself is what gets judged, and refused. */
function readDocument(text: string): CertificateDocument | null {
  try {
    const fields: unknown = JSON.parse(text);
    return Array.isArray(fields) && canonicalProblem(fields) === null
      ? (fields as CertificateDocument)
      : null;
  } catch {
    return null;
  }
}
