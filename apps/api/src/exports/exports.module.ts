import { Module } from '@nestjs/common';
import { CatalogModule } from '../catalog/index.js';
import { CertificatesModule } from '../certificates/index.js';
import { LinksOfPiece } from './piece-links.js';
import { PublicFiles } from './public-files.js';
import { ResolveLink } from './resolve-link/resolve-link.js';
import { ResolverController } from './resolve-link/resolver.controller.js';
import { FilesController } from './show-files/files.controller.js';
import { MetadataController } from './show-metadata/metadata.controller.js';

/** Certificates in the forms of others, and the way to them from the printed link. */
@Module({
  imports: [CatalogModule, CertificatesModule],
  controllers: [FilesController, MetadataController, ResolverController],
  providers: [LinksOfPiece, PublicFiles, ResolveLink],
})
export class ExportsModule {}
