import { Inject } from '@nestjs/common';
import { Args, ArgsType, Field, ID, Query, Resolver } from '@nestjs/graphql';
import { Access, CurrentActor, ROLES, accountOf, type Actor } from '../../platform/auth/index.js';
import { Instant } from '../../platform/graphql/index.js';
import { ExplainPrice } from './explain-price.js';
import { ExplainPriceResult, type ExplainPriceOutcome } from './explain-price.types.js';

@ArgsType()
class ExplainPriceArgs {
  @Field(() => ID) coopId!: string;
  @Field(() => ID) cellId!: string;
  @Field(() => ID, { nullable: true }) stationId?: string | null;
  @Field(() => Instant) fromAt!: Date;
  @Field(() => Instant, { description: 'Excluded.' }) toAt!: Date;
  @Field(() => String, { nullable: true }) family?: string | null;
  @Field(() => Boolean, { nullable: true }) useCredits?: boolean | null;
}

@Resolver()
export class ExplainPriceResolver {
  constructor(@Inject(ExplainPrice) private readonly explainPrice: ExplainPrice) {}

  @Access({ roles: ROLES })
  @Query(() => ExplainPriceResult, {
    name: 'explainPrice',
    description: 'What holding a window would cost the caller now, line by line, or why it cannot be held.',
  })
  run(@CurrentActor() actor: Actor, @Args() args: ExplainPriceArgs): Promise<ExplainPriceOutcome> {
    const { coopId, cellId, fromAt, toAt } = args;
    return this.explainPrice.run({
      ...{ coopId, cellId, accountId: accountOf(actor), stationId: args.stationId ?? null },
      ...{ family: args.family ?? null, useCredits: args.useCredits ?? false },
      window: { fromAt: fromAt.getTime(), toAt: toAt.getTime() },
    });
  }
}
