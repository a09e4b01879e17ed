// Compares the REST interface as the server describes it with the description that the console was built from. Where they
// differ it takes the server's over and fails, so that the next build checks the console against it.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

const [produced] = process.argv.slice(2);
const kept = new URL('../src/api/openapi.json', import.meta.url);
if (!existsSync(produced)) {
  console.error(`The server build left no ${produced}: is quarkus.smallrye-openapi.store-schema-directory still set?`);
  process.exit(1);
}
const text = readFileSync(produced, 'utf8');
if (readFileSync(kept, 'utf8') !== text) {
  writeFileSync(kept, text);
  console.error('The REST interface has changed. src/main/webui/src/api/openapi.json is renewed: build again, and commit it.');
  process.exit(1);
}
