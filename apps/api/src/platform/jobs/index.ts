export { eachByItself } from './each-by-itself.js';
export { JobRunner } from './job-runner.js';
export { Jobs, type EnqueueOptions, type JobHandler, type JobRun, type Sweep } from './jobs.js';
export { JobsModule } from './jobs.module.js';
