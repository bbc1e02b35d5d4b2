import { Controller, Get, Inject, Param, Req, Res } from '@nestjs/common';
import { EPCIS_TYPE, epcisDocument, pieceOf } from '@touchmark/certificate-exports';
import type { Request, Response } from 'express';
import { type Certificate, ExportedPieces } from '../../certificates/index.js';
import { IssueCredential } from '../issue-credential/issue-credential.js';
import { LinksOfPiece } from '../piece-links.js';
import { codePicture } from '../printed-code.js';
import { type NoFile, type PublicFile, PublicFiles, noFile } from '../public-files.js';

/** GET /exports/{certificateId}/{file}: a certificate in the form of others. */
@Controller('exports')
export class FilesController {
  constructor(
    @Inject(ExportedPieces) private readonly pieces: ExportedPieces,
    @Inject(LinksOfPiece) private readonly links: LinksOfPiece,
    @Inject(IssueCredential) private readonly credentials: IssueCredential,
    @Inject(PublicFiles) private readonly files: PublicFiles,
  ) {}

  @Get(':id/:file')
  async show(
    @Param('id') id: string,
    @Param('file') file: string,
    @Req() req: Request,
    @Res() res: Response,
  ): Promise<void> {
    await this.files.answer(req, res, async () => {
      const certificate = await this.pieces.byId(id);
      if (certificate === null) return noFile(404, 'No certificate with this id was issued here.');
      return this.make(certificate, file, req.ip ?? '');
    });
  }

  private async make(certificate: Certificate, file: string, ip: string): Promise<PublicFile | NoFile> {
    switch (file) {
      case 'code.svg': {
        const { anchor } = await this.links.of(certificate);
        return { kind: 'PublicFile', type: 'image/svg+xml', body: codePicture(anchor) };
      }
      case 'credential.jwt':
        return this.credentials.run(certificate, ip);
      case 'epcis.jsonld': {
        const bundle = await this.pieces.bundleOf(certificate);
        const { bundle: address } = await this.links.of(certificate);
        const document = bundle && epcisDocument(pieceOf(bundle), address);
        if (document === null)
          return noFile(404, 'This certificate discloses nothing of when its piece was made.');
        return { kind: 'PublicFile', type: EPCIS_TYPE, body: JSON.stringify(document) };
      }
      default:
        return noFile(
          404,
          'There is no such file of a certificate; here are: code.svg, credential.jwt, epcis.jsonld.',
        );
    }
  }
}
