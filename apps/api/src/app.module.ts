import { type DynamicModule, Module, type Type } from '@nestjs/common';
import { PlatformModule } from './platform/platform.module.js';
import type { Config } from './platform/config/config.js';

/** The features, in the order of the main job. */
const FEATURES: Type[] = [];

/** The whole product in one process. */
@Module({})
export class AppModule {
  static with(config: Config, processName: string): DynamicModule {
    return {
      module: AppModule,
      imports: [PlatformModule.with(config, processName), ...FEATURES],
    };
  }
}
