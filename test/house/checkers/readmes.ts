import type { Checker } from '../tree.js';

const features = [
  /^apps\/api\/src\/[^/]+(?=\/)/,
  /^libs\/[^/]+(?=\/src\/)/,
  /^contracts(?=\/)/,
  /^apps\/(web|local|verify)(?=\/src\/)/,
  /^test\/(house|support)(?=\/)/,
];

/** Folders of features without a README, or with one that says next to nothing. */
export const missingReadmes: Checker = (files) => {
  const folders = new Set(
    files
      .filter((file) => /[.](ts|sol|svelte)$/.test(file.path))
      .flatMap((file) => features.map((feature) => feature.exec(file.path)?.[0]))
      .filter((folder) => folder !== undefined),
  );
  return [...folders].sort().flatMap((folder) => {
    const readme = files.find((file) => file.path === `${folder}/README.md`);
    if (readme === undefined)
      return [`${folder}: has no README.md with its words, invariants, locks, decisions`];
    return readme.text.trim().length < 200 ? [`${folder}/README.md: says too little`] : [];
  });
};
