import type { SekishoEvent } from '../../api/model';

export interface CarriedFile {
  act: string;
  name: string;
  sha256?: string;
  bytes?: number;
  /** Id of the shadow copy that was ordered of it. */
  shadowCopy?: string;
}

/** The file that an event is about, as its record says; undefined where it is about none. */
export function fileOf(event: SekishoEvent): CarriedFile | undefined {
  const attempt = within(within(event.detail, 'attempt'), 'attempt');
  const file = within(within(attempt, 'media'), 'file');
  const name = file?.name;
  if (file === undefined || typeof name !== 'string') {
    return undefined;
  }
  return {
    act: typeof file.act === 'string' ? file.act : '',
    name,
    ...(typeof file.sha256 === 'string' && file.sha256 !== '' ? { sha256: file.sha256 } : {}),
    ...(typeof file.shadowCopy === 'string' && file.shadowCopy !== '' ? { shadowCopy: file.shadowCopy } : {}),
    // Protocol Buffers write 64-bit numbers as text.
    ...(attempt?.bytes === undefined ? {} : { bytes: Number(attempt.bytes) }),
  };
}

/** Whether an event is about a device that can be registered. */
export function hasDevice(event: SekishoEvent): boolean {
  return event.kind === 'ATTEMPT' && within(within(within(event.detail, 'attempt'), 'attempt'), 'media') !== undefined;
}

function within(value: unknown, field: string): Record<string, unknown> | undefined {
  const inner = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[field] : undefined;
  return typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>) : undefined;
}
