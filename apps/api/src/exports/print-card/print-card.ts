import { Inject, Injectable } from '@nestjs/common';
import { type Hex, claimLink, parseDigitalLink } from '@touchmark/certificates';
import { type Piece, pieceOf } from '@touchmark/certificate-exports';
import { type Certificate, ExportedPieces } from '../../certificates/index.js';
import { CONFIG, type Config } from '../../platform/config/config.js';
import { Transactions, newId } from '../../platform/database/index.js';
import { NotFound } from '../../platform/graphql/index.js';
import { LinksOfPiece } from '../piece-links.js';
import { CardPrintsRepository } from './card-prints.repository.js';
import { drawCard } from './draw-card.js';
import { CardPrinted, type PrintCardInput, type PrintCardOutcome } from './print-card.types.js';

/**
 * Prints the card of a piece. Here alone a sealed claim key is opened; it goes into one code of the PDF and nowhere else, and who
 * asked for it is on record before anybody has it.
 */
@Injectable()
export class PrintCard {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(ExportedPieces) private readonly pieces: ExportedPieces,
    @Inject(LinksOfPiece) private readonly links: LinksOfPiece,
    @Inject(CardPrintsRepository) private readonly prints: CardPrintsRepository,
  ) {}

  async run(accountId: string, { coopId, certificateId }: PrintCardInput): Promise<PrintCardOutcome> {
    const certificate = await this.pieces.byId(certificateId);
    const bundle =
      certificate?.coopId === coopId.toLowerCase() ? await this.pieces.bundleOf(certificate) : null;
    if (certificate === null || bundle === null) return new NotFound('certificate');
    const key = await this.pieces.claimKeyOf(certificate);
    const pdf = await this.draw(certificate, pieceOf(bundle), key);
    const fileName = `touchmark-card-${String(certificate.serial)}.pdf`;
    return this.transactions.run<'CardPrinted', PrintCardOutcome>(['CardPrinted'], async (tx) => {
      const print = {
        ...{ coopId: certificate.coopId, id: newId(), certificateId: certificate.id, printedBy: accountId },
        printedAt: await tx.now(),
      };
      await this.prints.insert(tx, print);
      return new CardPrinted(print, fileName, pdf.toString('base64'));
    });
  }

  private async draw(certificate: Certificate, piece: Piece, key: Hex): Promise<Buffer> {
    const { anchor } = await this.links.of(certificate);
    const printed = parseDigitalLink(new URL(anchor).pathname);
    if (printed.kind === 'DigitalLinkRefused') throw new Error(printed.message);
    const sealed = `${this.config.publicUrl}${claimLink(printed.gtin, printed.serial, key)}`;
    return drawCard({ piece, page: anchor, sealed });
  }
}
