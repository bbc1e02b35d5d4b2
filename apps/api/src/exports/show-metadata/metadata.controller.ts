import { Controller, Get, Inject, Param, Req, Res } from '@nestjs/common';
import { pieceOf, tokenMetadata, tokenPicture } from '@touchmark/certificate-exports';
import type { Request, Response } from 'express';
import { ExportedPieces } from '../../certificates/index.js';
import { CONFIG, type Config } from '../../platform/config/config.js';
import { LinksOfPiece } from '../piece-links.js';
import { PublicFiles, noFile } from '../public-files.js';

const TOKEN = /^(0|[1-9][0-9]{0,77})$/;
const PICTURE = /^(.{1,78})[.]svg$/;

/** GET /metadata/{tokenId}: what `tokenURI` of the contract leads to; with `.svg` behind it, the picture. For wallets; no verdict reads it. */
@Controller('metadata')
export class MetadataController {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(ExportedPieces) private readonly pieces: ExportedPieces,
    @Inject(LinksOfPiece) private readonly links: LinksOfPiece,
    @Inject(PublicFiles) private readonly files: PublicFiles,
  ) {}

  @Get(':token')
  async show(@Param('token') asked: string, @Req() req: Request, @Res() res: Response): Promise<void> {
    await this.files.answer(req, res, async () => {
      const picture = PICTURE.exec(asked)?.[1];
      const tokenId = picture ?? asked;
      const found = TOKEN.test(tokenId) ? await this.pieces.byToken(tokenId) : null;
      const bundle = found && (await this.pieces.bundleOf(found));
      if (found === null || bundle === null)
        return noFile(404, 'No certificate of this token was issued here.');
      const piece = pieceOf(bundle);
      if (picture !== undefined)
        return { kind: 'PublicFile', type: 'image/svg+xml', body: tokenPicture(piece) };
      const { anchor } = await this.links.of(found);
      const image = `${this.config.publicUrl}/metadata/${tokenId}.svg`;
      const metadata = tokenMetadata(piece, { page: anchor, image });
      return { kind: 'PublicFile', type: 'application/json', body: JSON.stringify(metadata) };
    });
  }
}
