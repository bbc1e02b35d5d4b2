import { InputRefused } from './refusal.js';
import { isUuid } from './uuid.js';

/** Refuses a `requestId` that is no UUID; null when it is one. */
export function refuseRequestId(requestId: string): InputRefused | null {
  return isUuid(requestId)
    ? null
    : new InputRefused('requestId', 'The requestId is not a UUID. Make a new UUID for each new request.');
}
