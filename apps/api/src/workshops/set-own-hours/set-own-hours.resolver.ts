import { Inject } from '@nestjs/common';
import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { Access } from '../../platform/auth/index.js';
import { SetOwnHours } from './set-own-hours.js';
import { SetOwnHoursInput, SetOwnHoursResult, type SetOwnHoursOutcome } from './set-own-hours.types.js';

@Resolver()
export class SetOwnHoursResolver {
  constructor(@Inject(SetOwnHours) private readonly setOwnHours: SetOwnHours) {}

  @Access({ roles: ['admin'] })
  @Mutation(() => SetOwnHoursResult, { name: 'setOwnHours' })
  run(@Args('input') input: SetOwnHoursInput): Promise<SetOwnHoursOutcome> {
    return this.setOwnHours.run(input);
  }
}
