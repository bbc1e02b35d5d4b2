import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/index.js';
import { isUuid } from '../../platform/graphql/index.js';
import { type Coop, CoopsRepository } from '../coops.repository.js';

/** Looks up co-ops, for every feature. */
@Injectable()
export class Coops {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CoopsRepository) private readonly coops: CoopsRepository,
  ) {}

  /** The co-ops with these ids, by id; for loaders. */
  async byIds(ids: readonly string[]): Promise<Map<string, Coop>> {
    const rows = await this.coops.byIds(this.database, ids.filter(isUuid));
    return new Map(rows.map((coop) => [coop.id, coop]));
  }

  async byId(id: string): Promise<Coop | null> {
    return (await this.byIds([id])).get(id.toLowerCase()) ?? null;
  }

  async bySlug(slug: string): Promise<Coop | null> {
    return this.coops.bySlug(this.database, slug);
  }
}
