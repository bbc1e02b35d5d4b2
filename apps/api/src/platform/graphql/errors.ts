import { randomUUID } from 'node:crypto';
import { unwrapResolverError } from '@apollo/server/errors';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { Logger } from 'pino';

const PUBLIC_CODES = new Set([
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'BAD_USER_INPUT',
  'TRY_AGAIN',
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'OPERATION_RESOLUTION_FAILURE',
  'BAD_REQUEST',
  'PERSISTED_QUERY_NOT_SUPPORTED',
]);

// PostgreSQL keeps every character but this one, in text (22021) and in JSON (22P05).
const NUL_REFUSED = new Set<unknown>(['22021', '22P05']);

function quotesNul(error: unknown): boolean {
  const thrown = unwrapResolverError(error);
  return thrown instanceof Error && 'code' in thrown && NUL_REFUSED.has(thrown.code);
}

/** Lets gates and faults of the caller through and masks everything else behind an id that the log carries too. */
export function maskErrors(logger: Logger) {
  return (formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError => {
    const code = formatted.extensions?.['code'];
    if (typeof code === 'string' && PUBLIC_CODES.has(code)) {
      const { stacktrace: _stacktrace, originalError: _original, ...extensions } = formatted.extensions ?? {};
      return { ...formatted, extensions };
    }
    if (quotesNul(error))
      return {
        ...formatted,
        message: 'A text holds the character U+0000, which cannot be stored. Leave it out.',
        extensions: { code: 'BAD_USER_INPUT' },
      };
    const id = randomUUID();
    logger.error({ err: unwrapResolverError(error), errorId: id, path: formatted.path }, 'a resolver threw');
    return {
      message: `Something went wrong on our side; nothing was changed. Quote ${id} when you ask about it.`,
      ...(formatted.path === undefined ? {} : { path: formatted.path }),
      ...(formatted.locations === undefined ? {} : { locations: formatted.locations }),
      extensions: { code: 'INTERNAL_SERVER_ERROR', id },
    };
  };
}

/** A caller that is not signed in, or whose token is wrong or has expired. */
export function unauthenticated(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'UNAUTHENTICATED', http: { status: 401 } } });
}

/** A caller whose role or provider does not give what was asked. */
export function forbidden(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'FORBIDDEN' } });
}

/** An argument of the wrong form. */
export function badUserInput(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } });
}

/** A question that was not looked at now and may be asked again as it is. */
export function tryAgain(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'TRY_AGAIN' } });
}
