import { Module } from '@nestjs/common';
import { CatalogModule } from '../catalog/index.js';
import { CertificatesModule } from '../certificates/index.js';
import { ChainModule } from '../chain/index.js';
import { NamingModule } from '../naming/index.js';
import { CredentialKey } from './issue-credential/credential-key.js';
import { IssueCredential } from './issue-credential/issue-credential.js';
import { LinksOfPiece } from './piece-links.js';
import { PublicFiles } from './public-files.js';
import { ResolveLink } from './resolve-link/resolve-link.js';
import { ResolverController } from './resolve-link/resolver.controller.js';
import { FilesController } from './show-files/files.controller.js';
import { MetadataController } from './show-metadata/metadata.controller.js';

/** Certificates in the forms of others, and the way to them from the printed link. */
@Module({
  imports: [CatalogModule, CertificatesModule, ChainModule, NamingModule],
  controllers: [FilesController, MetadataController, ResolverController],
  providers: [CredentialKey, IssueCredential, LinksOfPiece, PublicFiles, ResolveLink],
})
export class ExportsModule {}
