import { execFile } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { afterAll, describe, expect, it } from '@jest/globals';
import {
  addressOfKey,
  bundleText,
  issueCertificate,
  makeDocument,
  MAX_BUNDLE_BYTES,
} from '@touchmark/certificates';
import { buildStale } from '../../../apps/local/src/build.ts';
import { inRoot } from '../../../apps/local/src/paths.ts';
import { type Desk, openDesk, reportOf } from './scene.js';

const key: `0x${string}` = `0x${'11'.repeat(32)}`;
const signed = (title: string) =>
  issueCertificate(
    {
      home: { chainId: 31337, contract: `0x${'cc'.repeat(20)}` },
      token: { issuer: addressOfKey(key), edition: 7n, serial: 2 },
      document: makeDocument([{ path: 'what.title', salt: `0x${'22'.repeat(32)}`, value: title }]),
      claimKey: addressOfKey(`0x${'44'.repeat(32)}`),
    },
    key,
  );

describe('the input of the command', () => {
  const desk: Desk = openDesk();
  const good = desk.file('good.json', signed('Heron'));
  afterAll(() => {
    desk.clear();
  });

  it.each([
    ['no file', []],
    ['two files', ['a', 'b']],
    ['an unknown option', ['a', '--trust-me']],
    ['an issuer that is no address', ['a', '--issuer', '0x12']],
    ['a block hash that is too short', ['a', '--block-hash', '0x12']],
    ['a node that is no URL', ['a', '--rpc', 'localhost']],
    ['a node of another protocol', ['a', '--rpc', 'file:///etc/passwd']],
    ['too many nodes', ['a', ...Array.from({ length: 11 }, () => ['--rpc', 'http://127.0.0.1:1']).flat()]],
    ['a code hash without contract', ['a', '--code-hash', `0x${'12'.repeat(32)}`]],
    ['no time at all', ['a', '--timeout', '0']],
    ['a server that is no address', ['a', '--did-host', 'coop.example=localhost:1']],
  ])('is refused with 64 and a word of help: %s', async (_, args) => {
    const { code, output, complaints } = await desk.command(args);
    expect([code, output]).toEqual([64, '']);
    expect(complaints).toContain('See touchmark-verify --help.');
  });

  it.each([
    ['is not there', 'nowhere.json', 'there is no such file'],
    ['is a folder', 'folder', 'folder'],
    ['never ends', '/dev/zero', 'not a plain file'],
  ])('is refused with 66 when the file %s', async (_, name, words) => {
    mkdirSync(`${good}-folder`, { recursive: true });
    const path = name.startsWith('/') ? name : name === 'folder' ? `${good}-folder` : `${good}-${name}`;
    const { code, output, complaints } = await desk.command([path]);
    expect([code, output]).toEqual([66, '']);
    expect(complaints).toContain(words);
  });

  it('is read from a pipe, and not waited for when the pipe does not end', async () => {
    const piped = await desk.command(['-', '--json'], bundleText(signed('Heron')));
    expect([piped.code, reportOf(piped).axes[0]?.reason]).toEqual([24, 'DOCUMENT_SIGNED']);
  });

  it('is NOT_GENUINE when it is larger than a bundle can be, and no more than that is read', async () => {
    const large = desk.file('large.json', ' '.repeat(MAX_BUNDLE_BYTES * 20));
    const said = await desk.command([large, '--json']);
    expect([said.code, reportOf(said).axes[0]?.reason]).toEqual([20, 'INPUT_TOO_LARGE']);
    expect(reportOf(said).axes[0]?.message).toContain(`has ${String(MAX_BUNDLE_BYTES + 1)} bytes`);
  });

  it.each([
    ['bytes that are no text', Buffer.from([0xff, 0xfe, 0x00])],
    ['a list a million deep', '['.repeat(200_000)],
    ['keys that mean more in JavaScript', '{"__proto__":{"format":"touchmark.certificate/1"}}'],
  ])('is NOT_GENUINE when it is %s', async (_, content) => {
    const { code, complaints } = await desk.command([desk.file('hostile.json', content)]);
    expect([code, complaints]).toEqual([20, '']);
  });

  it('shows what terminals act on as text, and nothing else differs', async () => {
    const path = desk.file('acting.json', signed('\u001b[2J\u202eHeron\r\nGENUINE: all is well'));
    const { output } = await desk.command([path]);
    expect(output).toContain(String.raw`what.title: \u{1b}[2J\u{202e}Heron\u{d}\u{a}GENUINE: all is well`);
    expect(output).toMatch(/^UNDETERMINED: /);
    const said = await desk.command([path, '--json']);
    expect(said.output).not.toContain('\u001b');
    expect(JSON.stringify(reportOf(said))).toContain(String.raw`\u001b[2J`);
  });

  it('asks no network without --rpc, and says what could be asked', async () => {
    const said = await desk.command([good, '--json']);
    expect(reportOf(said).nodes).toEqual({ heights: [], problems: [] });
    expect(reportOf(said).hints.join('\n')).toContain('--rpc');
  });

  it('does the same as a program of its own, whose exit code is that of the verdict', async () => {
    await buildStale(undefined, (name) => name === 'libs/certificates' || name === 'apps/verify');
    const program = inRoot('apps/verify/bin/touchmark-verify.js');
    const ended = await new Promise<{ code: unknown; output: string }>((resolve) => {
      execFile(process.execPath, [program, good], (error, output) => {
        resolve({ code: error?.code ?? 0, output });
      });
    });
    const { code, output } = await desk.command([good]);
    expect(ended).toEqual({ code, output });
    expect(code).toBe(24);
  });
});
