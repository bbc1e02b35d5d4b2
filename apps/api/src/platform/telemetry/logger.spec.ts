import { Writable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { createLogger, requestScope, withoutSecrets } from './logger.js';

function logged(write: (logger: ReturnType<typeof createLogger>) => void): string {
  const lines: string[] = [];
  const output = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      lines.push(chunk.toString());
      done();
    },
  });
  write(createLogger({ logLevel: 'debug' }, 'test', output));
  return lines.join('');
}

describe('the log', () => {
  it.each([
    'password',
    'newPassword',
    'connectionString',
    'token',
    'accessToken',
    'refreshToken',
    'authorization',
    'cookie',
    'code',
    'challenge',
    'key',
    'privateKey',
    'apiKey',
    'claimKey',
  ])('never shows a %s, also inside an object', (name) => {
    const line = logged((logger) => {
      logger.info({ [name]: 'tell-no-one', input: { [name]: 'tell-no-one' } }, 'signed in');
    });
    expect(line).toContain('signed in');
    expect(line).not.toContain('tell-no-one');
  });

  it('shows neither keys in the addresses of nodes nor passwords in those of databases', () => {
    const line = logged((logger) => {
      const cause = new Error(
        'HTTP request failed.\n\nURL: https://mainnet.example.org/v3/tell-no-one?k=tell-no-one\n',
      );
      const error = new Error(
        'connect postgres://touchmark:tell-no-one@db.example.org:5432/touchmark failed',
        { cause },
      );
      logger.error({ err: error }, 'a check failed');
    });
    expect(line).toContain('https://mainnet.example.org');
    expect(line).toContain('postgres://db.example.org:5432');
    expect(line).not.toContain('tell-no-one');
  });

  it('keeps the code and constraint of a database error, not the row that it quotes', () => {
    const error = Object.assign(new Error('duplicate key value violates unique constraint'), {
      code: '23505',
      constraint: 'account_email_once',
      detail: 'Key (email)=(tell-no-one@example.org) already exists.',
    });
    const line = logged((logger) => {
      logger.error({ err: error }, 'a resolver threw');
    });
    expect(JSON.parse(line)).toMatchObject({ err: { errorCode: '23505', constraint: 'account_email_once' } });
    expect(line).not.toContain('tell-no-one');
  });

  it('carries the id of the request on every line', () => {
    const line = logged((logger) => {
      requestScope.run({ requestId: 'request-1' }, () => {
        logger.info('first');
        logger.info('second');
      });
    });
    expect(line.match(/"requestId":"request-1"/g)).toHaveLength(2);
  });

  it('leaves the files of a stack readable', () => {
    const frame = '    at run (file:///srv/touchmark/apps/api/dist/main.js:3:5)';
    expect(withoutSecrets(frame)).toBe(frame);
  });
});
