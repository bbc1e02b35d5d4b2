import { Inject } from '@nestjs/common';
import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { Access } from '../../platform/auth/index.js';
import { AddHolidays } from './add-holidays.js';
import { AddHolidaysInput, AddHolidaysResult, type AddHolidaysOutcome } from './add-holidays.types.js';

@Resolver()
export class AddHolidaysResolver {
  constructor(@Inject(AddHolidays) private readonly addHolidays: AddHolidays) {}

  @Access({ roles: ['admin'] })
  @Mutation(() => AddHolidaysResult, { name: 'addHolidays' })
  run(@Args('input') input: AddHolidaysInput): Promise<AddHolidaysOutcome> {
    return this.addHolidays.run(input);
  }
}
