import { Tbody, Td, Tr } from '@patternfly/react-table';
import { useEffect, useRef, useState, type ReactNode } from 'react';

/** Pixels of a row of one line, until the rows have been drawn once. */
const ROW = 41;
/** So far outside of the view rows are drawn already. TypeScript doesn't know of the margin for containers that scroll yet. */
const NEAR: IntersectionObserverInit & { scrollMargin: string } = { rootMargin: '400px 0px', scrollMargin: '400px 0px' };

interface RowBlockProps {
  rows: number;
  columns: number;
  /** Whether it is in view before anybody has scrolled. */
  isFirst: boolean;
  children: () => ReactNode;
}

/** Some rows of a long table, which are only drawn while they are in view or nearly so; else a gap is left as high as they were. */
export function RowBlock({ rows, columns, isFirst, children }: RowBlockProps) {
  const body = useRef<HTMLTableSectionElement>(null);
  const [gap, setGap] = useState<number | undefined>(isFirst ? undefined : rows * ROW);
  useEffect(() => {
    const block = body.current;
    if (block === null) {
      return undefined;
    }
    const observer = new IntersectionObserver((seen) => {
      const now = seen.at(-1);
      if (now === undefined) {
        return;
      }
      if (now.isIntersecting) {
        setGap(undefined);
      } else if (!block.contains(document.activeElement)) {
        // Who works with the keyboard is still there.
        setGap(now.boundingClientRect.height);
      }
    }, NEAR);
    observer.observe(block);
    return () => observer.disconnect();
  }, []);
  return (
    <Tbody ref={body}>
      {gap === undefined ? (
        children()
      ) : (
        <Tr aria-hidden="true">
          <Td colSpan={columns} className="sk-gap" style={{ height: gap }} />
        </Tr>
      )}
    </Tbody>
  );
}
