import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { canonicalJson, didOf } from '@touchmark/certificates';
import { CREDENTIAL_JWT, CREDENTIAL_TYPE, credentialOf } from '@touchmark/certificate-exports';
import { CompactSign } from 'jose';
import { type Certificate, ExportedPieces } from '../../certificates/index.js';
import { Issuers } from '../../chain/index.js';
import { CONFIG, type Config } from '../../platform/config/config.js';
import { Database } from '../../platform/database/index.js';
import { LinksOfPiece } from '../piece-links.js';
import { type NoFile, type PublicFile, noFile, tooMany } from '../public-files.js';
import { CredentialKey } from './credential-key.js';

/** Signs a certificate that is final and GENUINE as a W3C Verifiable Credential, secured by JOSE. */
@Injectable()
export class IssueCredential {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(Database) private readonly database: Database,
    @Inject(ExportedPieces) private readonly pieces: ExportedPieces,
    @Inject(Issuers) private readonly issuers: Issuers,
    @Inject(LinksOfPiece) private readonly links: LinksOfPiece,
    @Inject(CredentialKey) private readonly keys: CredentialKey,
  ) {}

  /** `ip` is the address of whoever asks: proving a certificate is work for the nodes, and counted. */
  async run(certificate: Certificate, ip: string): Promise<PublicFile | NoFile> {
    if (!this.config.credentials) return noFile(404, 'This installation issues no credentials.');
    const checked = await this.pieces.proven(certificate, ip);
    if (checked.kind === 'NotProven' && checked.retryAfterSeconds !== null)
      return tooMany('This network asks for too many checks, so nobody looked.', checked.retryAfterSeconds);
    if (checked.kind === 'NotProven')
      return noFile(
        409,
        `There is a credential only while the piece is GENUINE and final; it is ${checked.word}.`,
      );
    const issuer = await this.issuers.of(this.database, certificate.coopId);
    if (issuer === null) throw new Error(`certificate ${certificate.id} has no issuer`);
    const { anchor, credential, bundle } = await this.links.of(certificate);
    const issuedBy = didOf(issuer.domain);
    const content = credentialOf({
      bundle: checked.bundle,
      text: checked.text,
      sha256: createHash('sha256').update(checked.text).digest('base64'),
      issuer: issuedBy,
      links: { credential, bundle, page: anchor },
      now: await this.database.now(),
    });
    const { key, published } = await this.keys.signing();
    const jwt = await new CompactSign(Buffer.from(canonicalJson(content)))
      .setProtectedHeader({
        alg: 'ES256',
        typ: CREDENTIAL_JWT,
        cty: 'vc',
        kid: `${issuedBy}#${published.name}`,
      })
      .sign(key);
    return { kind: 'PublicFile', type: CREDENTIAL_TYPE, body: jwt };
  }
}
