import { Inject, Injectable } from '@nestjs/common';
import { canonicalJson, didDocument } from '@touchmark/certificates';
import { Issuers } from '../../chain/index.js';
import { CONFIG, type Config } from '../../platform/config/config.js';
import { Database } from '../../platform/database/index.js';
import { DidKeys } from '../did-keys.js';

/** The did.json of a host: that of a co-op's domain names its issuer, that of this installation names all of them. */
@Injectable()
export class ShowDid {
  private readonly ownHost: string;

  constructor(
    @Inject(CONFIG) config: Config,
    @Inject(Database) private readonly database: Database,
    @Inject(Issuers) private readonly issuers: Issuers,
    @Inject(DidKeys) private readonly keys: DidKeys,
  ) {
    this.ownHost = new URL(config.publicUrl).host;
  }

  /** The document as text; null when nobody issues here in the name of this host. */
  async run(host: string): Promise<string | null> {
    const asked = host.toLowerCase();
    const own = asked === this.ownHost;
    const issuers = await this.issuers.namedBy(this.database, own ? hostname(asked) : asked, own);
    if (issuers.length === 0 && !own) return null;
    // No home has ended yet: an installation issues at one chain and contract.
    const ever = { validFrom: null, validUntil: null };
    const named = issuers.map(({ chainId, contract, address }) => ({
      chainId,
      contract,
      issuer: address,
      ...ever,
    }));
    return canonicalJson(didDocument(asked, named, await this.keys.all()));
  }
}

function hostname(host: string): string {
  return new URL(`https://${host}`).hostname;
}
