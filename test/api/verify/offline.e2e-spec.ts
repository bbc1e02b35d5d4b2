import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  type Bundle,
  bundleText,
  type FactsRead,
  parseBundle,
  readCertificate,
  readHeader,
} from '@touchmark/certificates';
import { anIssuerOnChain, type IssuerOnChain } from '../../support/builders/pieces-on-chain.js';
import { createOwnChain, type OwnChain } from '../../support/chain.js';
import { type Desk, openDesk, reportOf } from './scene.js';

describe('the command, with the network unplugged', () => {
  let chain: OwnChain;
  let issuer: IssuerOnChain;
  let piece: Bundle;
  let blockHash: string;
  const desk: Desk = openDesk();
  const trusting = (...more: string[]) => ['--contract', chain.contract, '--issuer', issuer.address, ...more];
  const judged = async (bundle: Bundle | string, ...args: string[]) => {
    const said = await desk.command([desk.file('bundle.json', bundle), '--json', ...args]);
    expect(said.complaints).toBe('');
    return reportOf(said);
  };

  /** The bundle with the proof of what the contract stores of it now. */
  const proven = async (bundle: Bundle): Promise<{ bundle: Bundle; read: FactsRead }> => {
    const parsed = parseBundle(bundleText(bundle));
    if (parsed.kind !== 'BundleRead') throw new Error(parsed.message);
    const node = {
      name: 'node',
      ask: (method: string, params: readonly unknown[]) => chain.rpc(method, params),
    };
    const contract = bundle.contract;
    const read = await readCertificate([node], parsed, { chainId: bundle.chainId, contract, codeHash: null });
    if (read.kind !== 'FactsRead') throw new Error(read.unavailable);
    return { bundle: { ...bundle, proof: read.proof }, read };
  };

  beforeAll(async () => {
    chain = await createOwnChain();
    issuer = await anIssuerOnChain(chain, 'coop.example');
    const edition = await issuer.openEdition();
    const [first] = await issuer.anchor(edition, [issuer.sign(edition, 1), issuer.sign(edition, 2)]);
    if (first === undefined) throw new Error('Expected a piece.');
    await chain.mine(3);
    const { bundle, read } = await proven(first);
    piece = bundle;
    blockHash = read.facts.blockHash;
  });
  afterAll(async () => {
    desk.clear();
    await chain.close();
  });

  it('finds a bundle genuine by its own proof and a block that is trusted', async () => {
    const { verdict, asOf, nodes } = await judged(piece, ...trusting('--block-hash', blockHash));
    expect([verdict, asOf?.blockHash, asOf?.finality]).toEqual(['GENUINE', blockHash, 'final']);
    expect(nodes).toEqual({ heights: [], problems: [] });
  });

  it('tells which block the proof is of, when none is trusted yet', async () => {
    const { verdict, hints } = await judged(piece, ...trusting());
    expect(verdict).toBe('UNDETERMINED');
    expect(hints.join('\n')).toContain(`${blockHash}, give that by --block-hash`);
    const { output } = await desk.command([desk.file('bundle.json', piece)]);
    expect(output).toContain(readHeader(piece.proof?.header ?? '0x').hash);
  });

  it('proves nothing by another block, by other code, or without a proof', async () => {
    const other = `0x${'12'.repeat(32)}`;
    const tries: [Bundle, string[]][] = [
      [piece, ['--block-hash', other]],
      [piece, ['--block-hash', blockHash, '--code-hash', other]],
      [{ ...piece, proof: null }, ['--block-hash', blockHash]],
    ];
    for (const [bundle, args] of tries)
      expect((await judged(bundle, ...trusting(...args))).verdict).toBe('UNDETERMINED');
  });

  it('does not take the name of an issuer for granted that nobody pinned', async () => {
    const { verdict, name } = await judged(piece, '--contract', chain.contract, '--block-hash', blockHash);
    expect([verdict, name.kind]).toEqual(['UNDETERMINED', 'NotAsked']);
  });

  it('is NOT_GENUINE with a changed proof', async () => {
    const text = bundleText(piece);
    const place = text.indexOf('"nodes":["0x') + 60;
    const changed = `${text.slice(0, place)}${text[place] === '0' ? '1' : '0'}${text.slice(place + 1)}`;
    const { verdict, axes } = await judged(changed, ...trusting('--block-hash', blockHash));
    expect([verdict, axes[0]?.reason]).toEqual(['NOT_GENUINE', 'PROOF_REFUSED']);
  });

  it('says as of which block, since what happened later is not in the proof', async () => {
    await issuer.revoke(piece, 1);
    await chain.mine(3);
    const before = await judged(piece, ...trusting('--block-hash', blockHash));
    expect(before.verdict).toBe('GENUINE');
    const { bundle, read } = await proven({ ...piece, proof: null });
    expect(read.facts.blockNumber).toBeGreaterThan(before.asOf?.blockNumber ?? Number.MAX_SAFE_INTEGER);
    const after = await judged(bundle, ...trusting('--block-hash', read.facts.blockHash));
    expect([after.verdict, after.exitCode]).toEqual(['WITHDRAWN', 22]);
  });

  it('asks the nodes too when there are some, and wants the trusted block to be one of their chain', async () => {
    const rpc = ['--rpc', chain.rpcUrl];
    expect((await judged(piece, ...trusting('--block-hash', blockHash, ...rpc))).verdict).toBe('WITHDRAWN');
    const fork = await createOwnChain();
    try {
      await fork.mine(60);
      const { verdict } = await judged(piece, ...trusting('--block-hash', blockHash, '--rpc', fork.rpcUrl));
      expect(verdict).toBe('UNDETERMINED');
    } finally {
      await fork.close();
    }
  });
});
