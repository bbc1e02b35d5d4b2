import { Inject, Injectable } from '@nestjs/common';
import type { Queryable } from '../platform/database/index.js';
import type { RecipeOperationType, WorkType } from './catalog.types.js';
import { WorksRepository, type WorkKey } from './works.repository.js';

/** What other features may ask about works. */
@Injectable()
export class Works {
  constructor(@Inject(WorksRepository) private readonly works: WorksRepository) {}

  /** The work; null when the co-op has none such. */
  async load(q: Queryable, coopId: string, workId: string): Promise<WorkType | null> {
    const [work] = await this.works.byKeys(q, [{ coopId, id: workId }]);
    return work ?? null;
  }

  async byKeys(q: Queryable, keys: readonly WorkKey[]): Promise<WorkType[]> {
    return this.works.byKeys(q, keys);
  }
}

/** What other features may ask about recipes. */
@Injectable()
export class Recipes {
  constructor(@Inject(WorksRepository) private readonly works: WorksRepository) {}

  /** The operations of a work in their order. */
  async ofWork(q: Queryable, coopId: string, workId: string): Promise<RecipeOperationType[]> {
    return this.works.recipes(q, [{ coopId, id: workId }]);
  }
}
