import { flushSync, useSyncExternalStore } from 'preact/compat';
import { paletteRules } from './css-variables.js';
import type { ThemeName } from './palette.js';

const KEY = 'matinee-theme';
const listeners = new Set<() => void>();

/**
 * Puts the palettes into the page and the theme onto it: the one that was chosen last, else the system's. Paper is light; charts
 * listen for printing after this, and so are drawn in its colours.
 */
export function installTheme(): void {
  const style = document.createElement('style');
  style.textContent = paletteRules();
  document.head.append(style);
  const system = matchMedia('(prefers-color-scheme: dark)');
  const apply = () => setRoot(storedTheme() ?? (system.matches ? 'dark' : 'light'));
  system.addEventListener('change', apply);
  addEventListener('beforeprint', () => flushSync(() => setRoot('light')));
  addEventListener('afterprint', apply);
  apply();
}

/** The theme of the page, and what turns it around. */
export function useTheme(): readonly [theme: ThemeName, toggle: () => void] {
  const theme = useSyncExternalStore(subscribe, currentTheme);
  return [theme, toggleTheme];
}

function toggleTheme(): void {
  const next = currentTheme() === 'dark' ? 'light' : 'dark';
  try {
    localStorage.setItem(KEY, next);
  } catch {
    // A page opened from a disk may have no storage: the choice then lasts as long as the page.
  }
  setRoot(next);
}

function setRoot(theme: ThemeName): void {
  document.documentElement.dataset.theme = theme;
  for (const listener of listeners) listener();
}

function currentTheme(): ThemeName {
  return document.documentElement.dataset.theme === 'dark' ? 'dark' : 'light';
}

function storedTheme(): ThemeName | undefined {
  try {
    const stored = localStorage.getItem(KEY);
    return stored === 'dark' || stored === 'light' ? stored : undefined;
  } catch {
    return undefined;
  }
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
