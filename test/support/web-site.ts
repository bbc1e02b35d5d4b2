import { generateKeyPairSync, sign } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';

/** A web site of a domain on this machine, with a certificate that only those trust who are told to. */
export interface WebSite {
  readonly address: string;
  readonly port: number;
  /** Its certificate, which signed itself (PEM). */
  readonly ca: string;
  /** How many requests came, also those that were not answered. */
  readonly requests: () => number;
  close(): Promise<void>;
}

/** Starts the web site of a domain; `answer` answers each request. */
export async function startWebSite(
  domain: string,
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<WebSite> {
  const { key, cert } = selfSigned(domain);
  let requests = 0;
  const server = createServer({ key, cert }, (request, response) => {
    requests += 1;
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: '127.0.0.1',
    port: (server.address() as AddressInfo).port,
    ca: cert,
    requests: () => requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

const [SEQUENCE, SET, INTEGER, BOOLEAN, BITS, OCTETS, OID, UTF8, UTC_TIME] = [
  ...[0x30, 0x31, 0x02, 0x01, 0x03, 0x04, 0x06, 0x0c, 0x17],
] as const;
const ECDSA_WITH_SHA256 = '2a8648ce3d040302';

/** A key and a certificate (X.509, RFC 5280) that is its own authority; Node reads such but makes none. */
function selfSigned(domain: string): { readonly key: string; readonly cert: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const algorithm = der(SEQUENCE, oid(ECDSA_WITH_SHA256));
  const name = der(SEQUENCE, der(SET, der(SEQUENCE, oid('550403'), der(UTF8, Buffer.from(domain)))));
  const validity = der(SEQUENCE, utcTime('250101000000Z'), utcTime('491231000000Z'));
  const authority = der(SEQUENCE, oid('551d13'), der(OCTETS, der(SEQUENCE, der(BOOLEAN, Buffer.of(0xff)))));
  const names = der(SEQUENCE, oid('551d11'), der(OCTETS, der(SEQUENCE, der(0x82, Buffer.from(domain)))));
  const content = der(
    SEQUENCE,
    ...[der(0xa0, der(INTEGER, Buffer.of(2))), der(INTEGER, Buffer.of(1)), algorithm, name, validity, name],
    ...[publicKey.export({ type: 'spki', format: 'der' }), der(0xa3, der(SEQUENCE, authority, names))],
  );
  const signature = der(BITS, Buffer.of(0), sign('sha256', content, privateKey));
  const body = der(SEQUENCE, content, algorithm, signature).toString('base64');
  const lines = (body.match(/.{1,64}/g) ?? []).join('\n');
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`,
  };
}

function oid(hex: string): Buffer {
  return der(OID, Buffer.from(hex, 'hex'));
}

function utcTime(text: string): Buffer {
  return der(UTC_TIME, Buffer.from(text));
}

/** One element of DER: its tag, its length and its content. */
function der(tag: number, ...parts: Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const size =
    length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, Math.floor(length / 256), length % 256];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}
