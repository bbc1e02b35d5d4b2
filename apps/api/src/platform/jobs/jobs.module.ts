import { Global, Module } from '@nestjs/common';
import { JobRunner } from './job-runner.js';
import { Jobs } from './jobs.js';

/** The outbox for every feature; the runner starts only in the processes that work. */
@Global()
@Module({ providers: [Jobs, JobRunner], exports: [Jobs, JobRunner] })
export class JobsModule {}
