import { type DynamicModule, Global, Module, type Provider } from '@nestjs/common';
import type { Config } from '../config/config.js';
import { FileMailer } from './file-mailer.js';
import { MailPageController } from './mail-page.controller.js';
import { Mailer } from './mailer.js';
import { SmtpMailer } from './smtp-mailer.js';

/** Mail for every feature: over SMTP, or into files with a local page to read them on in development. */
@Global()
@Module({})
export class MailModule {
  static with(config: Config): DynamicModule {
    const { mail, mailFrom } = config;
    if (mail.kind === 'smtp') {
      const provider: Provider = { provide: Mailer, useValue: new SmtpMailer(mail.url, mailFrom) };
      return { module: MailModule, providers: [provider], exports: [Mailer] };
    }
    return {
      module: MailModule,
      controllers: config.mode === 'development' ? [MailPageController] : [],
      providers: [
        { provide: FileMailer, useValue: new FileMailer(mail.directory, mailFrom) },
        { provide: Mailer, useExisting: FileMailer },
      ],
      exports: [Mailer],
    };
  }
}
