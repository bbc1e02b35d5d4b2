import type { RequestHandler, Response } from 'express';
import type { LinkAnswer, ResolveLink } from './resolve-link.js';

// A digit and its percent sign are one address.
const PRINTED = /^\/(?:0|%30)(?:1|%31)(?:[/?]|$)/;

/**
 * Answers at the printed link itself, before any router: what routers and pages make of a malformed address differs, and here
 * it must be the standard's answer. What is for people goes on to the page.
 */
export function printedLinks(resolver: ResolveLink): RequestHandler {
  return (req, res, next) => {
    const { originalUrl: target, method, ip = '' } = req;
    if (!PRINTED.test(target)) {
      next();
      return;
    }
    resolver
      .run({ method, target, accept: req.headers.accept, ip })
      .then((answer) => {
        if (answer === null) {
          next();
          return;
        }
        sendAnswer(res, answer);
      })
      .catch(next);
  };
}

/** Sends what the resolver answers; nothing has no type. */
export function sendAnswer(res: Response, { status, headers, body }: LinkAnswer): void {
  // Not by `set`, which adds a character set to types that have none.
  for (const [name, value] of Object.entries(headers)) res.setHeader(name, value);
  res.status(status);
  if (body === '') res.end();
  else res.send(Buffer.from(body));
}
