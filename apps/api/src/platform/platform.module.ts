import { type DynamicModule, Module } from '@nestjs/common';
import type { Config } from './config/config.js';
import { ConfigModule } from './config/config.module.js';
import { DatabaseModule } from './database/database.module.js';
import { HttpModule } from './http/http.module.js';
import { JobsModule } from './jobs/jobs.module.js';
import { LimitsModule } from './limits/limits.module.js';
import { MailModule } from './mail/mail.module.js';
import { TelemetryModule } from './telemetry/telemetry.module.js';

/** Everything a process needs before it has features. */
@Module({})
export class PlatformModule {
  static with(config: Config, processName: string): DynamicModule {
    return {
      module: PlatformModule,
      imports: [
        ConfigModule.with(config),
        TelemetryModule.named(processName),
        DatabaseModule,
        JobsModule,
        HttpModule,
        LimitsModule,
        MailModule.with(config),
      ],
    };
  }
}
