import { createHash } from 'node:crypto';

/** A refusal in the middle of the story: the story itself is wrong, or the product is. */
export class StoryError extends Error {
  override readonly name = 'StoryError';
}

interface Answer {
  data?: Record<string, unknown> | null;
  errors?: { message: string; extensions?: { code?: string } }[];
}

/** The product's API as one person of the story sees it. */
export class Api {
  private readonly url: string;
  private bearer: string | undefined;
  private readonly renew: (() => Promise<string>) | undefined;

  constructor(url: string, bearer?: string, renew?: () => Promise<string>) {
    this.url = url;
    this.bearer = bearer;
    this.renew = renew;
  }

  /** The API as a person whose token is `bearer`; `renew` signs in again when the story's days have outlived it. */
  as(bearer: string, renew: () => Promise<string>): Api {
    return new Api(this.url, bearer, renew);
  }

  /** The one field of a query or mutation; throws StoryError on any error. */
  async ask<Field>(document: string, variables: object = {}): Promise<Field> {
    let answer = await this.send(document, variables);
    if (
      this.renew !== undefined &&
      answer.errors?.some((error) => error.extensions?.code === 'UNAUTHENTICATED')
    ) {
      this.bearer = await this.renew();
      answer = await this.send(document, variables);
    }
    const [field] = Object.values(answer.data ?? {});
    if (answer.errors !== undefined || field === undefined)
      throw new StoryError(`${document.trim().slice(0, 120)}: ${JSON.stringify(answer.errors ?? answer)}`);
    return field as Field;
  }

  /** Sends a file to a path of the product; throws StoryError unless it is taken. */
  async upload(path: string, bytes: Buffer): Promise<void> {
    const send = (): Promise<Response> =>
      fetch(`${this.url}${path}`, { method: 'POST', headers: this.signedIn(), body: Uint8Array.from(bytes) });
    let answer = await send();
    if (this.renew !== undefined && answer.status === 401) {
      this.bearer = await this.renew();
      answer = await send();
    }
    if (!answer.ok) throw new StoryError(`POST ${path}: ${String(answer.status)} ${await answer.text()}`);
  }

  private async send(document: string, variables: object): Promise<Answer> {
    const response = await fetch(`${this.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json', ...this.signedIn() },
      body: JSON.stringify({ query: document, variables }),
    });
    return (await response.json()) as Answer;
  }

  private signedIn(): Record<string, string> {
    return this.bearer === undefined ? {} : { authorization: `Bearer ${this.bearer}` };
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
