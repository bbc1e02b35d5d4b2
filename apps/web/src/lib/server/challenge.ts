/** Binds a mailed code to the browser that asked for it. */
export const CHALLENGE_COOKIE = 'touchmark_challenge';

/** As long as the code is good for. */
export const CHALLENGE_SECONDS = 600;
