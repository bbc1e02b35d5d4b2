import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  type Bundle,
  captureCheckpoint,
  type Checkpoint,
  checkpointText,
  coreText,
  encodeCore,
} from '@touchmark/certificates';
import { anIssuerOnChain, type IssuerOnChain } from '../../support/builders/pieces-on-chain.js';
import { createOwnChain, type OwnChain } from '../../support/chain.js';
import { type Desk, openDesk, reportOf } from './scene.js';

describe('the compact form of a certificate', () => {
  let chain: OwnChain;
  let issuer: IssuerOnChain;
  let pieces: Bundle[];
  const desk: Desk = openDesk();
  const piece = (serial: number): Bundle => {
    const bundle = pieces[serial - 1];
    if (bundle === undefined) throw new Error(`Expected a piece ${String(serial)}.`);
    return bundle;
  };
  const judged = async (source: string, ...more: string[]) => {
    const trusted = ['--core', '--json', '--contract', chain.contract, '--issuer', issuer.address];
    const said = await desk.command([source, ...trusted, ...more]);
    expect(said.complaints).toBe('');
    return reportOf(said);
  };
  /** The edition as it stands now, and the hash of the block that it is proven at. */
  const checkpoint = async (): Promise<{ kept: Checkpoint; blockHash: string }> => {
    await chain.mine(3);
    const { chainId, contract, edition, signer } = piece(1);
    const node = {
      name: 'node',
      ask: (method: string, params: readonly unknown[]) => chain.rpc(method, params),
    };
    const scope = { issuer: issuer.address, edition, firstSerials: [1], signers: [signer] };
    const read = await captureCheckpoint([node], { chainId, contract, codeHash: null, ...scope });
    if (read.kind === 'FactsUnread') throw new Error(read.unavailable);
    return { kept: read.checkpoint, blockHash: read.asOf.blockHash };
  };

  beforeAll(async () => {
    chain = await createOwnChain();
    issuer = await anIssuerOnChain(chain, 'coop.example');
    const edition = await issuer.openEdition();
    pieces = await issuer.anchor(
      edition,
      [1, 2, 3].map((serial) => issuer.sign(edition, serial)),
    );
    await chain.mine(3);
  });
  afterAll(async () => {
    desk.clear();
    await chain.close();
  });

  it('is GENUINE by nodes, from its text, from a file of it and from its bytes', async () => {
    const sources = [
      coreText(piece(2)),
      desk.file('core.txt', `${coreText(piece(2))}\n`),
      desk.file('core.bin', encodeCore(piece(2))),
    ];
    for (const source of sources)
      expect((await judged(source, '--rpc', chain.rpcUrl)).verdict).toBe('GENUINE');
  });

  it('is NOT_GENUINE by nodes when a character of it was changed', async () => {
    const text = coreText(piece(2));
    for (const place of [40, 200, text.length - 10]) {
      const other = text[place] === '7' ? '8' : '7';
      const changed = `${text.slice(0, place)}${other}${text.slice(place + 1)}`;
      expect((await judged(changed, '--rpc', chain.rpcUrl)).verdict).toBe('NOT_GENUINE');
    }
  });

  it('is GENUINE as of a checkpoint of its edition with the network unplugged', async () => {
    const { kept, blockHash } = await checkpoint();
    const path = desk.file('checkpoint.json', checkpointText(kept));
    const { verdict, asOf } = await judged(
      coreText(piece(2)),
      '--checkpoint',
      path,
      '--block-hash',
      blockHash,
    );
    expect([verdict, asOf?.blockHash]).toEqual(['GENUINE', blockHash]);
    const untrusted = await judged(coreText(piece(2)), '--checkpoint', path);
    expect([untrusted.verdict, untrusted.hints.join()]).toEqual([
      'UNDETERMINED',
      expect.stringContaining(blockHash),
    ]);
    const other = `0x${'12'.repeat(32)}`;
    expect((await judged(coreText(piece(2)), '--checkpoint', path, '--block-hash', other)).verdict).toBe(
      'UNDETERMINED',
    );
  });

  it('is WITHDRAWN as of a checkpoint after its withdrawal', async () => {
    await issuer.revoke(piece(3), 2);
    const { kept, blockHash } = await checkpoint();
    const path = desk.file('checkpoint.json', checkpointText(kept));
    const args = ['--checkpoint', path, '--block-hash', blockHash];
    expect((await judged(coreText(piece(3)), ...args)).exitCode).toBe(22);
    expect((await judged(coreText(piece(1)), ...args)).exitCode).toBe(0);
  });

  it('is UNDETERMINED without nodes and without a checkpoint, and says what is missing', async () => {
    const { verdict, hints } = await judged(coreText(piece(2)));
    expect([verdict, hints.join()]).toEqual(['UNDETERMINED', expect.stringContaining('--rpc')]);
    const args = ['--block-hash', `0x${'12'.repeat(32)}`];
    const { axes } = await judged(coreText(piece(2)), ...args);
    expect(axes.find(({ axis }) => axis === 'anchor')?.message).toContain('it carries none');
  });

  it.each([
    ['nothing', ''],
    ['another code', 'https://example.org/01/4006381333931/21/2'],
    ['half of one', 'TM1:ABC'],
    ['characters of no code', 'TM1:\u0000\u0000'],
  ])('is NOT_GENUINE when it is %s', async (_, text) => {
    expect((await judged(desk.file('bad.txt', text))).exitCode).toBe(20);
  });

  it('is not judged by a changed checkpoint', async () => {
    const { kept, blockHash } = await checkpoint();
    const [dropped, ...nodes] = kept.proof.nodes;
    expect(dropped).toBeDefined();
    const changed = checkpointText({ ...kept, proof: { ...kept.proof, nodes } });
    const path = desk.file('checkpoint.json', changed);
    const { verdict, axes } = await judged(
      coreText(piece(2)),
      '--checkpoint',
      path,
      '--block-hash',
      blockHash,
    );
    expect(verdict).toBe('UNDETERMINED');
    expect(axes.find(({ axis }) => axis === 'anchor')?.message).toContain('the checkpoint is refused');
  });
});
