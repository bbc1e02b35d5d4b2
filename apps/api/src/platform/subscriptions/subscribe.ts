import { createSourceEventStream, execute, type ExecutionArgs, type ExecutionResult } from 'graphql';
import { liveContext, type LiveContext } from './live-context.js';
import { answerOnce } from './shared-answers.js';

type Answers = AsyncIterableIterator<ExecutionResult>;

/**
 * Runs a subscription as `subscribe` of graphql does, with a fresh context for each event: the data loaders of a
 * connection that stands for hours would answer from memory, and never forget.
 */
export async function subscribeFresh(args: ExecutionArgs): Promise<Answers | ExecutionResult> {
  const source = await createSourceEventStream(args);
  if (!(Symbol.asyncIterator in source)) return source;
  const events = source[Symbol.asyncIterator]();
  const { actor, connection } = args.contextValue as LiveContext;
  // Two operations of one document are two questions, and so is one with other variables.
  const variables = JSON.stringify([args.operationName, args.variableValues]);
  const answer = (event: unknown): Promise<ExecutionResult> =>
    answerOnce(event, { document: args.document, variables }, async () =>
      execute({ ...args, rootValue: event, contextValue: liveContext(actor, connection) }),
    );
  const answers: Answers = {
    next: async () => {
      const step = await events.next();
      return step.done === true
        ? { done: true, value: undefined }
        : { done: false, value: await answer(step.value) };
    },
    // Not a generator: its return would wait for the next event before it ends the source.
    return: async () => {
      await events.return?.();
      return { done: true, value: undefined };
    },
    throw: async (error: unknown) => {
      await events.return?.();
      throw error;
    },
    [Symbol.asyncIterator]: () => answers,
  };
  return answers;
}
