import type { ReactNode } from 'react';
import classes from './shapes.module.css';

/** The shapes that stand beside every colour (tokens.css names their meaning). */
export type ShapeName = 'dot' | 'ring' | 'triangle' | 'diamond' | 'square' | 'hatched' | 'cross' | 'bar' | 'half';

const paths: { readonly [Name in ShapeName]: ReactNode } = {
  dot: <circle cx="8" cy="8" r="6" fill="currentColor" />,
  ring: <circle cx="8" cy="8" r="5.5" fill="none" stroke="currentColor" strokeWidth="2.5" strokeDasharray="6 4" />,
  triangle: <path d="M8 1 15.5 14.5H.5z" fill="currentColor" />,
  diamond: <path d="M8 .5 15.5 8 8 15.5.5 8z" fill="currentColor" />,
  square: <path d="M2 2h12v12H2z" fill="currentColor" />,
  hatched: <path d="M1 15 15 1M1 9 9 1M7 15l8-8" stroke="currentColor" strokeWidth="2.4" fill="none" />,
  cross: <path d="M2.5 2.5l11 11m0-11-11 11" stroke="currentColor" strokeWidth="2.8" fill="none" />,
  bar: <path d="M2 6.5h12v3H2z" fill="currentColor" />,
  half: (
    <>
      <circle cx="8" cy="8" r="5.6" fill="none" stroke="currentColor" strokeWidth="2" />
      <path d="M8 2.4a5.6 5.6 0 0 1 0 11.2z" fill="currentColor" />
    </>
  ),
};

/** One small shape in the colour of its text; decoration for the eye, the word beside it is what is read out. */
export function Shape({ name }: { name: ShapeName }) {
  return (
    <svg className={classes.shape} viewBox="0 0 16 16" aria-hidden="true" data-shape={name}>
      {paths[name]}
    </svg>
  );
}
