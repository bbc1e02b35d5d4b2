import { describe, expect, it } from '@jest/globals';
import { ConfigError, loadConfig } from './config.js';

const GOOD = {
  DATABASE_URL: 'postgres://touchmark:secret@127.0.0.1:5432/touchmark',
  CHAIN_RPC_URLS: 'http://127.0.0.1:8545, https://rpc.example.org',
  RECEIPTS_CONTRACT: '0x5FbDB2315678afecb367f032d93F642f64180aa3',
  PUBLIC_URL: 'https://touchmark.example.org/',
  KEYS_DIR: '/run/keys',
  MAIL_DIR: '/var/mail',
};

function refusal(changes: Readonly<Record<string, string | undefined>>): string {
  try {
    loadConfig({ ...GOOD, ...changes });
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  return 'accepted';
}

describe('the settings', () => {
  it('are read with their defaults', () => {
    expect(loadConfig(GOOD)).toMatchObject({
      mode: 'development',
      port: 3000,
      host: '127.0.0.1',
      chainRpcUrls: ['http://127.0.0.1:8545', 'https://rpc.example.org'],
      publicUrl: 'https://touchmark.example.org',
      mail: { kind: 'files', directory: '/var/mail' },
    });
  });

  it.each([
    ['PORT', '70000', /^PORT is "70000"; accepted: .*65535/],
    ['PORT', 'http', /^PORT is "http"; accepted: a whole number from 0 to 65535/],
    ['PORT', '0x10', /^PORT is "0x10"; accepted: /],
    ['PORT', '1e3', /^PORT is "1e3"; accepted: /],
    ['PORT', '3000.5', /^PORT is "3000.5"; accepted: /],
    ['TOUCHMARK_MODE', 'staging', /^TOUCHMARK_MODE is "staging"; accepted: .*production/],
    ['PUBLIC_URL', 'touchmark.example.org', /^PUBLIC_URL is "touchmark.example.org"; accepted: .*https:\/\//],
    ['RECEIPTS_CONTRACT', '0x12', /^RECEIPTS_CONTRACT is "0x12"; accepted: the address of the deployed/],
    ['CHAIN_RPC_URLS', 'ftp://node', /^CHAIN_RPC_URLS .*; accepted: .*http:\/\//],
    ['KEYS_DIR', undefined, /^KEYS_DIR is not set; accepted: /],
    ['LOG_LEVEL', 'loud', /^LOG_LEVEL is "loud"; accepted: /],
    ['PAYMENTS', 'barter', /^PAYMENTS is "barter"; accepted: /],
    ['REGION_HEADER', 'cf country', /^REGION_HEADER is "cf country"; accepted: the name of a header/],
    ['TAPS_PER_MINUTE', '0', /^TAPS_PER_MINUTE is "0"; accepted: a whole number from 1/],
  ])('refuse %s=%s and say what is accepted', (name, value, message) => {
    expect(refusal({ [name]: value })).toMatch(message);
  });

  it.each([
    ['DATABASE_URL', 'a URL that begins with postgres:// or postgresql://'],
    ['CHAIN_RPC_URLS', 'one or more URLs that begin with http:// or https://, separated by commas'],
    ['RECEIPTS_CONTRACT', 'the address of the deployed CollectorReceipts: 0x and 40 hexadecimal digits'],
    ['PUBLIC_URL', 'the URL at which people reach this installation'],
    ['KEYS_DIR', 'the path of the folder that holds the key files'],
  ])('say in plain words what %s takes when it is not set or empty', (name, accepted) => {
    for (const nothing of [undefined, '']) {
      const message = refusal({ [name]: nothing });
      expect(message.startsWith(`${name} is not set; accepted: ${accepted}`)).toBe(true);
      expect(message).not.toMatch(/invalid|expected|received|undefined/i);
    }
  });

  it('speak of what is accepted in plain words for every variable and every kind of wrong value', () => {
    const names = [
      'TOUCHMARK_MODE',
      'DATABASE_POOL_SIZE',
      'SMTP_URL',
      'MAIL_FROM',
      'WORKER_IN_API',
      'CHECKS_PER_MINUTE',
    ];
    for (const name of [...names, ...Object.keys(GOOD), 'PORT', 'PAYMENTS', 'LOG_LEVEL'].filter(
      (entry) => !entry.endsWith('_DIR'),
    ))
      for (const value of ['nonsense', '-1', '\n', 'x'.repeat(5000)])
        expect(refusal({ [name]: value })).toMatch(
          new RegExp(`^${name} is [^]*; accepted: (one of|a whole number|a URL|one or more URLs|the )`),
        );
  });

  it('know no header of the country unless one is named, and its name in whatever case', () => {
    expect(loadConfig(GOOD).regionHeader).toBeNull();
    expect(loadConfig({ ...GOOD, REGION_HEADER: 'CF-IPCountry' }).regionHeader).toBe('cf-ipcountry');
  });

  it('take an empty variable as one that is not set', () => {
    expect(loadConfig({ ...GOOD, PORT: '', SMTP_URL: '', LOG_LEVEL: '' })).toMatchObject({
      port: 3000,
      logLevel: 'info',
      mail: { kind: 'files' },
    });
  });

  it('never repeat a connection string, which may carry a password', () => {
    const message = refusal({ DATABASE_URL: 'mysql://touchmark:secret@db/touchmark' });
    expect(message).toMatch(
      /^DATABASE_URL is set to \d+ characters that do not fit; accepted: .*postgres:\/\//,
    );
    expect(message).not.toContain('secret');
  });

  it('name every wrong variable at once', () => {
    expect(refusal({ PORT: '-1', KEYS_DIR: undefined }).split('\n')).toHaveLength(2);
  });

  it('take no local mail page in production', () => {
    expect(refusal({ TOUCHMARK_MODE: 'production' })).toContain('SMTP_URL is not set');
  });
});
