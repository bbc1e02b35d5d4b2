import { Inject, Injectable } from '@nestjs/common';
import type { Pool, QueryResultRow } from 'pg';
import { DataSource } from 'typeorm';
import type { Queryable } from './transaction.js';

/** Reads outside a transaction, straight from the pool. */
@Injectable()
export class Database implements Queryable {
  constructor(@Inject(DataSource) private readonly dataSource: DataSource) {}

  /** The `pg` pool under TypeORM. */
  get pool(): Pool {
    return (this.dataSource.driver as unknown as { master: Pool }).master;
  }

  async query<Row extends QueryResultRow>(text: string, values: readonly unknown[] = []): Promise<Row[]> {
    const result = await this.pool.query<Row>(text, [...values]);
    return result.rows;
  }

  /** The time of the clock port, for reads that belong to no transaction. */
  async now(): Promise<Date> {
    const [row] = await this.query<{ now: Date }>('SELECT app_now() AS now');
    if (row === undefined) throw new Error('app_now() returned no row');
    return row.now;
  }
}
