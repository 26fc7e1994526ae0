import { useLayoutEffect, useRef, useState } from 'react';

/** Size of an element, CSS pixels, following it; zero until it is laid out. */
export function useSize<Drawn extends HTMLElement>() {
  const ref = useRef<Drawn>(null);
  const [size, setSize] = useState({ widthPx: 0, heightPx: 0 });
  useLayoutEffect(() => {
    const element = ref.current;
    if (element === null) return;
    const measure = () => setSize({ widthPx: element.clientWidth, heightPx: element.clientHeight });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return { ref, ...size };
}
