import { Inject } from '@nestjs/common';
import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { Access, CurrentActor, ROLES, accountOf, type Actor } from '../../../platform/auth/index.js';
import { BookSeries } from './book-series.js';
import { BookSeriesInput, BookSeriesResult, type BookSeriesOutcome } from './book-series.types.js';

@Resolver()
export class BookSeriesResolver {
  constructor(@Inject(BookSeries) private readonly bookSeries: BookSeries) {}

  @Access({ roles: ROLES })
  @Mutation(() => BookSeriesResult, { name: 'bookSeries' })
  run(@CurrentActor() actor: Actor, @Args('input') input: BookSeriesInput): Promise<BookSeriesOutcome> {
    return this.bookSeries.run(accountOf(actor), input);
  }
}
