import { render } from 'preact';
import type { SiteFacts } from '../contract/site-facts.js';
import { FactsContext } from './data/facts.js';
import { loadJson } from './data/load-file.js';
import { docsPages } from './docs/pages.js';
import { homePage } from './home/home.js';
import type { Page } from './page.js';
import { Problem } from './parts/problem.js';
import { Skeleton } from './parts/skeleton.js';
import { App } from './shell/app.js';
import { installTheme } from './theme/use-theme.js';

/** Draws the site into its page: the given pages, behind them the documentation. */
export async function startSite(given: readonly Page[]): Promise<void> {
  installTheme();
  const root = document.getElementById('site');
  if (!root) return;
  root.replaceChildren();
  render(<Skeleton />, root);
  const others = [...given.filter(({ path }) => path !== ''), ...docsPages];
  const first = given.find(({ path }) => path === '') ?? homePage(others);
  try {
    const facts = await loadJson<SiteFacts>('site.json');
    render(
      <FactsContext.Provider value={facts}>
        <App pages={[first, ...others]} />
      </FactsContext.Provider>,
      root,
    );
  } catch (error) {
    render(<Problem error={error} />, root);
  }
}
