import { contexts } from '@digitalbazaar/credentials-context';
import { _checkCredential } from '@digitalbazaar/vc';
import jsonld from 'jsonld';

/** Why a library of others refuses a credential at a moment; null when it takes it. */
export function refusalOf(credential: object, now: Date): string | null {
  try {
    _checkCredential({ credential, now, mode: 'verify' });
    return null;
  } catch (error) {
    return String(error);
  }
}

/**
 * A credential as linked data, in N-Quads: with the contexts as published and without a network. Throws at a term, a type or an
 * address without a meaning.
 */
export async function quadsOf(credential: object): Promise<readonly string[]> {
  const text = await jsonld.canonize(credential, {
    safe: true,
    algorithm: 'RDFC-1.0',
    format: 'application/n-quads',
    documentLoader: (url) => {
      const document = contexts.get(url);
      if (document === undefined)
        return Promise.reject(new Error(`${url} is not among the contexts published.`));
      return Promise.resolve({ documentUrl: url, document });
    },
  });
  return text.trim().split('\n');
}
