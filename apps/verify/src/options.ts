import { isIP } from 'node:net';
import { parseArgs, type ParseArgsOptionsConfig } from 'node:util';
import { domainProblem, type Hex } from '@touchmark/certificates';
import type { DidFetch } from './did/fetch-did.js';

/** What the command line asks for. */
export interface Options {
  /** A path, or `-` for what is piped in, or the text of a compact form itself. */
  readonly source: string;
  readonly form: 'bundle' | 'core';
  readonly output: 'human' | 'json';
  readonly nodes: readonly URL[];
  readonly blockHash: Hex | null;
  readonly checkpoint: string | null;
  readonly issuers: readonly Hex[];
  readonly contract: Hex | null;
  readonly chainId: number | null;
  readonly codeHash: Hex | null;
  readonly timeoutMs: number;
  readonly didCa: string | null;
  readonly didHosts: ReadonlyMap<string, NonNullable<DidFetch['connectTo']>>;
}

/** The command line cannot be followed. */
export interface UsageProblem {
  readonly kind: 'UsageProblem';
  readonly message: string;
}

const KNOWN = {
  json: { type: 'boolean' },
  core: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
  rpc: { type: 'string', multiple: true },
  issuer: { type: 'string', multiple: true },
  'block-hash': { type: 'string' },
  checkpoint: { type: 'string' },
  contract: { type: 'string' },
  'chain-id': { type: 'string' },
  'code-hash': { type: 'string' },
  timeout: { type: 'string' },
  'did-ca': { type: 'string' },
  'did-host': { type: 'string', multiple: true },
} as const satisfies ParseArgsOptionsConfig;

const MOST_NODES = 10;
const USUAL_TIMEOUT_S = 30;
const LONGEST_TIMEOUT_S = 600;

class WrongOptionError extends Error {}

/** Reads the arguments; `--help` and `--version` are answered as such, whatever else there is. */
export function readOptions(args: readonly string[]): Options | 'help' | 'version' | UsageProblem {
  try {
    const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: KNOWN });
    if (values.help === true) return 'help';
    if (values.version === true) return 'version';
    const [source, ...rest] = positionals;
    if (source === undefined || source === '' || rest.length > 0)
      throw new WrongOptionError(`Expected one file, got ${String(positionals.length)}.`);
    const options: Options = {
      source,
      form: values.core === true ? 'core' : 'bundle',
      output: values.json === true ? 'json' : 'human',
      nodes: nodesOf(values.rpc ?? []),
      blockHash: hexOf('block-hash', values['block-hash'], 32),
      checkpoint: values.checkpoint ?? null,
      issuers: (values.issuer ?? []).flatMap((text) => hexOf('issuer', text, 20) ?? []),
      contract: hexOf('contract', values.contract, 20),
      chainId: wholeOf('chain-id', values['chain-id'], Number.MAX_SAFE_INTEGER),
      codeHash: hexOf('code-hash', values['code-hash'], 32),
      timeoutMs: (wholeOf('timeout', values.timeout, LONGEST_TIMEOUT_S) ?? USUAL_TIMEOUT_S) * 1000,
      didCa: values['did-ca'] ?? null,
      didHosts: new Map((values['did-host'] ?? []).map(didHostOf)),
    };
    return together(options);
  } catch (error) {
    if (error instanceof WrongOptionError || isParseProblem(error))
      return { kind: 'UsageProblem', message: error.message };
    throw error;
  }
}

/** What only makes sense with something else. */
function together(options: Options): Options {
  const { contract, chainId, codeHash, checkpoint, nodes } = options;
  if (contract === null && (chainId !== null || codeHash !== null))
    throw new WrongOptionError('--chain-id and --code-hash say more about --contract; give that too.');
  if (checkpoint !== null && nodes.length > 0)
    throw new WrongOptionError('--checkpoint is for a check without nodes; leave --rpc out.');
  return options;
}

function nodesOf(texts: readonly string[]): URL[] {
  if (texts.length > MOST_NODES)
    throw new WrongOptionError(`Got ${String(texts.length)} nodes, expected at most ${String(MOST_NODES)}.`);
  return texts.map((text) => {
    const url = URL.canParse(text) ? new URL(text) : null;
    if (url !== null && ['http:', 'https:'].includes(url.protocol)) return url;
    throw new WrongOptionError('--rpc is not the address of a node; expected http://... or https://...');
  });
}

function hexOf(name: string, text: string | undefined, byteLength: number): Hex | null {
  if (text === undefined) return null;
  if (/^0x[0-9a-fA-F]*$/.test(text) && text.length === 2 + 2 * byteLength) return text.toLowerCase() as Hex;
  throw new WrongOptionError(`--${name} is not 0x and ${String(byteLength * 2)} hexadecimal digits.`);
}

function wholeOf(name: string, text: string | undefined, most: number): number | null {
  if (text === undefined) return null;
  const value = /^[1-9][0-9]{0,15}$/.test(text) ? Number(text) : Number.NaN;
  if (value <= most) return value;
  throw new WrongOptionError(`--${name} is not a whole number from 1 to ${String(most)}.`);
}

function didHostOf(text: string): [string, { address: string; port: number }] {
  const [, domain = '', bracketed, bare, port = ''] =
    /^([^=]+)=(?:\[([^\]]+)\]|([^:]+)):(\d{1,5})$/.exec(text) ?? [];
  const address = bracketed ?? bare ?? '';
  if (domainProblem(domain) === null && isIP(address) !== 0 && Number(port) >= 1 && Number(port) <= 65_535)
    return [domain, { address, port: Number(port) }];
  throw new WrongOptionError('--did-host is not domain=address:port, such as coop.example=127.0.0.1:8443.');
}

function isParseProblem(error: unknown): error is Error {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return code.startsWith('ERR_PARSE_ARGS_');
}
