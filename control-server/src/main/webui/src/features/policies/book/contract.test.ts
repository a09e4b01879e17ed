import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { MESSAGES, type Message } from './contract';

const proto = readFileSync('../../../../proto/src/main/proto/sekisho/v1/policy.proto', 'utf8').replaceAll(/\/\/.*$/gm, '');

const body = (kind: 'message' | 'enum', name: string) =>
  new RegExp(`${kind} ${name} \\{([^]*?)\\n\\}`).exec(proto)?.[1] ?? '';
const kebab = (name: string) => name.toLowerCase().replaceAll('_', '-');

/** Fields in the order of the contract, with their types. */
function fields(message: string): [string, string][] {
  return [...body('message', message).matchAll(/^\s*(?:repeated )?(\w+) (\w+) = \d+;/gm)].map((match) => [
    kebab(match[2] ?? ''),
    match[1] ?? '',
  ]);
}

/** As `Vocabulary` spells them: a suffix that only makes a name unique is left out. */
const words = (name: string) =>
  [...body('enum', name).matchAll(/^\s*(\w+) = ([1-9]\d*);/gm)].map((match) =>
    kebab((match[1] ?? '').replace(/_(CONFIDENCE|SELECTION|FORMAT|DEVICE)$/, '')),
  );

describe('the form', () => {
  it.each(Object.keys(MESSAGES) as Message[])('shows exactly what the contract has of %s', (message) => {
    const contract = fields(message);
    expect(MESSAGES[message].map((field) => field.key)).toEqual(contract.map(([key]) => key));
    for (const field of MESSAGES[message]) {
      const type = contract.find(([key]) => key === field.key)?.[1] ?? '';
      if ('message' in field) {
        expect(field.message).toBe(type);
      }
      if ('words' in field && field.key !== 'label' && field.key !== 'weekdays') {
        expect(field.words, field.key).toEqual(words(type));
      }
    }
  });

  it('knows every message of a policy', () => {
    const all = [...proto.matchAll(/^message (\w+)/gm)].map((match) => match[1]);
    // These two have a short form, and are one value in YAML.
    expect(all.filter((name) => name !== 'TimeRange' && name !== 'PortRange').sort()).toEqual(Object.keys(MESSAGES).sort());
  });
});
