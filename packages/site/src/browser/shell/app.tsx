import { useEffect, useRef, useState } from 'preact/hooks';
import { useFacts } from '../data/facts.js';
import type { Page } from '../page.js';
import { Icon } from '../parts/icon.js';
import { PageFrame } from '../parts/page.js';
import { findPage } from '../routing/find-page.js';
import { href, useRoute } from '../routing/use-route.js';
import { useTheme } from '../theme/use-theme.js';
import { Boundary } from './boundary.js';

interface AppProps {
  readonly pages: readonly Page[];
}

/** The frame around all pages: menu, theme, and the page of the address. */
export function App({ pages }: AppProps) {
  const { path } = useRoute();
  const [isMenuOpen, setMenuOpen] = useState(false);
  const main = useRef<HTMLElement>(null);
  const first = useRef(true);
  useEffect(() => {
    setMenuOpen(false);
    // Whoever follows a link is at the start of the page it leads to; the first page is not jumped into.
    if (!first.current) {
      main.current?.focus({ preventScroll: true });
      scrollTo(0, 0);
    }
    first.current = false;
  }, [path]);
  const found = findPage(pages, path);
  const Content = found?.page.component;
  return (
    <div class="shell" data-menu={isMenuOpen ? 'open' : 'closed'}>
      <button type="button" class="skip" onClick={() => main.current?.focus()}>
        Skip to content
      </button>
      <Menu pages={pages} current={found?.page} isOpen={isMenuOpen} toggle={() => setMenuOpen(!isMenuOpen)} />
      <main id="content" ref={main} tabIndex={-1}>
        <Boundary key={found?.page.path ?? path}>
          {found && Content ? <Content rest={found.rest} /> : <Lost path={path} />}
        </Boundary>
      </main>
    </div>
  );
}

interface MenuProps extends AppProps {
  readonly current: Page | undefined;
  readonly isOpen: boolean;
  readonly toggle: () => void;
}

function Menu({ pages, current, isOpen, toggle }: MenuProps) {
  const { title, target, engine } = useFacts();
  const [theme, toggleTheme] = useTheme();
  return (
    <header class="sidebar">
      <div class="brand">
        <a href={href('')}>
          <Logo />
          <span>{title}</span>
        </a>
        <button
          type="button"
          class="icon-button menu-button"
          aria-label={isOpen ? 'Close the menu' : 'Open the menu'}
          aria-expanded={isOpen}
          onClick={toggle}
        >
          <Icon name={isOpen ? 'close' : 'menu'} />
        </button>
      </div>
      <nav aria-label="Pages">
        {pages
          .filter(({ inMenu = true }) => inMenu)
          .map((page) => (
            <a key={page.path} href={href(page.path)} aria-current={page === current ? 'page' : undefined}>
              <Icon name={page.icon} />
              {page.title}
            </a>
          ))}
      </nav>
      <div class="sidebar-foot">
        <span class="chip" title="The target that the site was built from">
          {target} · {engine}
        </span>
        <button
          type="button"
          class="icon-button"
          aria-label={theme === 'dark' ? 'Light colours' : 'Dark colours'}
          title={theme === 'dark' ? 'Light' : 'Dark'}
          onClick={toggleTheme}
        >
          <Icon name={theme === 'dark' ? 'sun' : 'moon'} />
        </button>
      </div>
    </header>
  );
}

function Logo() {
  return (
    <svg aria-hidden="true" width="28" height="28" viewBox="0 0 32 32">
      <rect width="32" height="32" rx="9" fill="var(--accent)" />
      <path
        d="M9 22V10l7 7 7-7v12"
        fill="none"
        stroke="var(--on-accent)"
        stroke-width="3"
        stroke-linecap="round"
        stroke-linejoin="round"
      />
    </svg>
  );
}

function Lost({ path }: { readonly path: string }) {
  return (
    <PageFrame title="Nothing here" description={`No page has the address ${path}.`}>
      <p>
        <a href={href('')}>To the first page</a>
      </p>
    </PageFrame>
  );
}
