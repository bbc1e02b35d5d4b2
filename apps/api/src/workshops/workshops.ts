import { Inject, Injectable } from '@nestjs/common';
import type { Queryable } from '../platform/database/index.js';
import { isUuid } from '../platform/graphql/index.js';
import type { WorkshopType } from './workshop.types.js';
import { WorkshopsRepository } from './workshops.repository.js';

/** What other features may ask about workshops. */
@Injectable()
export class Workshops {
  constructor(@Inject(WorkshopsRepository) private readonly workshops: WorkshopsRepository) {}

  async byId(q: Queryable, coopId: string, id: string): Promise<WorkshopType | null> {
    if (!isUuid(coopId) || !isUuid(id)) return null;
    const [workshop] = await this.workshops.byIds(q, [{ coopId, id }]);
    return workshop ?? null;
  }

  byIds(
    q: Queryable,
    keys: readonly { readonly coopId: string; readonly id: string }[],
  ): Promise<WorkshopType[]> {
    return this.workshops.byIds(q, keys);
  }
}
