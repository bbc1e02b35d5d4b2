import { type DynamicModule, Module, type Type } from '@nestjs/common';
import { PayoutsModule } from './payouts/index.js';
import { PlatformModule } from './platform/platform.module.js';
import type { Config } from './platform/config/config.js';

/** The features, in the order of the main job. */
export const FEATURES: Type[] = [PayoutsModule];

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
