import { MODULE_METADATA } from '@nestjs/common/constants.js';
import { getMetadataArgsStorage } from 'typeorm';

/** Every class that the loaded features have declared as a table; `features` is named so that they are loaded first. */
export function entitiesOf(features: readonly NewableFunction[]): NewableFunction[] {
  const declared = features.flatMap((feature) => {
    const imports: unknown = Reflect.getMetadata(MODULE_METADATA.IMPORTS, feature);
    return Array.isArray(imports) ? (imports as unknown[]) : [];
  });
  if (declared.length === 0) throw new Error('no feature imports anything: the list of features is empty');
  return getMetadataArgsStorage()
    .tables.map((table) => table.target)
    .filter((target): target is NewableFunction => typeof target === 'function');
}
