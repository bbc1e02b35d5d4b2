import { createClient } from 'graphql-ws';

/** A subscription, and the field of it that news comes in. */
export interface Watch {
  readonly query: string;
  readonly variables: Record<string, unknown>;
}

// Several changes in a row are one look.
const GATHER_MS = 120;
const FIRST_RETRY_MS = 500;
const LAST_RETRY_MS = 15_000;

async function ticket(): Promise<Record<string, string>> {
  const answer = await fetch('/live-ticket', { method: 'POST' });
  if (!answer.ok) throw new Error(`No ticket for a live connection: ${String(answer.status)}`);
  return (await answer.json()) as { ticket: string };
}

/**
 * Calls `look` with the newest word once from then on nothing is missed, when something has changed, and after each time that
 * the connection was away; returns what ends it. A page that cannot be live is still right whenever it is loaded.
 */
export function watch({ query, variables }: Watch, look: (news: unknown) => void): () => void {
  let due: ReturnType<typeof setTimeout> | undefined;
  const client = createClient({
    url: `${location.origin.replace(/^http/, 'ws')}/graphql`,
    connectionParams: ticket,
    retryAttempts: Number.MAX_SAFE_INTEGER,
    shouldRetry: () => true,
    retryWait: (retries) =>
      new Promise((resolve) => {
        setTimeout(resolve, Math.min(FIRST_RETRY_MS * 2 ** retries, LAST_RETRY_MS) * (0.5 + Math.random()));
      }),
  });
  const stop = client.subscribe(
    { query, variables },
    {
      next: (news) => {
        // Also the first word, which says that all later changes will come: some came after the page was loaded.
        clearTimeout(due);
        due = setTimeout(() => look(news), GATHER_MS);
      },
      error: () => undefined,
      complete: () => undefined,
    },
  );
  return () => {
    clearTimeout(due);
    stop();
    void client.dispose();
  };
}

/** What tells that the calendar of a workshop has changed in a stretch. */
export const CALENDAR_CHANGED = `subscription ($coopId: ID!, $workshopId: ID!, $fromAt: Instant!, $toAt: Instant!) {
  calendarChanged(coopId: $coopId, workshopId: $workshopId, fromAt: $fromAt, toAt: $toAt) { kind }
}`;

/** What tells how many notices are unread. */
export const NOTICES_CHANGED = `subscription { noticesChanged { unread } }`;
