import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/index.js';
import { Jobs } from '../../platform/jobs/index.js';
import { SEND_CALL } from '../calls/chain-calls.js';
import { ChainCallsRepository } from '../calls/chain-calls.repository.js';
import { DeliverCall } from './deliver-call.js';
import { SubmitCall } from './submit-call.js';

/** The job of one call: signs it when it is queued, then sends it. Any number of runs does no more than one. */
@Injectable()
export class SendCall {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(ChainCallsRepository) private readonly calls: ChainCallsRepository,
    @Inject(SubmitCall) private readonly submitter: SubmitCall,
    @Inject(DeliverCall) private readonly deliverer: DeliverCall,
    @Inject(Jobs) jobs: Jobs,
  ) {
    jobs.handle(SEND_CALL, async ({ coopId, callId }) => this.run(String(coopId), String(callId)));
  }

  async run(coopId: string, callId: string): Promise<void> {
    const queued = await this.calls.load(this.database, coopId, callId);
    if (queued?.state === 'queued') {
      await this.calls.touch(this.database, coopId, callId, null);
      await this.submitter.submit(queued);
    }
    const submitted = await this.calls.load(this.database, coopId, callId);
    if (submitted?.state === 'submitted') await this.deliverer.deliver(submitted);
  }
}
