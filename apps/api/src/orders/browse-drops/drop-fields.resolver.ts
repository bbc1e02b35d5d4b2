import { Inject } from '@nestjs/common';
import { Context, Int, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { EditionType, Editions, keyOf, keysOf } from '../../catalog/index.js';
import { CoopType, Coops } from '../../membership/index.js';
import { Database } from '../../platform/database/index.js';
import { loaderOf, type GraphqlContext } from '../../platform/graphql/index.js';
import { DropsRepository } from '../drops.repository.js';
import { DropType } from '../orders.types.js';

/** What hangs on a drop, batched for every drop of an answer. */
@Resolver(() => DropType)
export class DropFieldsResolver {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Editions) private readonly editions: Editions,
    @Inject(Coops) private readonly coops: Coops,
  ) {}

  @ResolveField(() => EditionType)
  async edition(@Parent() drop: DropType, @Context() context: GraphqlContext): Promise<EditionType> {
    const load = async (keys: readonly string[]) =>
      new Map(
        (await this.editions.byKeys(this.database, keysOf(keys))).map((one) => [
          keyOf(one.coopId, one.id),
          one,
        ]),
      );
    const edition = await loaderOf<EditionType | null>(context, 'edition', load, null).load(
      keyOf(drop.coopId, drop.editionId),
    );
    if (edition === null) throw new Error(`drop ${drop.id} has no edition`);
    return edition;
  }

  @ResolveField(() => CoopType)
  async coop(@Parent() drop: DropType, @Context() context: GraphqlContext): Promise<CoopType> {
    const load = (ids: readonly string[]) => this.coops.byIds(ids);
    const coop = await loaderOf<CoopType | null>(context, 'coop', load, null).load(drop.coopId);
    if (coop === null) throw new Error(`drop ${drop.id} has no co-op`);
    return coop;
  }

  @ResolveField(() => Int, {
    description: 'Units that can be ordered now, if no unpaid order gives any back.',
  })
  unitsLeft(@Parent() drop: DropType): number {
    return drop.size - drop.unitsHeld - drop.unitsSold;
  }

  @ResolveField(() => Int, { description: 'Units that are paid, or held by orders that await payment.' })
  unitsOrdered(@Parent() drop: DropType): number {
    return drop.unitsHeld + drop.unitsSold;
  }
}

/** The drop of an edition, if it has one. */
@Resolver(() => EditionType)
export class EditionDropResolver {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(DropsRepository) private readonly drops: DropsRepository,
  ) {}

  @ResolveField(() => DropType, { nullable: true })
  drop(@Parent() edition: EditionType, @Context() context: GraphqlContext): Promise<DropType | null> {
    const load = async (keys: readonly string[]) =>
      new Map(
        (await this.drops.ofEditions(this.database, keysOf(keys))).map((drop) => [
          keyOf(drop.coopId, drop.editionId),
          drop,
        ]),
      );
    return loaderOf<DropType | null>(context, 'drop of edition', load, null).load(
      keyOf(edition.coopId, edition.id),
    );
  }
}
