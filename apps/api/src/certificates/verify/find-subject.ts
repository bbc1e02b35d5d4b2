import { Inject, Injectable } from '@nestjs/common';
import { asGtin14, isGtin } from '@touchmark/certificates';
import { Editions } from '../../catalog/index.js';
import { Database } from '../../platform/database/index.js';
import { badUserInput, isUuid } from '../../platform/graphql/index.js';
import { type Certificate, CertificatesRepository } from '../certificates.repository.js';
import { Bundles, unanchored } from '../show-certificates/bundles.js';
import type { VerifyInput } from './verify.types.js';

const LARGEST_SERIAL = 2 ** 24;
const TOKEN_ID = /^(0x[0-9a-fA-F]{1,64}|[0-9]{1,78})$/;

/** What is checked: the text of a bundle that was handed in, or of one that we keep, or the reason why there is none. */
export type Subject =
  | { readonly kind: 'Bundle'; readonly text: string }
  | { readonly kind: 'Record'; readonly certificate: Certificate; readonly text: string }
  | { readonly kind: 'Unknown'; readonly message: string };

/** Turns the question into the bundle that it is about. */
@Injectable()
export class FindSubject {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Editions) private readonly editions: Editions,
    @Inject(CertificatesRepository) private readonly certificates: CertificatesRepository,
    @Inject(Bundles) private readonly bundles: Bundles,
  ) {}

  async find(input: VerifyInput): Promise<Subject> {
    const { gtin, serial, certificateId, tokenId, bundle } = input;
    const ways = [gtin ?? serial, certificateId, tokenId, bundle].filter(
      (way) => way !== null && way !== undefined,
    );
    if (ways.length !== 1)
      throw badUserInput('Give exactly one of: gtin with serial, certificateId, tokenId, bundle.');
    if (typeof bundle === 'string') return { kind: 'Bundle', text: bundle };
    if (typeof certificateId === 'string') return this.byId(certificateId);
    if (typeof tokenId === 'string') return this.byToken(tokenId);
    if (typeof gtin !== 'string' || typeof serial !== 'number')
      throw badUserInput('A gtin needs its serial, and a serial its gtin; both are printed on the piece.');
    return this.bySerial(gtin, serial);
  }

  /** The record again, without its place in a batch while a block that is replaced could still change that. */
  async settledText(certificate: Certificate): Promise<string> {
    // In this order: what is final by now is so in the text as well.
    const forGood = await this.bundles.isAnchoredForGood(certificate);
    const text = await this.bundles.textOf(certificate);
    return forGood ? text : unanchored(text);
  }

  private async byId(id: string): Promise<Subject> {
    const found = isUuid(id) ? await this.certificates.byId(this.database, id) : null;
    return this.subjectOf(found, 'No certificate with this id was issued here.');
  }

  private async byToken(tokenId: string): Promise<Subject> {
    if (!TOKEN_ID.test(tokenId) || BigInt(tokenId) >> 256n !== 0n)
      throw badUserInput(
        'tokenId is not a uint256; expected decimal digits, or 0x and at most 64 hex digits.',
      );
    const found = await this.certificates.byToken(this.database, BigInt(tokenId).toString());
    return this.subjectOf(found, 'No certificate of this token was issued here.');
  }

  private async bySerial(gtin: string, serial: number): Promise<Subject> {
    if (!isGtin(gtin))
      throw badUserInput(
        'gtin is not 13 or 14 digits with a right check digit; read the code on the piece again.',
      );
    if (serial < 1 || serial > LARGEST_SERIAL)
      throw badUserInput(`serial was ${String(serial)}; serials are 1 to ${String(LARGEST_SERIAL)}.`);
    const edition = await this.editions.byGtin(this.database, asGtin14(gtin));
    if (edition === null) return { kind: 'Unknown', message: 'No edition here has this GTIN.' };
    const { coopId, editionId } = edition;
    const found = await this.certificates.bySerial(this.database, coopId, editionId, serial);
    return this.subjectOf(found, `No certificate of serial ${String(serial)} was issued in this edition.`);
  }

  private async subjectOf(certificate: Certificate | null, message: string): Promise<Subject> {
    if (certificate === null) return { kind: 'Unknown', message };
    return { kind: 'Record', certificate, text: await this.bundles.textOf(certificate) };
  }
}
