import { useEffect, useState, type RefObject } from 'react';

/** Whether somebody has scrolled down past this element. */
export function useScrolledPast(mark: RefObject<HTMLElement | null>): boolean {
  const [isPast, setPast] = useState(false);
  useEffect(() => {
    const element = mark.current;
    if (element === null) {
      return undefined;
    }
    const observer = new IntersectionObserver((seen) => {
      const now = seen.at(-1);
      // Below the view it is out of sight too, as on a small screen.
      setPast(now !== undefined && !now.isIntersecting && now.boundingClientRect.top < window.innerHeight / 2);
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [mark]);
  return isPast;
}
