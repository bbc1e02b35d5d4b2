export { newApiKey } from './api-key-form.js';
export { BearerAuthenticator } from './bearer-authenticator.js';
export { Attempts, type AttemptLimit } from './attempts.js';
export { AccessTokens, type AccessClaims, type AccessToken } from './access-tokens.js';
export { Credentials, hashOf, randomSecret } from './credentials.js';
export { EMAIL_FAULT, emailOf } from './emails.js';
export { personOf } from './person-of.js';
export { hashPassword, passwordFault, passwordMatches } from './passwords.js';
