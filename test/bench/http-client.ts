import { Agent, request } from 'node:http';

const agent = new Agent({ keepAlive: true, maxSockets: 200 });

/** One GraphQL request over a kept connection; rejects on anything but data without errors. */
export function ask<Data>(apiUrl: string, token: string, query: string, variables: object): Promise<Data> {
  const body = Buffer.from(JSON.stringify({ query, variables }));
  const headers = {
    'content-type': 'application/json',
    'content-length': body.length,
    authorization: `Bearer ${token}`,
  };
  return new Promise((resolve, reject) => {
    const sent = request(`${apiUrl}/graphql`, { method: 'POST', agent, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString();
        try {
          const answer = JSON.parse(text) as { data?: Data | null; errors?: unknown };
          if (answer.data && answer.errors === undefined) resolve(answer.data);
          else reject(new Error(text.slice(0, 300)));
        } catch {
          reject(new Error(`${String(response.statusCode)}: ${text.slice(0, 300)}`));
        }
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });
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
export async function holdByHttp(apiUrl: string, token: string, input: object): Promise<Held> {
  type Data = { holdSlot: { __typename: string; booking?: { id: string } } };
  const { holdSlot } = await ask<Data>(apiUrl, token, HOLD, { input });
  return { kind: holdSlot.__typename, bookingId: holdSlot.booking?.id ?? null };
}

/** confirmBooking through GraphQL. */
export async function confirmByHttp(apiUrl: string, token: string, input: object): Promise<string> {
  type Data = { confirmBooking: { __typename: string } };
  return (await ask<Data>(apiUrl, token, CONFIRM, { input })).confirmBooking.__typename;
}
