import {
  type Hex,
  isLowerHex,
  sameHex,
  signerOfMessage,
  signInMessage,
  claimRefusal,
} from '@touchmark/certificates';

/** A wallet's door as EIP-1193 has it. */
export interface Provider {
  request(asked: { readonly method: string; readonly params?: readonly unknown[] }): Promise<unknown>;
}

/** A wallet that a browser offers. */
export interface Wallet {
  readonly name: string;
  readonly provider: Provider;
}

/** What a wallet, or whoever holds it, does not do, in words for the page. */
export class WalletProblem extends Error {
  override name = 'WalletProblem';
}

const REFUSED_BY_PERSON = 4001;
const UNKNOWN_CHAIN = 4902;
const POLL_MS = 1000;
const LOOKS = 300;

const isProvider = (value: unknown): value is Provider =>
  typeof value === 'object' && value !== null && 'request' in value && typeof value.request === 'function';

/** Tells of each wallet that announces itself (EIP-6963), or of the one that stands in the page; returns what ends it. */
export function watchWallets(found: (wallets: readonly Wallet[]) => void): () => void {
  const wallets = new Map<unknown, Wallet>();
  const hear = (event: Event): void => {
    const { provider, info } = (event as CustomEvent<{ provider: unknown; info?: { name?: unknown } }>)
      .detail;
    if (!isProvider(provider)) return;
    const name = typeof info?.name === 'string' ? info.name.slice(0, 40) : 'Wallet';
    wallets.set(provider, { name, provider });
    found([...wallets.values()]);
  };
  addEventListener('eip6963:announceProvider', hear);
  dispatchEvent(new Event('eip6963:requestProvider'));
  const standing = (globalThis as { readonly ethereum?: unknown }).ethereum;
  if (wallets.size === 0 && isProvider(standing)) {
    wallets.set(standing, { name: 'Wallet of this browser', provider: standing });
    found([...wallets.values()]);
  }
  return () => {
    removeEventListener('eip6963:announceProvider', hear);
  };
}

const hexOf = (bytes: Uint8Array): string =>
  [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');

/** Asks the wallet for its address; it asks the person. */
export async function addressOfWallet(provider: Provider): Promise<Hex> {
  const accounts = await asked(provider, 'eth_requestAccounts', []);
  const first: unknown = Array.isArray(accounts) ? accounts[0] : null;
  const address = typeof first === 'string' ? first.toLowerCase() : null;
  if (!isLowerHex(address, 20))
    throw new WalletProblem('The wallet gave no address. Unlock it and try again.');
  return address;
}

/** Has the wallet show by a signature (EIP-4361) that it holds its address, since a token is given once. */
export async function showsItsAddress(
  provider: Provider,
  words: { readonly address: Hex; readonly statement: string; readonly chainId: number },
): Promise<boolean> {
  const { host, origin } = location;
  const nonce = hexOf(crypto.getRandomValues(new Uint8Array(12)));
  const message = signInMessage({
    ...words,
    ...{ domain: host, uri: `${origin}/claim`, nonce, issuedAt: new Date().toISOString() },
  });
  const bytes = `0x${hexOf(new TextEncoder().encode(message))}`;
  const signature = await asked(provider, 'personal_sign', [bytes, words.address]);
  const signer = typeof signature === 'string' ? signerOfMessage(message, signature) : null;
  return signer !== null && sameHex(signer, words.address);
}

/** Sees that the wallet is on the chain that the certificate counts on. */
export async function goToChain(provider: Provider, chainId: number): Promise<void> {
  const wanted = `0x${chainId.toString(16)}`;
  const on = async (): Promise<boolean> => Number(await asked(provider, 'eth_chainId', [])) === chainId;
  if (await on()) return;
  await asked(provider, 'wallet_switchEthereumChain', [{ chainId: wanted }]);
  if (!(await on()))
    throw new WalletProblem(
      `The wallet is on another chain. Choose chain ${String(chainId)} in it and try again.`,
    );
}

/** The time of the newest block that the wallet knows, in seconds since 1970: deadlines are judged by it. */
export async function blockTime(provider: Provider): Promise<number> {
  const block = await asked(provider, 'eth_getBlockByNumber', ['latest', false]);
  const time =
    typeof block === 'object' && block !== null && 'timestamp' in block ? Number(block.timestamp) : NaN;
  if (!Number.isSafeInteger(time)) throw new WalletProblem('The wallet could not read the chain. Try again.');
  return time;
}

/** A call of the contract that the wallet sends. */
export interface WalletCall {
  readonly from: Hex;
  readonly to: Hex;
  readonly data: Hex;
}

/** Tries a call first, so that nobody pays for a refusal; has the wallet send it; answers the hash. */
export async function sendByWallet(provider: Provider, call: WalletCall): Promise<Hex> {
  await asked(provider, 'eth_call', [call, 'latest']);
  const hash = await asked(provider, 'eth_sendTransaction', [call]);
  if (!isLowerHex(hash, 32)) throw new WalletProblem('The wallet did not say what it sent. Look into it.');
  return hash;
}

/** Waits until what was sent stands in a block; throws when it failed there. */
export async function inBlock(provider: Provider, hash: Hex): Promise<void> {
  for (let look = 0; look < LOOKS; look += 1) {
    const receipt = await asked(provider, 'eth_getTransactionReceipt', [hash]);
    if (typeof receipt === 'object' && receipt !== null && 'status' in receipt) {
      if (Number(receipt.status) === 1) return;
      throw new WalletProblem(`The contract refused it: transaction ${hash}.`);
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  throw new WalletProblem(
    `It is not in a block yet. Look for transaction ${hash} later; do not send it twice.`,
  );
}

async function asked(provider: Provider, method: string, params: readonly unknown[]): Promise<unknown> {
  try {
    return await provider.request({ method, params });
  } catch (error) {
    throw new WalletProblem(wordsOf(error));
  }
}

function wordsOf(error: unknown): string {
  const given =
    typeof error === 'object' && error !== null ? (error as Readonly<Record<string, unknown>>) : {};
  const refusal = claimRefusal(textOf(given));
  if (refusal !== null) return refusal;
  if (given['code'] === REFUSED_BY_PERSON) return 'You said no in the wallet. Nothing was sent.';
  if (given['code'] === UNKNOWN_CHAIN)
    return 'The wallet does not know this chain. Add it there and try again.';
  const message = typeof given['message'] === 'string' ? given['message'] : 'it gave no reason';
  return `The wallet did not do it: ${message.slice(0, 200)}`;
}

/** Wallets put the contract's answer in different places: in `data`, or deeper in it, or in the message. */
function textOf(value: unknown, depth = 0): string {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null || depth > 4) return '';
  const { message } = value as { readonly message?: unknown };
  return [message, ...(Object.values(value) as unknown[])].map((part) => textOf(part, depth + 1)).join(' ');
}
