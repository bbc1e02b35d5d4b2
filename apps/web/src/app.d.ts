import type { Api } from '#lib/server/api.ts';
import type { PageSession } from '#lib/server/session.ts';

declare global {
  namespace App {
    interface Locals {
      /** Who the browser is; null when nobody is signed in. */
      session: PageSession | null;
      /** Asks the API as that person. */
      api: Api;
      /** The HTTP status of a page that says in its own words what is amiss; null for 200. */
      status: number | null;
    }
    interface PageData {
      /** The co-op that the page is about. */
      coop?: { readonly id: string; readonly slug: string; readonly name: string };
    }
    interface Error {
      message: string;
      /** What to do next, when there is more to say than the message. */
      next?: string;
      /** What the server's log also carries. */
      errorId?: string;
    }
  }
}

export {};
