import { Inject } from '@nestjs/common';
import { Args, Context, ID, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { measure, type Measured } from '@touchmark/exchange';
import { CoopType, Coops, type Coop } from '../../membership/index.js';
import { Access } from '../../platform/auth/index.js';
import { Database } from '../../platform/database/index.js';
import {
  PageArgs,
  connectionOf,
  isUuid,
  loaderOf,
  type Connection,
  type GraphqlContext,
} from '../../platform/graphql/index.js';
import { newestPage } from '../../platform/graphql/newest-page.js';
import { MeasuredOffer, OfferConnection, OfferType } from '../offer.types.js';
import { OffersRepository } from '../offers.repository.js';

// In fields: what an offer has shown is two hundred rows, and anybody may ask for it. A request gets some two hundred offers with it.
const COST_OF_MEASURING = 100;

@Resolver(() => OfferType)
export class BrowseOffersResolver {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Coops) private readonly coops: Coops,
    @Inject(OffersRepository) private readonly offers: OffersRepository,
  ) {}

  @Access({ anyone: true })
  @Query(() => OfferConnection, {
    name: 'offers',
    description: 'What providers sell to peers, newest first.',
  })
  async page(
    @Args() args: PageArgs,
    @Args('kindOfWork', { type: () => String, nullable: true }) kindOfWork?: string | null,
    @Args('providerId', { type: () => ID, nullable: true, description: 'Those of one provider only.' })
    providerId?: string | null,
  ): Promise<Connection<OfferType>> {
    const request = newestPage(args);
    const kind = kindOfWork ?? null;
    const rows =
      providerId === null || providerId === undefined
        ? await this.offers.newest(this.database, kind, request)
        : isUuid(providerId)
          ? await this.offers.ofProvider(this.database, providerId, kind, request)
          : [];
    const keysOf = (offer: OfferType): string[] => [offer.publishedAt.toISOString(), offer.id];
    return connectionOf(rows, request, keysOf, (offer) => offer);
  }

  @Access({ anyone: true })
  @Query(() => OfferType, { name: 'offer', nullable: true })
  async one(
    @Args('coopId', { type: () => ID }) coopId: string,
    @Args('id', { type: () => ID }) id: string,
  ): Promise<OfferType | null> {
    return isUuid(coopId) && isUuid(id) ? this.offers.byId(this.database, { coopId, id }) : null;
  }

  @ResolveField(() => CoopType, { name: 'provider' })
  async provider(@Parent() offer: OfferType, @Context() context: GraphqlContext): Promise<CoopType> {
    const loader = loaderOf<Coop | null>(context, 'exchange.coop', (ids) => this.coops.byIds(ids), null);
    const coop = await loader.load(offer.coopId);
    if (coop === null) throw new Error(`the provider of offer ${offer.id} is missing`);
    return coop;
  }

  @ResolveField(() => MeasuredOffer, {
    name: 'measured',
    complexity: ({ childComplexity }) => COST_OF_MEASURING + childComplexity,
  })
  measured(@Parent() { coopId, id }: OfferType, @Context() context: GraphqlContext): Promise<Measured> {
    const load = async (keys: readonly string[]): Promise<ReadonlyMap<string, Measured>> => {
      const parsed = keys
        .map((key) => key.split(' '))
        .map(([of = '', offer = '']) => ({ coopId: of, id: offer }));
      const found = await this.offers.measured(this.database, parsed);
      return new Map(parsed.map((key) => [`${key.coopId} ${key.id}`, found.get(key.id) ?? measure([])]));
    };
    return loaderOf<Measured>(context, 'exchange.measured', load, measure([])).load(`${coopId} ${id}`);
  }
}
