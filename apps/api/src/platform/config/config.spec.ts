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
    ['PORT', 'http', /^PORT is "http"; accepted: /],
    ['TOUCHMARK_MODE', 'staging', /^TOUCHMARK_MODE is "staging"; accepted: .*production/],
    ['PUBLIC_URL', 'touchmark.example.org', /^PUBLIC_URL is .*; accepted: .*https:\/\//],
    ['RECEIPTS_CONTRACT', '0x12', /^RECEIPTS_CONTRACT is "0x12"; accepted: an address/],
    ['CHAIN_RPC_URLS', 'ftp://node', /^CHAIN_RPC_URLS .*; accepted: .*http:\/\//],
    ['KEYS_DIR', undefined, /^KEYS_DIR is not set; accepted: /],
    ['LOG_LEVEL', 'loud', /^LOG_LEVEL is "loud"; accepted: /],
    ['PAYMENTS', 'barter', /^PAYMENTS is "barter"; accepted: /],
  ])('refuse %s=%s and say what is accepted', (name, value, message) => {
    expect(refusal({ [name]: value })).toMatch(message);
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
