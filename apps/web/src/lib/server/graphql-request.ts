import { print } from 'graphql';
import type { TadaDocumentNode } from 'gql.tada';
import { API_URL, REGION_HEADER } from '$app/env/private';

export type Document<Data, Variables> = TadaDocumentNode<Data, Variables>;

export interface Answer<Data> {
  readonly data: Data | null;
  readonly faults: readonly { readonly code: string; readonly message: string }[];
  readonly setCookies: readonly string[];
}

export interface Caller {
  readonly token: string | null;
  /** The browser's address: limits count people, not this server. */
  readonly address: string;
  /** The country that the proxy in front wrote, where it did. */
  readonly region?: string | null;
}

interface Body<Data> {
  data?: Data | null;
  errors?: { message: string; extensions?: { code?: string } }[];
}

const texts = new WeakMap<object, string>();

function textOf(document: Document<unknown, never>): string {
  const known = texts.get(document);
  if (known !== undefined) return known;
  const text = print(document);
  texts.set(document, text);
  return text;
}

/** Sends one document to the API; throws when there is no answer in GraphQL's form. */
export async function send<Data, Variables>(
  document: Document<Data, Variables>,
  variables: Variables,
  { token, address, region = null }: Caller,
): Promise<Answer<Data>> {
  const response = await fetch(`${API_URL}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json',
      'x-forwarded-for': address,
      ...(region === null ? {} : { [REGION_HEADER]: region }),
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify({ query: textOf(document), variables }),
  });
  const body = await read<Data>(response);
  const faults = (body.errors ?? []).map(({ message, extensions }) => ({
    code: extensions?.code ?? 'INTERNAL_SERVER_ERROR',
    message,
  }));
  return { data: body.data ?? null, faults, setCookies: response.headers.getSetCookie() };
}

async function read<Data>(response: Response): Promise<Body<Data>> {
  const text = await response.text();
  try {
    return JSON.parse(text) as Body<Data>;
  } catch {
    if (response.status === 413)
      return {
        errors: [
          { message: 'This is larger than the service takes.', extensions: { code: 'BAD_USER_INPUT' } },
        ],
      };
    throw new Error(`The API answered ${String(response.status)} without JSON: ${text.slice(0, 200)}`);
  }
}
