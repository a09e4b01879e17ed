import { NUMBER_LABELS } from '../../../ui/numberLabels';
import type { Path } from './source';

/**
 * What the contract's `policy.proto` says a rule book has, in its order: the form shows exactly this. A test holds the two
 * together.
 */
export type Field = { key: string } & (
  | { kind: 'text'; isLong?: boolean; isRequired?: boolean }
  | { kind: 'word'; words: readonly string[]; isRequired?: boolean }
  | { kind: 'words'; words: readonly string[] }
  | { kind: 'texts'; suggest?: Suggested }
  /** Values that are written without quotes: times, ports. */
  | { kind: 'plains' }
  | { kind: 'number' }
  | { kind: 'size' }
  | { kind: 'date' }
  | { kind: 'flag' }
  | { kind: 'message'; message: Message }
  | { kind: 'messages'; message: Message }
);

/** What a list of names may be chosen from. */
export type Suggested = 'units' | 'deviceGroups';

export type Message =
  | 'Policy' | 'ChannelDefault' | 'Notice' | 'Rule' | 'Who' | 'When' | 'ContentCondition' | 'ProgramMatch' | 'MediaCondition' | 'DeviceGroup'
  | 'ShadowCopies' | 'Custodian' | 'ClipboardCondition' | 'PrintCondition' | 'NetworkCondition' | 'ProgramCondition' | 'ScreenCondition';

export const CHANNEL_WORDS = ['media', 'clipboard', 'print', 'network', 'program', 'screen'] as const;
export type ChannelWord = (typeof CHANNEL_WORDS)[number];
export const VERDICT_WORDS = ['allow', 'audit', 'justify', 'read-only', 'block'] as const;
export const SEVERITY_WORDS = ['low', 'medium', 'high', 'critical'] as const;

const verdict: Field = { key: 'verdict', kind: 'word', words: VERDICT_WORDS, isRequired: true };
const severity: Field = { key: 'severity', kind: 'word', words: SEVERITY_WORDS };
const channel: Field = { key: 'channel', kind: 'word', words: CHANNEL_WORDS, isRequired: true };
const notice: Field = { key: 'notice', kind: 'message', message: 'Notice' };
const program: Field = { key: 'program', kind: 'message', message: 'ProgramMatch' };

export const MESSAGES: Readonly<Record<Message, readonly Field[]>> = {
  Policy: [
    { key: 'revision', kind: 'number' },
    { key: 'segment', kind: 'word', words: ['my-number', 'lgwan', 'internet'], isRequired: true },
    { key: 'name', kind: 'text', isRequired: true },
    { key: 'description', kind: 'text', isLong: true },
    { key: 'defaults', kind: 'messages', message: 'ChannelDefault' },
    { key: 'rules', kind: 'messages', message: 'Rule' },
    { key: 'device-groups', kind: 'messages', message: 'DeviceGroup' },
    { key: 'audit-only', kind: 'flag' },
    { key: 'shadow-copies', kind: 'message', message: 'ShadowCopies' },
  ],
  ShadowCopies: [
    { key: 'custodians', kind: 'messages', message: 'Custodian' },
    { key: 'most-bytes', kind: 'size' },
  ],
  Custodian: [
    { key: 'operator', kind: 'text', isRequired: true },
    { key: 'key', kind: 'text', isRequired: true },
  ],
  ChannelDefault: [channel, verdict, severity, notice],
  Notice: [
    { key: 'ja', kind: 'text', isLong: true },
    { key: 'en', kind: 'text', isLong: true },
  ],
  Rule: [
    { key: 'id', kind: 'text', isRequired: true },
    { key: 'description', kind: 'text', isLong: true },
    { key: 'disabled', kind: 'flag' },
    channel,
    { key: 'who', kind: 'message', message: 'Who' },
    { key: 'when', kind: 'message', message: 'When' },
    { key: 'login', kind: 'words', words: ['none', 'password', 'verified', 'locked'] },
    { key: 'content', kind: 'messages', message: 'ContentCondition' },
    { key: 'media', kind: 'message', message: 'MediaCondition' },
    { key: 'clipboard', kind: 'message', message: 'ClipboardCondition' },
    { key: 'print', kind: 'message', message: 'PrintCondition' },
    { key: 'network', kind: 'message', message: 'NetworkCondition' },
    { key: 'program', kind: 'message', message: 'ProgramCondition' },
    { key: 'screen', kind: 'message', message: 'ScreenCondition' },
    verdict,
    severity,
    notice,
    { key: 'permit-may-lift', kind: 'flag' },
    { key: 'shadow-copy', kind: 'flag' },
  ],
  Who: [
    { key: 'users', kind: 'texts' },
    { key: 'groups', kind: 'texts' },
    { key: 'org-units', kind: 'texts', suggest: 'units' },
    { key: 'terminals', kind: 'texts' },
  ],
  When: [
    { key: 'weekdays', kind: 'words', words: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] },
    { key: 'times', kind: 'plains' },
    { key: 'from-date', kind: 'date' },
    { key: 'until-date', kind: 'date' },
    { key: 'zone', kind: 'text' },
    { key: 'network', kind: 'word', words: ['on-network', 'off-network'] },
  ],
  ContentCondition: [
    { key: 'label', kind: 'word', words: NUMBER_LABELS, isRequired: true },
    { key: 'min-count', kind: 'number' },
    { key: 'min-grade', kind: 'word', words: ['low', 'high'] },
  ],
  ProgramMatch: [
    { key: 'paths', kind: 'texts' },
    { key: 'sha256', kind: 'texts' },
    { key: 'signers', kind: 'texts' },
  ],
  MediaCondition: [
    {
      key: 'classes',
      kind: 'words',
      words: [
        'usb-storage', 'phone', 'card-reader', 'optical', 'network-adapter', 'serial-port', 'bluetooth', 'thunderbolt-storage', 'sd-card',
        'keyboard', 'pointer', 'audio', 'camera', 'printer', 'smart-card-reader', 'hub', 'other',
      ],
    },
    { key: 'vendor-ids', kind: 'texts' },
    { key: 'product-ids', kind: 'texts' },
    { key: 'serials', kind: 'texts' },
    { key: 'instances', kind: 'texts' },
    { key: 'device-hashes', kind: 'texts' },
    { key: 'interfaces', kind: 'texts' },
    { key: 'interface-match', kind: 'word', words: ['any-of', 'all-of', 'exactly'] },
    { key: 'device-groups', kind: 'texts', suggest: 'deviceGroups' },
    { key: 'encryption', kind: 'word', words: ['encrypted', 'not-encrypted'] },
    { key: 'registration', kind: 'word', words: ['registered', 'not-registered'] },
  ],
  DeviceGroup: [
    { key: 'name', kind: 'text', isRequired: true },
    { key: 'members', kind: 'messages', message: 'MediaCondition' },
  ],
  ClipboardCondition: [
    { key: 'source', kind: 'message', message: 'ProgramMatch' },
    { key: 'destination', kind: 'message', message: 'ProgramMatch' },
    { key: 'formats', kind: 'words', words: ['text', 'html', 'rtf', 'files', 'image', 'other'] },
    { key: 'selections', kind: 'words', words: ['clipboard', 'primary', 'drag-and-drop'] },
    { key: 'min-bytes', kind: 'size' },
  ],
  PrintCondition: [
    { key: 'printers', kind: 'texts' },
    { key: 'device-uris', kind: 'texts' },
    program,
    { key: 'min-pages', kind: 'number' },
  ],
  NetworkCondition: [
    { key: 'destinations', kind: 'texts' },
    { key: 'ports', kind: 'plains' },
    { key: 'protocols', kind: 'words', words: ['tcp', 'udp', 'icmp'] },
    program,
  ],
  ProgramCondition: [program, { key: 'parent', kind: 'message', message: 'ProgramMatch' }],
  ScreenCondition: [program, { key: 'acts', kind: 'words', words: ['capture', 'record', 'share', 'remote-control'] }],
};

export function fieldsOf(message: Message): readonly Field[] {
  return MESSAGES[message];
}

/** The keys of the map that the last part of a path stands in, in the contract's order. */
export function keysAround(path: Path): readonly string[] {
  let fields = fieldsOf('Policy');
  for (const part of path.slice(0, -1)) {
    const field = typeof part === 'number' ? undefined : fields.find((one) => one.key === part);
    if (field !== undefined) {
      fields = 'message' in field ? fieldsOf(field.message) : [];
    }
  }
  return fields.map((field) => field.key);
}
