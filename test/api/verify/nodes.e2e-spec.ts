import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Bundle } from '@touchmark/certificates';
import { anIssuerOnChain, type IssuerOnChain } from '../../support/builders/pieces-on-chain.js';
import { createOwnChain, type OwnChain } from '../../support/chain.js';
import { type Change, type ChangingNode, startChangingNode } from '../../support/changing-node.js';
import { type CutLine, openLine } from '../../support/cut-line.js';
import { promised } from '../../support/proof.js';
import { type Desk, openDesk, reportOf } from './scene.js';

interface Block {
  readonly number: string;
  readonly stateRoot: string;
}
interface Proof {
  readonly storageProof: readonly { readonly proof: readonly string[] }[];
}

/** The same hex with its last digit changed. */
const bent = (hex: string): string => `${hex.slice(0, -1)}${hex.endsWith('0') ? '1' : '0'}`;

describe('the command, asking several nodes', () => {
  let chain: OwnChain;
  let issuer: IssuerOnChain;
  let piece: Bundle;
  const desk: Desk = openDesk();
  const open: { close(): Promise<void> }[] = [];

  const node = async (change: Change): Promise<ChangingNode> => {
    const made = await startChangingNode(chain.rpcUrl, change);
    open.push(made);
    return made;
  };
  const line = async (): Promise<CutLine> => {
    const made = await openLine(chain.rpcUrl);
    open.push(made);
    return made;
  };
  const judged = async (urls: readonly string[], ...more: string[]) => {
    const trusted = ['--contract', chain.contract, '--issuer', issuer.address];
    const rpc = urls.flatMap((url) => ['--rpc', url]);
    const said = await desk.command([desk.file('b.json', piece), '--json', ...rpc, ...trusted, ...more]);
    expect(said.complaints).toBe('');
    return reportOf(said);
  };

  beforeAll(async () => {
    chain = await createOwnChain();
    issuer = await anIssuerOnChain(chain, 'coop.example');
    const edition = await issuer.openEdition();
    const [first] = await issuer.anchor(edition, [issuer.sign(edition, 1), issuer.sign(edition, 2)]);
    if (first === undefined) throw new Error('Expected a piece.');
    piece = first;
    await chain.mine(3);
  });
  afterEach(async () => {
    for (const one of open.splice(0)) await one.close();
  });
  afterAll(async () => {
    desk.clear();
    await chain.close();
  });

  it('names both nodes when they hold different blocks at one height, and is UNDETERMINED', async () => {
    const fork = await createOwnChain();
    open.push(fork);
    await fork.mine(30);
    const { verdict, axes } = await judged([chain.rpcUrl, fork.rpcUrl]);
    expect(verdict).toBe('UNDETERMINED');
    const anchor = axes.find(({ axis }) => axis === 'anchor')?.message;
    expect(anchor).toMatch(
      /nodes disagree about block \d+: node 1 \(.*\) holds 0x.*, node 2 \(.*\) holds 0x/,
    );
  });

  it('names the node whose header is not what its hash says', async () => {
    const liar = await node((question, result) =>
      question.method === 'eth_getBlockByNumber'
        ? { ...(result as Block), stateRoot: bent((result as Block).stateRoot) }
        : result,
    );
    const { verdict, nodes } = await judged([chain.rpcUrl, liar.url, chain.rpcUrl]);
    expect([verdict, nodes.problems]).toEqual([
      'GENUINE',
      [expect.objectContaining({ name: expect.stringMatching(/^node 2 /), problem: 'BAD_HEADER' })],
    ]);
    expect((await judged([liar.url])).verdict).toBe('UNDETERMINED');
  });

  it('names the node whose proof fails against the agreed block, and asks the next', async () => {
    const liar = await node((question, result) => {
      if (question.method !== 'eth_getProof') return result;
      const storageProof = (result as Proof).storageProof.map((slot) => ({
        ...slot,
        proof: slot.proof.map(bent),
      }));
      return { ...(result as Proof), storageProof };
    });
    const { verdict, nodes } = await judged([liar.url, chain.rpcUrl]);
    expect(verdict).toBe('GENUINE');
    expect(nodes.problems).toEqual([
      expect.objectContaining({ name: expect.stringMatching(/^node 1 /), problem: 'BAD_PROOF' }),
    ]);
    expect((await judged([liar.url])).verdict).toBe('UNDETERMINED');
  });

  it('is not fooled by a node that invents values beside true proofs', async () => {
    const liar = await node((question, result) => {
      if (question.method !== 'eth_getProof') return result;
      const storageProof = (result as Proof).storageProof.map((slot) => ({ ...slot, value: '0x2' }));
      return { ...(result as Proof), storageProof };
    });
    expect((await judged([liar.url])).verdict).toBe('GENUINE');
  });

  it('takes a lagging node as one that lags, and reads at the height that all have', async () => {
    const [then, before] = await Promise.all([
      chain.rpc('eth_getBlockByNumber', ['finalized', false]),
      chain.rpc('eth_getBlockByNumber', ['latest', false]),
    ]);
    await chain.mine(20);
    const laggard = await node((question, result) => {
      if (question.method !== 'eth_getBlockByNumber') return result;
      const [tag] = question.params;
      return tag === 'latest' ? before : tag === 'finalized' || tag === 'safe' ? then : result;
    });
    const { verdict, asOf } = await judged([chain.rpcUrl, laggard.url]);
    expect([verdict, asOf?.blockNumber]).toEqual(['GENUINE', Number((then as Block).number)]);
  });

  it('goes on without a dead node while more than half answer, and names it', async () => {
    const dead = await line();
    dead.cut();
    const { verdict, nodes } = await judged([chain.rpcUrl, chain.rpcUrl, dead.url]);
    expect(verdict).toBe('GENUINE');
    expect(nodes.problems[0]).toMatchObject({ name: expect.stringMatching(/^node 3 /), problem: 'SILENT' });
    expect((await judged([chain.rpcUrl, dead.url])).verdict).toBe('UNDETERMINED');
    expect((await judged([dead.url])).verdict).toBe('UNDETERMINED');
  });

  it('ends in time when a node takes the question and never answers', async () => {
    const silent = await line();
    silent.silence();
    const startedAt = performance.now();
    const { verdict, nodes } = await judged([silent.url], '--timeout', '1');
    expect(verdict).toBe('UNDETERMINED');
    expect(nodes.problems[0]?.message).toContain('in time');
    expect(performance.now() - startedAt).toBeLessThan(promised(8000));
  });

  it('needs neither calls nor events, so a node that omits them changes nothing', async () => {
    const watched = await node((_, result) => result);
    expect((await judged([watched.url])).verdict).toBe('GENUINE');
    expect([...new Set(watched.asked)].sort()).toEqual([
      'eth_chainId',
      'eth_getBlockByNumber',
      'eth_getProof',
    ]);
  });

  it('leaves out a node of another chain', async () => {
    const foreign = await node((question, result) => (question.method === 'eth_chainId' ? '0x1' : result));
    const { verdict, nodes } = await judged([foreign.url]);
    expect([verdict, nodes.problems[0]?.problem]).toEqual(['UNDETERMINED', 'OTHER_CHAIN']);
  });

  it.each([
    ['no JSON', () => 'certificate'],
    ['no answer to the question', () => '{"jsonrpc":"2.0","id":"other","result":"0x1"}'],
    ['a list', () => '[]'],
    ['too much', () => `"${'a'.repeat(5_000_000)}"`],
    ['a refusal with what terminals act on', (id: number) => refusal(id, '\u001b[2Jgone')],
  ])('is UNDETERMINED, and says so plainly, when a node sends %s', async (_, answer) => {
    const hostile = await node(({ id }) => answer(id));
    const { verdict } = await judged([hostile.url]);
    expect(verdict).toBe('UNDETERMINED');
    const args = ['--rpc', hostile.url, '--contract', chain.contract, '--issuer', issuer.address];
    const { output } = await desk.command([desk.file('b.json', piece), ...args]);
    expect(output).toMatch(/^UNDETERMINED: /);
    expect(output).not.toContain('\u001b');
  });

  it('follows no redirect of a node', async () => {
    const elsewhere = await redirecting(chain.rpcUrl);
    open.push(elsewhere);
    const { verdict, nodes } = await judged([elsewhere.url]);
    expect([verdict, nodes.problems[0]?.message]).toEqual([
      'UNDETERMINED',
      expect.stringContaining('redirects elsewhere'),
    ]);
  });
});

function refusal(id: number, message: string): string {
  return JSON.stringify({ jsonrpc: '2.0', id, error: { code: -32_000, message } });
}

async function redirecting(to: string): Promise<{ url: string; close(): Promise<void> }> {
  const { createServer } = await import('node:http');
  const server = createServer((_, response) => response.writeHead(307, { location: to }).end());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${String(port)}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}
