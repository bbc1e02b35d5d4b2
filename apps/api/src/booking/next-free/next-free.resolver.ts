import { Inject } from '@nestjs/common';
import { Args, ArgsType, Field, ID, Int, Query, Resolver } from '@nestjs/graphql';
import { Access, ROLES } from '../../platform/auth/index.js';
import { Instant, badUserInput } from '../../platform/graphql/index.js';
import { SlotAlternative } from '../hold-slot/hold-slot.types.js';
import { NextFree } from './next-free.js';

const MOST = 20;
const MOST_MINUTES = 1440;

@ArgsType()
class NextFreeArgs {
  @Field(() => ID) coopId!: string;
  @Field(() => ID) cellId!: string;
  @Field(() => ID, { nullable: true }) stationId?: string | null;
  @Field(() => Int) minutes!: number;
  @Field(() => String, { nullable: true }) family?: string | null;
  @Field(() => Instant, { nullable: true }) notBefore?: Date | null;
  @Field(() => Int, { defaultValue: 3, description: 'At most 20.' }) limit!: number;
}

@Resolver()
export class NextFreeResolver {
  constructor(@Inject(NextFree) private readonly nextFree: NextFree) {}

  @Access({ roles: ROLES })
  @Query(() => [SlotAlternative], {
    name: 'nextFree',
    description:
      'The next windows of a length on a cell, earliest first, none of which overlap on a station.',
  })
  run(@Args() args: NextFreeArgs): Promise<SlotAlternative[]> {
    const { coopId, cellId, minutes, limit } = args;
    if (limit < 1 || limit > MOST)
      throw badUserInput(`limit was ${String(limit)}; ask for 1 to ${String(MOST)}.`);
    if (minutes < 1 || minutes > MOST_MINUTES)
      throw badUserInput(`minutes was ${String(minutes)}; ask for 1 to ${String(MOST_MINUTES)}.`);
    return this.nextFree.run({
      ...{ coopId, cellId, minutes, limit, stationId: args.stationId ?? null, family: args.family ?? null },
      notBefore: args.notBefore ?? null,
    });
  }
}
