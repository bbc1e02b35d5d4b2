import { randomSecret } from './credentials.js';

/** How every API key begins, so that a leaked one is recognized by scanners. */
export const API_KEY_PREFIX = 'tmk_';

/** A new API key. */
export function newApiKey(): string {
  return `${API_KEY_PREFIX}${randomSecret()}`;
}
