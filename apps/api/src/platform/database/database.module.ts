import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CONFIG, type Config } from '../config/config.js';
import { Database } from './database.js';
import { PLATFORM_ENTITIES } from './platform.entities.js';
import { Transactions } from './transactions.js';

const IDLE_MS = 300_000;

/** One connection pool per process, with every entity that a feature registers. */
@Global()
@Module({
  imports: [
    TypeOrmModule.forRootAsync({
      inject: [CONFIG],
      useFactory: (config: Config) => ({
        type: 'postgres' as const,
        url: config.databaseUrl,
        autoLoadEntities: true,
        synchronize: false,
        installExtensions: false,
        retryAttempts: 0,
        // Statements that do not wait for each other share a round trip (see Transaction).
        // A connection that rests keeps what it has prepared; a new one would have to learn every statement again.
        extra: { max: config.databasePoolSize, pipeline: true, idleTimeoutMillis: IDLE_MS },
      }),
    }),
    TypeOrmModule.forFeature(PLATFORM_ENTITIES),
  ],
  providers: [Database, Transactions],
  exports: [Database, Transactions],
})
export class DatabaseModule {}
