import type { Passes, PassVerdict } from '../auth/passes.js';
import type { Pass } from '../auth/passes.js';
import { CLOSE } from './limits.js';
import type { LiveConnection } from './live-connection.js';

const GOODBYES: Readonly<Record<Exclude<PassVerdict, 'holds'>, readonly [code: number, reason: string]>> = {
  ended: [CLOSE.unauthorized, 'This session or key has ended.'],
  expired: [CLOSE.forbidden, 'The token has expired: connect again with a new one.'],
  changed: [CLOSE.forbidden, 'What you may do has changed: connect again.'],
};

/** Ends the connections whose session, key, token or roles are not what they were when they were let in. */
export async function judgePasses(passes: Passes, connections: Iterable<LiveConnection>): Promise<void> {
  const held = [...connections].flatMap((connection): [LiveConnection, Pass][] =>
    connection.pass === null ? [] : [[connection, connection.pass]],
  );
  if (held.length === 0) return;
  const verdicts = await passes.judge(held.map(([, pass]) => pass));
  for (const [place, [connection]] of held.entries()) {
    const verdict = verdicts[place] ?? 'ended';
    if (verdict !== 'holds') connection.drop(...GOODBYES[verdict]);
  }
}
