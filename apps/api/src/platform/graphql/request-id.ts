import { badUserInput } from './errors.js';
import { isUuid } from './uuid.js';

/** Throws BAD_USER_INPUT when a `requestId` is no UUID. */
export function requireRequestId(requestId: string): void {
  if (!isUuid(requestId))
    throw badUserInput('The requestId is not a UUID. Make a new UUID for each new request.');
}
