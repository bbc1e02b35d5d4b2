import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Bundle } from '@touchmark/certificates';
import { anIssuerOnChain, type IssuerOnChain } from '../../support/builders/pieces-on-chain.js';
import { createOwnChain, type OwnChain } from '../../support/chain.js';
import { type Desk, openDesk, reportOf } from './scene.js';

describe('the command, asking one honest node', () => {
  let chain: OwnChain;
  let issuer: IssuerOnChain;
  let pieces: Bundle[];
  let edition: bigint;
  const desk: Desk = openDesk();
  const judged = async (bundle: Bundle | string, ...more: string[]) => {
    const path = desk.file('bundle.json', bundle);
    const trusted = ['--contract', chain.contract, '--issuer', issuer.address];
    const said = await desk.command([path, '--json', '--rpc', chain.rpcUrl, ...trusted, ...more]);
    const report = reportOf(said);
    expect(said.code).toBe(report.exitCode);
    return { ...report, code: said.code };
  };
  const piece = (serial: number): Bundle => {
    const bundle = pieces[serial - 1];
    if (bundle === undefined) throw new Error(`Expected a piece ${String(serial)}.`);
    return bundle;
  };

  beforeAll(async () => {
    chain = await createOwnChain();
    issuer = await anIssuerOnChain(chain, 'coop.example');
    edition = await issuer.openEdition();
    const signed = [1, 2, 3, 4].map((serial) => issuer.sign(edition, serial));
    pieces = await issuer.anchor(edition, signed);
    await chain.mine(3);
  });
  afterAll(async () => {
    desk.clear();
    await chain.close();
  });

  it('says GENUINE and ends with 0 when all is proven at a final block', async () => {
    const { verdict, code, asOf, axes } = await judged(piece(1));
    expect([verdict, code, asOf?.finality]).toEqual(['GENUINE', 0, 'final']);
    expect(axes.map(({ axis, state }) => `${axis} ${state}`)).toEqual([
      ...['document', 'issuer', 'signer', 'anchor', 'serial', 'status'].map((axis) => `${axis} VALID`),
      ...['holder NOT_CHECKED', 'tap NOT_CHECKED'],
    ]);
  });

  it('says PROVISIONAL and ends with 21 for what is signed and not anchored, or in its objection time', async () => {
    expect(await judged(issuer.sign(edition, 9))).toMatchObject({ verdict: 'PROVISIONAL', code: 21 });
    const slow = await issuer.openEdition(86_400);
    const [young] = await issuer.anchor(slow, [issuer.sign(slow, 1)]);
    await chain.mine(3);
    expect(await judged(young ?? '')).toMatchObject({ verdict: 'PROVISIONAL', code: 21 });
  });

  it('says WITHDRAWN and ends with 22 after a revocation', async () => {
    await issuer.revoke(piece(2), 3);
    await chain.mine(3);
    const { verdict, code, axes } = await judged(piece(2));
    expect([verdict, code]).toEqual(['WITHDRAWN', 22]);
    expect(axes.find(({ axis }) => axis === 'status')?.message).toContain('reason 3');
  });

  it('says SUPERSEDED and ends with 23 of the replaced certificate, and GENUINE of the one in its place', async () => {
    const newer = issuer.sign(edition, 3, 'Heron, second printing');
    await issuer.replace(newer);
    await chain.mine(3);
    expect(await judged(piece(3))).toMatchObject({ verdict: 'SUPERSEDED', code: 23 });
    expect(await judged(newer)).toMatchObject({ verdict: 'GENUINE', code: 0 });
  });

  it('says NOT_GENUINE and ends with 20 for a changed byte, a stranger, another chain and no certificate at all', async () => {
    const text = JSON.stringify(piece(1));
    const foreign = { ...piece(1), chainId: 1 };
    const stranger: `0x${string}` = `0x${'33'.repeat(32)}`;
    const forged = issuer.sign(edition, 12, 'Heron', stranger);
    for (const bad of [text.replace('Heron', 'Horen'), JSON.stringify(foreign), forged, '{}', ''])
      expect(await judged(bad)).toMatchObject({ verdict: 'NOT_GENUINE', code: 20 });
    const elsewhere = ['--contract', `0x${'99'.repeat(20)}`];
    expect(await judged(piece(1), ...elsewhere)).toMatchObject({ verdict: 'NOT_GENUINE', code: 20 });
  });

  it('says UNDETERMINED and ends with 24 when the name of the issuer was not checked', async () => {
    const path = desk.file('bundle.json', piece(1));
    const other = ['--contract', chain.contract, '--issuer', `0x${'77'.repeat(20)}`];
    const said = await desk.command([path, '--json', '--rpc', chain.rpcUrl, ...other]);
    const { verdict, axes, name } = reportOf(said);
    expect([said.code, verdict, name.kind]).toEqual([24, 'UNDETERMINED', 'NotConfirmed']);
    expect(axes.find(({ axis }) => axis === 'issuer')?.message).toContain('name not checked');
  });

  it('says UNDETERMINED when nobody says which contract is the right one, and how to say it', async () => {
    const path = desk.file('bundle.json', piece(1));
    const said = await desk.command([path, '--json', '--rpc', chain.rpcUrl, '--issuer', issuer.address]);
    expect(said.code).toBe(24);
    expect(reportOf(said).hints.join()).toContain('--contract');
  });

  it('never says GENUINE of a contract with other code than the given one', async () => {
    const { verdict, axes } = await judged(piece(1), '--code-hash', `0x${'12'.repeat(32)}`);
    expect(verdict).toBe('UNDETERMINED');
    expect(axes.find(({ axis }) => axis === 'anchor')?.message).toContain('the code at');
  });

  it('tells people the same in words alone', async () => {
    const path = desk.file('bundle.json', piece(1));
    const args = ['--rpc', chain.rpcUrl, '--contract', chain.contract, '--issuer', issuer.address];
    const { output } = await desk.command([path, ...args]);
    expect(output).toMatch(/^GENUINE: Issued, anchored on chain and in force\.\n/);
    expect(output).toContain('what.title: Heron');
    expect(output).toMatch(/status +valid +Neither withdrawn nor replaced\. \(600\)/);
    expect(output).toContain('That this object is the one the certificate was made for.');
    expect(output).toMatch(/node 1 \(127\.0\.0\.1:\d+\): newest \d+, safe \d+, final \d+/);
    expect(output).not.toContain('\u001b');
  });
});
