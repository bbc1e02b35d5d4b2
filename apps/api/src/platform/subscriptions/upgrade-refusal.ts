import type { IncomingMessage } from 'node:http';
import { networkOf } from '../limits/index.js';
import type { Config } from '../config/config.js';

const PATH = '/graphql';

/** Where a request to upgrade comes from; in production the load balancer in front is believed, as for every request. */
export function networkOfUpgrade(request: IncomingMessage, config: Pick<Config, 'mode'>): string {
  const told = request.headers['x-forwarded-for'];
  const last = (Array.isArray(told) ? told.join() : told)?.split(',').at(-1)?.trim();
  const address = config.mode === 'production' ? last : undefined;
  return networkOf(address ?? request.socket.remoteAddress ?? '');
}

/** The status line with which a request to upgrade is refused; null when it may. Browsers of other sites may not. */
export function upgradeRefusal(request: IncomingMessage, config: Pick<Config, 'publicUrl'>): string | null {
  const path = URL.parse(request.url ?? '', 'http://localhost')?.pathname;
  if (path !== PATH) return '404 Not Found';
  const { origin } = request.headers;
  if (origin !== undefined && origin !== new URL(config.publicUrl).origin) return '403 Forbidden';
  return null;
}
