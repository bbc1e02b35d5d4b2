import { z } from 'zod';
import { EMAIL_FAULT, emailOf, passwordFault } from '../credentials/index.js';
import { isReservedSlug } from './reserved-slugs.js';

/** A value that a co-op cannot have; says which and what is accepted. */
export class CoopRefusedError extends Error {
  override readonly name = 'CoopRefusedError';
}

const email = z.string().transform((text, context) => {
  const found = emailOf(text);
  if (found !== null) return found;
  context.addIssue({ code: 'custom', message: EMAIL_FAULT });
  return z.NEVER;
});

const password = z.string().superRefine((text, context) => {
  const fault = passwordFault(text);
  if (fault !== null) context.addIssue({ code: 'custom', message: fault });
});

const schema = z.object({
  slug: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{1,47}$/, 'expected 2 to 48 of a-z, 0-9 and -, not beginning with -')
    .refine((slug) => !isReservedSlug(slug), 'expected a name that is not an address of the product itself'),
  name: z.string().trim().min(1, 'expected a name').max(120, 'expected at most 120 characters'),
  currency: z.string().regex(/^[A-Z]{3}$/, 'expected an ISO 4217 code such as EUR'),
  domain: z.hostname('expected a host name such as coop.example'),
  gtinPrefix: z.string().regex(/^[0-9]{6,10}$/, 'expected the 6 to 10 digits of a GS1 company prefix'),
  adminEmail: email,
  adminDisplayName: z.string().trim().min(1, 'expected a name').max(120, 'expected at most 120 characters'),
  adminPassword: password.optional(),
});

/** A co-op with its first admin; without `adminPassword` the admin chooses one by a link. */
export interface CoopToCreate {
  readonly slug: string;
  readonly name: string;
  readonly currency: string;
  readonly domain: string;
  readonly gtinPrefix: string;
  readonly adminEmail: string;
  readonly adminDisplayName: string;
  readonly adminPassword?: string | undefined;
}

/** `input` with its e-mail in stored form; throws CoopRefusedError naming each wrong value. */
export function checkedCoop(input: CoopToCreate): CoopToCreate {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(
    (issue) => `${issue.path.join('.')}: ${issue.message.replace(/[.]$/, '')}`,
  );
  throw new CoopRefusedError(`The co-op was not created. ${faults.join('; ')}.`);
}
