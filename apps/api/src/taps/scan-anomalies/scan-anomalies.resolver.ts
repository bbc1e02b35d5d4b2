import { Inject } from '@nestjs/common';
import { Args, Context, ID, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { detailsOf } from '@touchmark/taps';
import { EditionType, Editions, keyOf, keysOf } from '../../catalog/index.js';
import { Access } from '../../platform/auth/index.js';
import { Database } from '../../platform/database/index.js';
import {
  type Connection,
  type GraphqlContext,
  PageArgs,
  loaderOf,
  pageById,
} from '../../platform/graphql/index.js';
import { AnomaliesRepository } from '../anomalies.repository.js';
import { ScanAnomalyConnection, ScanAnomalyType } from './scan-anomalies.types.js';

@Resolver(() => ScanAnomalyType)
export class ScanAnomaliesResolver {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Editions) private readonly editions: Editions,
    @Inject(AnomaliesRepository) private readonly anomalies: AnomaliesRepository,
  ) {}

  @Access({ roles: ['operator', 'admin'] })
  @Query(() => ScanAnomalyConnection, {
    name: 'scanAnomalies',
    description: 'What was odd about how pieces of the co-op were opened and tapped, the newest first.',
  })
  list(
    @Args('coopId', { type: () => ID }) coopId: string,
    @Args() args: PageArgs,
  ): Promise<Connection<ScanAnomalyType>> {
    return pageById(args, ({ limit, after }) =>
      this.anomalies.page(this.database, coopId, after?.[0] ?? null, limit + 1),
    );
  }

  @ResolveField(() => String, { description: 'What was counted, in words.' })
  details(@Parent() anomaly: ScanAnomalyType): string {
    return detailsOf(anomaly);
  }

  @ResolveField(() => EditionType)
  async edition(
    @Parent() { coopId, editionId }: ScanAnomalyType,
    @Context() context: GraphqlContext,
  ): Promise<EditionType> {
    const load = async (keys: readonly string[]) =>
      new Map(
        (await this.editions.byKeys(this.database, keysOf(keys))).map((one) => [
          keyOf(one.coopId, one.id),
          one,
        ]),
      );
    const edition = await loaderOf<EditionType | null>(context, 'edition of anomaly', load, null).load(
      keyOf(coopId, editionId),
    );
    if (edition === null) throw new Error(`the edition ${editionId} of an anomaly is gone`);
    return edition;
  }
}
