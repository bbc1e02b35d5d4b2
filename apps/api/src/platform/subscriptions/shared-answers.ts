import type { DocumentNode, ExecutionResult } from 'graphql';

type Answers = Map<DocumentNode, Map<string, Promise<ExecutionResult>>>;

const answersTo = new WeakMap<object, Answers>();

/**
 * Says that this very event looks the same to everybody who is given it, whoever they are: then each question about it is
 * answered once, however many ask. No field of it may depend on the actor.
 */
export function sameForAll<Event extends object>(event: Event): Event {
  answersTo.set(event, new Map());
  return event;
}

/** The answer about `event`: worked out once for all who ask the same, when the event is the same for all. */
export function answerOnce(
  event: unknown,
  question: { readonly document: DocumentNode; readonly variables: string },
  answer: () => Promise<ExecutionResult>,
): Promise<ExecutionResult> {
  const answers = typeof event === 'object' && event !== null ? answersTo.get(event) : undefined;
  if (answers === undefined) return answer();
  const ofDocument = answers.get(question.document) ?? new Map<string, Promise<ExecutionResult>>();
  answers.set(question.document, ofDocument);
  const known = ofDocument.get(question.variables) ?? answer();
  ofDocument.set(question.variables, known);
  return known;
}
