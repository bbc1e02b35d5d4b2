import { createHash } from 'node:crypto';

/** A refusal in the middle of the story: the story itself is wrong, or the product is. */
export class StoryError extends Error {
  override readonly name = 'StoryError';
}

interface Answer {
  data?: Record<string, unknown> | null;
  errors?: { message: string }[];
}

/** The product's API as one person of the story sees it. */
export class Api {
  constructor(
    private readonly url: string,
    private readonly bearer?: string,
  ) {}

  as(bearer: string): Api {
    return new Api(this.url, bearer);
  }

  /** The one field of a query or mutation; throws StoryError on any error. */
  async ask<Field>(document: string, variables: object = {}): Promise<Field> {
    const response = await fetch(`${this.url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json',
        ...(this.bearer === undefined ? {} : { authorization: `Bearer ${this.bearer}` }),
      },
      body: JSON.stringify({ query: document, variables }),
    });
    const answer = (await response.json()) as Answer;
    const [field] = Object.values(answer.data ?? {});
    if (answer.errors !== undefined || field === undefined)
      throw new StoryError(`${document.trim().slice(0, 120)}: ${JSON.stringify(answer.errors ?? answer)}`);
    return field as Field;
  }

  /** A mutation with one input whose outcome must be `accepted`; anything else throws StoryError with the refusal. */
  async does<Outcome>(
    mutation: string,
    accepted: string,
    selection: string,
    input: object,
  ): Promise<Outcome> {
    const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
    const outcome = await this.ask<{ __typename: string }>(
      `mutation ($input: ${type}!) { ${mutation}(input: $input) {
         __typename ... on Refusal { message } ... on ${accepted} { ${selection} } } }`,
      { input },
    );
    if (outcome.__typename !== accepted)
      throw new StoryError(`${mutation} was refused: ${JSON.stringify(outcome)}`);
    return outcome as Outcome;
  }
}

/** The same UUID for the same name, for ever: a story that is started again repeats its requests and changes nothing. */
export function requestIdOf(name: string): string {
  const hex = createHash('sha256').update(`touchmark story: ${name}`).digest('hex');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}
