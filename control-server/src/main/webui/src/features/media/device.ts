import type { Device } from '../../api/model';

/** A device as people read it: its numbers, or the beginning of its hash where it has none. */
export function deviceText(device: Device): string {
  const numbers = [device.vendorId, device.productId, device.serial].filter((part) => part != null && part !== '');
  return numbers.length > 0 ? numbers.join(':') : `${(device.hash ?? '').slice(0, 16)}…`;
}
