import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import { LONGEST_CONTRACT, decideContract } from '@touchmark/exchange';

const MOST_REMEMBERED = 500;
const MOST_PROBLEMS = 20;
const compiled = new Map<string, ValidateFunction>();

/** The contract as a validator, remembered under its text; throws when ajv does not take the schema. */
function validatorOf(text: string): ValidateFunction {
  const known = compiled.get(text);
  if (known !== undefined) return known;
  const decision = decideContract(text);
  if (decision.kind === 'ContractInvalid') throw new Error(decision.message);
  // An instance of its own each: one that is shared keeps every schema it was ever given.
  // Only what an input has itself counts: every object has a constructor.
  const made = new Ajv2020({ strict: true, allErrors: true, ownProperties: true }).compile(decision.schema);
  if (compiled.size >= MOST_REMEMBERED) compiled.clear();
  compiled.set(text, made);
  return made;
}

/** What is wrong with the text of a contract that is to be published, or null. */
export function contractFault(text: string): string | null {
  const decision = decideContract(text);
  if (decision.kind === 'ContractInvalid') return decision.message;
  try {
    validatorOf(text);
    return null;
  } catch (error) {
    return `The schema cannot be used: ${error instanceof Error ? error.message : 'it does not compile'}.`;
  }
}

function problem({ instancePath, message, params }: ErrorObject): string {
  const extra: unknown = (params as Record<string, unknown>)['additionalProperty'];
  const named = typeof extra === 'string' ? ` (${extra})` : '';
  return `${instancePath === '' ? 'the input' : instancePath} ${message ?? 'is not as agreed'}${named}`;
}

/** How the text of an input breaks the contract, one sentence each; empty when it keeps it. */
export function inputProblems(contract: string, input: string): string[] {
  if (input.length > LONGEST_CONTRACT)
    return [
      `the input has ${String(input.length)} characters, at most ${String(LONGEST_CONTRACT)} are taken`,
    ];
  let parsed: unknown;
  try {
    parsed = JSON.parse(input);
  } catch {
    return ['the input is no JSON text'];
  }
  const validate = validatorOf(contract);
  if (validate(parsed)) return [];
  return (validate.errors ?? []).slice(0, MOST_PROBLEMS).map(problem);
}
