// Writes the types of the REST interface from its OpenAPI document.
import { readFile, writeFile } from 'node:fs/promises';
import openapiTS, { astToString } from 'openapi-typescript';

const document = new URL('../src/api/openapi.json', import.meta.url);
const target = new URL('../src/api/schema.gen.ts', import.meta.url);

const text = `// Generated from openapi.json; don't edit.\n${astToString(await openapiTS(document))}`;
const before = await readFile(target, 'utf8').catch(() => '');
if (before !== text) {
  await writeFile(target, text);
}
