import { badUserInput } from './errors.js';
import { pageRequest, type Connection, type PageArgs, type PageRequest } from './page.js';
import { isUuid } from './uuid.js';

const INSTANT = /^[1-9]\d{3}-/;

// Date.parse alone takes texts that the database does not, such as a bare number or the 31st of February.
function isInstant(text: string): boolean {
  const at = new Date(text);
  return INSTANT.test(text) && !Number.isNaN(at.getTime()) && at.toISOString() === text;
}

/** Opens a page of a list that runs from new to old, whose cursor holds an instant and an id; a forged one is refused. */
export function newestPage(args: PageArgs): PageRequest {
  const page = pageRequest(args, 2);
  if (page.after === null) return page;
  const [at = '', id = ''] = page.after;
  if (!isInstant(at) || !isUuid(id))
    throw badUserInput('after is not a cursor of this list. Send an endCursor back unchanged.');
  return page;
}

/** A list with nothing in it that the caller may see. */
export function emptyConnection<Node>(): Connection<Node> {
  return {
    edges: [],
    pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null },
  };
}
