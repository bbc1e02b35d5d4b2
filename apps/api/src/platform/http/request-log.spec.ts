import { Writable } from 'node:stream';
import { expect, it } from '@jest/globals';
import express from 'express';
import { createLogger } from '../telemetry/logger.js';
import { requestLog } from './request-log.js';

it('writes no secret of a feed into the log, however its address is written', async () => {
  const lines: string[] = [];
  const output = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      lines.push(chunk.toString());
      done();
    },
  });
  const app = express().use(requestLog(createLogger({ logLevel: 'info' }, 'test', output)));
  const server = app.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const paths = [
    ...['/feeds/tell-no-one.ics', '/FEEDS/tell-no-one.ics?tell-no-one', '//feeds/tell-no-one.ics'],
    ...[
      '/%66eeds/tell-no-one',
      '/feeds%2Ftell-no-one',
      '/x/feeds/tell-no-one',
      '/feeds/tell-no-one%',
      '/health/live',
    ],
  ];
  for (const path of paths) await fetch(`http://127.0.0.1:${String(port)}${path}`);
  await new Promise((resolve) => server.close(resolve));
  expect(lines).toHaveLength(paths.length);
  expect(lines.join('')).not.toContain('tell-no-one');
  expect(lines.join('')).toContain('/health/live');
});
