import { Inject } from '@nestjs/common';
import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { Access } from '../../platform/auth/index.js';
import { SetOpeningHours } from './set-opening-hours.js';
import {
  SetOpeningHoursInput,
  SetOpeningHoursResult,
  type SetOpeningHoursOutcome,
} from './set-opening-hours.types.js';

@Resolver()
export class SetOpeningHoursResolver {
  constructor(@Inject(SetOpeningHours) private readonly setOpeningHours: SetOpeningHours) {}

  @Access({ roles: ['admin'] })
  @Mutation(() => SetOpeningHoursResult, { name: 'setOpeningHours' })
  run(@Args('input') input: SetOpeningHoursInput): Promise<SetOpeningHoursOutcome> {
    return this.setOpeningHours.run(input);
  }
}
