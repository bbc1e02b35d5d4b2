import { Inject, Injectable } from '@nestjs/common';
import { formatDigitalLink } from '@touchmark/certificates';
import { CREDENTIAL_TYPE, EPCIS_TYPE, type PieceLink, type PieceLinks } from '@touchmark/certificate-exports';
import { Editions, Works } from '../catalog/index.js';
import type { Certificate } from '../certificates/index.js';
import { CONFIG, type Config } from '../platform/config/config.js';
import { Database } from '../platform/database/index.js';

/** The links of a piece, and by name those that its exports speak of. */
export interface LinksFound extends PieceLinks {
  readonly bundle: string;
  readonly credential: string;
}

/** What is on the web about one piece, by its GS1 link types. */
@Injectable()
export class LinksOfPiece {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(Database) private readonly database: Database,
    @Inject(Editions) private readonly editions: Editions,
    @Inject(Works) private readonly works: Works,
  ) {}

  async of({ coopId, editionId, serial, id }: Certificate): Promise<LinksFound> {
    const edition = await this.editions.load(this.database, coopId, editionId);
    const work = edition && (await this.works.load(this.database, coopId, edition.workId));
    if (edition === null || work === null)
      throw new Error(`the edition or work of certificate ${id} is gone`);
    const at = (path: string): string => `${this.config.publicUrl}${path}`;
    const anchor = at(formatDigitalLink(edition.gtin, serial));
    const description = `${work.title} No. ${String(serial)}`;
    const page: Omit<PieceLink, 'linkType'> = {
      href: anchor,
      title: `${description}: is it genuine, and how was it made?`,
      type: 'text/html',
      hreflang: ['en'],
    };
    const file = (linkType: string, href: string, type: string, title: string): PieceLink => ({
      ...{ linkType, href, title, type, hreflang: [] },
    });
    const bundle = at(`/certificates/${id}/bundle`);
    const credential = at(`/exports/${id}/credential.jwt`);
    const signed = this.config.credentials
      ? [file('certificationInfo', credential, CREDENTIAL_TYPE, 'The certificate as a verifiable credential')]
      : [];
    return {
      ...{ anchor, description, bundle, credential },
      links: [
        { linkType: 'defaultLink', ...page },
        { linkType: 'pip', ...page },
        file('certificationInfo', bundle, 'application/json', 'The certificate with its proof'),
        ...signed,
        file('epcis', at(`/exports/${id}/epcis.jsonld`), EPCIS_TYPE, 'How it was made, as EPCIS 2.0 events'),
      ],
    };
  }
}
