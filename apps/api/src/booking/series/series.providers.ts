import type { Provider } from '@nestjs/common';
import { BookSeries } from './book-series/book-series.js';
import { BookSeriesResolver } from './book-series/book-series.resolver.js';
import { CancelSeries } from './cancel-series/cancel-series.js';
import { CancelSeriesResolver } from './cancel-series/cancel-series.resolver.js';
import { DecideOccurrence } from './decide-occurrence.js';
import { SeriesResolver } from './my-series/series.resolver.js';
import { PlanSeries } from './plan-series/plan-series.js';
import { PlanSeriesResolver } from './plan-series/plan-series.resolver.js';
import { SeriesRepository } from './series.repository.js';

/** Bookings that repeat, as a part of the booking module. */
export const SERIES: Provider[] = [
  SeriesRepository,
  DecideOccurrence,
  PlanSeries,
  PlanSeriesResolver,
  BookSeries,
  BookSeriesResolver,
  CancelSeries,
  CancelSeriesResolver,
  SeriesResolver,
];
