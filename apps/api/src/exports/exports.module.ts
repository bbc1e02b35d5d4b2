import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CatalogModule } from '../catalog/index.js';
import { CertificatesModule } from '../certificates/index.js';
import { ChainModule } from '../chain/index.js';
import { MembershipModule } from '../membership/index.js';
import { NamingModule } from '../naming/index.js';
import { AnnounceMetadata } from './announce-metadata/announce-metadata.js';
import { CredentialKey } from './issue-credential/credential-key.js';
import { IssueCredential } from './issue-credential/issue-credential.js';
import { LinksOfPiece } from './piece-links.js';
import { CardPrintEntity } from './print-card/card-print.entity.js';
import { CardPrintsRepository } from './print-card/card-prints.repository.js';
import { PrintCard } from './print-card/print-card.js';
import { PrintCardResolver } from './print-card/print-card.resolver.js';
import { PublicFiles } from './public-files.js';
import { ResolveLink } from './resolve-link/resolve-link.js';
import { ResolverController } from './resolve-link/resolver.controller.js';
import { FilesController } from './show-files/files.controller.js';
import { MetadataController } from './show-metadata/metadata.controller.js';

/** Certificates in the forms of others, and the way to them from the printed link. */
@Module({
  imports: [
    CatalogModule,
    CertificatesModule,
    ChainModule,
    MembershipModule,
    NamingModule,
    TypeOrmModule.forFeature([CardPrintEntity]),
  ],
  controllers: [FilesController, MetadataController, ResolverController],
  providers: [
    AnnounceMetadata,
    CardPrintsRepository,
    CredentialKey,
    IssueCredential,
    LinksOfPiece,
    PrintCard,
    PrintCardResolver,
    PublicFiles,
    ResolveLink,
  ],
})
export class ExportsModule {}
