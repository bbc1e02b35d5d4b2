import { type DynamicModule, Global, Module } from '@nestjs/common';
import { CONFIG, type Config } from '../config/config.js';
import { LOGGER, createLogger } from './logger.js';

/** Gives every module the logger of this process. */
@Global()
@Module({})
export class TelemetryModule {
  static named(name: string): DynamicModule {
    return {
      module: TelemetryModule,
      providers: [
        { provide: LOGGER, inject: [CONFIG], useFactory: (config: Config) => createLogger(config, name) },
      ],
      exports: [LOGGER],
    };
  }
}
