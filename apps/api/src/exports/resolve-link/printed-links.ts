import type { RequestHandler } from 'express';
import type { ResolveLink } from './resolve-link.js';

const PRINTED = /^\/01(?:[/?]|$)/;

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
        // Not by `set`, which adds a character set to types that have none.
        for (const [name, value] of Object.entries(answer.headers)) res.setHeader(name, value);
        res.status(answer.status).send(Buffer.from(answer.body));
      })
      .catch(next);
  };
}
