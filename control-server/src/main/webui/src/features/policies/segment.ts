import { SEGMENTS, type Segment } from '../../api/model';

/** A segment in an address is `my-number`. */
export function segmentOfPath(path: string | undefined): Segment | undefined {
  const name = path?.toUpperCase().replaceAll('-', '_');
  return SEGMENTS.find((segment) => segment === name);
}

export function pathOfSegment(segment: Segment): string {
  return segment.toLowerCase().replaceAll('_', '-');
}
