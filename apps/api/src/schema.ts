import 'reflect-metadata';
import { MODULE_METADATA } from '@nestjs/common/constants.js';
import { NestFactory } from '@nestjs/core';
import { GraphQLSchemaBuilderModule, GraphQLSchemaFactory } from '@nestjs/graphql';
import { lexicographicSortSchema, printSchema, type GraphQLSchema } from 'graphql';
import { FEATURES } from './app.module.js';
import { InputRefused, NotFound, RequestIdReused } from './platform/graphql/index.js';

const isClass = (provider: unknown): provider is NewableFunction => typeof provider === 'function';

function resolverClasses(): NewableFunction[] {
  return FEATURES.flatMap((feature) => {
    const providers: unknown = Reflect.getMetadata(MODULE_METADATA.PROVIDERS, feature);
    return Array.isArray(providers) ? (providers as unknown[]).filter(isClass) : [];
  });
}

/** Builds the schema from the features' code alone: no database, no chain, no listening. */
export async function buildSchema(): Promise<GraphQLSchema> {
  const app = await NestFactory.createApplicationContext(GraphQLSchemaBuilderModule, { logger: false });
  await app.init();
  const schema = await app.get(GraphQLSchemaFactory).create(resolverClasses(), {
    orphanedTypes: [NotFound, RequestIdReused, InputRefused],
  });
  await app.close();
  return lexicographicSortSchema(schema);
}

/** The schema as text, as it is committed. */
export async function schemaText(): Promise<string> {
  return `# Generated from the code by npm run generate; do not edit.\n\n${printSchema(await buildSchema())}\n`;
}
