import { LONGEST_TARGET, type LinkRefused, plain, tooLong } from './printed-link.js';

/** The GS1 Web vocabulary, whose link types are named with its prefix. */
export const GS1_VOCABULARY = 'https://ref.gs1.org/voc/';
export const GS1_PREFIX = 'gs1:';

/** What a query asks of the resolver; all else in it is for whoever is linked to. */
export interface LinkQuery {
  readonly kind: 'LinkQuery';
  /** `linkset`, the full URI of one link type, or null when the query names none. */
  readonly linkType: string | null;
  /** The other parameters, encoded, to be passed on with a redirect; without a question mark. */
  readonly passedOn: string;
}

// An older name of the standard for the whole list.
const WHOLE = new Set(['linkset', 'all']);
const OLDER_VOCABULARIES = ['https://gs1.org/voc/', 'http://gs1.org/voc/', 'https://www.gs1.org/voc/'];
const CURIE = /^[A-Za-z_][A-Za-z0-9_-]{0,30}:[A-Za-z0-9_.~/#-]{1,200}$/;
const WORD = /^[A-Za-z][A-Za-z0-9_-]{0,63}$/;
const OWN_PARAMETERS = new Set(['linkType', 'context']);

/** Reads the raw query of a request (without its question mark); hostile input is a refusal. */
export function readLinkQuery(query: string): LinkQuery | LinkRefused {
  if (query.length > LONGEST_TARGET) return tooLong();
  if (query.split(/[&=]/).some((part) => plain(part) === null))
    return refuse('a percent sign in its query starts no UTF-8 character');
  const parameters = new URLSearchParams(query);
  for (const name of OWN_PARAMETERS)
    if (parameters.getAll(name).length > 1) return refuse(`it has more than one ${name}`);
  const asked = parameters.get('linkType');
  const linkType = asked === null ? null : fullName(asked);
  if (asked !== null && linkType === null)
    return refuse('its linkType is no link type such as gs1:pip, and not linkset');
  for (const name of OWN_PARAMETERS) parameters.delete(name);
  return { kind: 'LinkQuery', linkType, passedOn: parameters.toString() };
}

/** True when a query has a linkType at all, however it is written: then a machine asks. */
export function namesLinkType(query: string): boolean {
  return new URLSearchParams(query).has('linkType');
}

/** The URI that a link type stands for; a word without prefix means itself, and leads to nothing; null when it is malformed. */
function fullName(asked: string): string | null {
  if (WHOLE.has(asked)) return 'linkset';
  if (asked.startsWith(GS1_PREFIX) && WORD.test(asked.slice(GS1_PREFIX.length)))
    return `${GS1_VOCABULARY}${asked.slice(GS1_PREFIX.length)}`;
  const older = OLDER_VOCABULARIES.find((start) => asked.startsWith(start));
  if (older !== undefined) return `${GS1_VOCABULARY}${asked.slice(older.length)}`;
  return CURIE.test(asked) || WORD.test(asked) ? asked : null;
}

function refuse(problem: string): LinkRefused {
  return { kind: 'LinkRefused', status: 400, message: `This address cannot be resolved: ${problem}.` };
}
