export { ExportsModule } from './exports.module.js';
export { printedLinks } from './resolve-link/printed-links.js';
export { ResolveLink } from './resolve-link/resolve-link.js';
