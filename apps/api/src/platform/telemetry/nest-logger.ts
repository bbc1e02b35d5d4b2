import type { LoggerService } from '@nestjs/common';
import type { Logger } from 'pino';
import { withoutSecrets } from './logger.js';

/** Sends Nest's own messages into the product's log. */
export class NestLogger implements LoggerService {
  constructor(private readonly logger: Logger) {}

  log(message: unknown): void {
    this.logger.debug(String(message));
  }
  warn(message: unknown): void {
    this.logger.warn(String(message));
  }
  error(message: unknown, stack?: unknown): void {
    this.logger.error(
      typeof stack === 'string' ? { stack: withoutSecrets(stack) } : {},
      withoutSecrets(String(message)),
    );
  }
}
