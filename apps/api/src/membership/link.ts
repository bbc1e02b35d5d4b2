import type { Config } from '../platform/config/config.js';

/** The address of a page with the token that it needs. */
export function linkTo(
  config: Pick<Config, 'publicUrl'>,
  path: '/invitation' | '/reset-password',
  token: string,
): string {
  return `${config.publicUrl}${path}?token=${token}`;
}
