import { Button, createTheme, type CSSVariablesResolver } from '@mantine/core';

/** Mantine in our own clothes: sizes and font of tokens.css. */
export const mantineTheme = createTheme({
  fontFamily: 'var(--font)',
  defaultRadius: 4,
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '20px' },
  headings: { fontFamily: 'var(--font)' },
  cursorType: 'pointer',
  // Mantine writes on filled buttons in its white, which is a ground of ours.
  components: {
    Button: Button.extend({
      vars: (_theme, { variant = 'filled' }) => ({ root: variant === 'filled' ? { '--button-color': 'var(--text)' } : {} }),
    }),
  },
});

const tokens = {
  '--mantine-color-body': 'var(--panel)',
  '--mantine-color-text': 'var(--text)',
  '--mantine-color-dimmed': 'var(--text-soft)',
  '--mantine-color-placeholder': 'var(--text-faint)',
  '--mantine-color-default': 'var(--panel-raised)',
  '--mantine-color-default-hover': 'var(--line)',
  '--mantine-color-default-color': 'var(--text)',
  '--mantine-color-default-border': 'var(--line-strong)',
  '--mantine-color-anchor': 'var(--accent)',
  '--mantine-primary-color-filled': 'var(--accent-ground)',
  '--mantine-primary-color-filled-hover': 'var(--line-strong)',
  '--mantine-primary-color-contrast': 'var(--text)',
  '--mantine-color-error': 'var(--major)',
  // Of what destroys: Mantine's own red is for dark grounds alone.
  '--mantine-color-red-outline': 'var(--critical)',
  '--mantine-color-red-outline-hover': 'color-mix(in srgb, var(--critical) 12%, transparent)',
  '--mantine-color-disabled': 'var(--panel-raised)',
  '--mantine-color-disabled-color': 'var(--text-faint)',
  // The greys of Mantine's inputs, menus and keys are neutral; ours lean to blue.
  '--mantine-color-dark-4': 'var(--line-strong)',
  '--mantine-color-dark-5': 'var(--line)',
  '--mantine-color-dark-6': 'var(--panel-raised)',
  '--mantine-color-dark-7': 'var(--panel)',
  '--mantine-color-dark-8': 'var(--ground)',
  '--mantine-color-gray-0': 'var(--panel-raised)',
  '--mantine-color-gray-1': 'var(--panel)',
  '--mantine-color-gray-2': 'var(--line)',
  '--mantine-color-gray-3': 'var(--line)',
  '--mantine-color-gray-4': 'var(--line-strong)',
  '--mantine-color-white': 'var(--panel-raised)',
};

/** Mantine's colours are the theme's tokens, so that one switch changes both. */
export const mantineVariables: CSSVariablesResolver = () => ({ variables: tokens, dark: tokens, light: tokens });
