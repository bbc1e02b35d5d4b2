import { connect, type Socket } from 'node:net';

// What `node:http` does for a client costs more than what the API does for it; both share the processors that are
// measured. So each client keeps one connection and speaks the little of HTTP/1.1 that it needs.
const END_OF_HEAD = Buffer.from('\r\n\r\n');
const LENGTH = /\r\ncontent-length: (\d+)/i;

interface Waiting {
  readonly resolve: (body: string) => void;
  readonly reject: (error: unknown) => void;
}

/** One kept connection to the API; one request at a time. */
export class Connection {
  private readonly host: string;
  private readonly url: URL;
  private socket: Socket | undefined;
  private received: Buffer = Buffer.alloc(0);
  private waiting: Waiting | undefined;

  constructor(apiUrl: string) {
    this.url = new URL(apiUrl);
    this.host = this.url.host;
  }

  /** One GraphQL request, of nobody when the token is null; rejects on anything but data without errors. */
  async ask<Data>(token: string | null, query: string, variables: object): Promise<Data> {
    const body = JSON.stringify({ query, variables });
    const head = `POST /graphql HTTP/1.1\r\nhost: ${this.host}\r\ncontent-type: application/json\r\n${token === null ? '' : `authorization: Bearer ${token}\r\n`}`;
    const text = await this.send(`${head}content-length: ${String(Buffer.byteLength(body))}\r\n\r\n${body}`);
    const answer = JSON.parse(text) as { data?: Data | null; errors?: unknown };
    if (answer.data && answer.errors === undefined) return answer.data;
    throw new Error(text.slice(0, 300));
  }

  close(): void {
    this.socket?.destroy();
    this.socket = undefined;
  }

  private send(request: string): Promise<string> {
    if (this.waiting !== undefined) throw new Error('a connection takes one request at a time');
    return new Promise((resolve, reject) => {
      this.waiting = { resolve, reject };
      (this.socket ??= this.open()).write(request);
    });
  }

  private open(): Socket {
    const socket = connect(Number(this.url.port), this.url.hostname).setNoDelay(true);
    socket.on('data', (chunk) => {
      this.take(chunk);
    });
    socket.on('error', (error) => {
      this.fail(error);
    });
    socket.on('close', () => {
      this.fail(new Error('the API closed the connection'));
    });
    return socket;
  }

  /** Reads one answer of a known length; the API sends no other to a small request. */
  private take(chunk: Buffer): void {
    this.received = this.received.length === 0 ? chunk : Buffer.concat([this.received, chunk]);
    const headLength = this.received.indexOf(END_OF_HEAD);
    if (headLength < 0) return;
    const head = this.received.toString('latin1', 0, headLength);
    const length = LENGTH.exec(head)?.[1];
    if (length === undefined) {
      this.fail(new Error(`an answer without a length: ${head}`));
      return;
    }
    const end = headLength + END_OF_HEAD.length + Number(length);
    if (this.received.length < end) return;
    const body = this.received.toString('utf8', headLength + END_OF_HEAD.length, end);
    this.received = this.received.subarray(end);
    const { waiting } = this;
    this.waiting = undefined;
    waiting?.resolve(body);
  }

  private fail(error: Error): void {
    this.socket = undefined;
    this.received = Buffer.alloc(0);
    const { waiting } = this;
    this.waiting = undefined;
    waiting?.reject(error);
  }
}

const HOLD = `mutation ($input: HoldSlotInput!) { holdSlot(input: $input) {
  __typename ... on SlotHeld { booking { id priceMinor expiresAt } } ... on Refusal { message } } }`;
const CONFIRM = `mutation ($input: ConfirmBookingInput!) { confirmBooking(input: $input) {
  __typename ... on BookingConfirmed { booking { id state } } ... on Refusal { message } } }`;

export interface Held {
  readonly kind: string;
  readonly bookingId: string | null;
}

/** holdSlot through GraphQL. */
export async function holdByHttp(api: Connection, token: string, input: object): Promise<Held> {
  type Data = { holdSlot: { __typename: string; booking?: { id: string } } };
  const { holdSlot } = await api.ask<Data>(token, HOLD, { input });
  return { kind: holdSlot.__typename, bookingId: holdSlot.booking?.id ?? null };
}

/** confirmBooking through GraphQL. */
export async function confirmByHttp(api: Connection, token: string, input: object): Promise<string> {
  type Data = { confirmBooking: { __typename: string } };
  return (await api.ask<Data>(token, CONFIRM, { input })).confirmBooking.__typename;
}
