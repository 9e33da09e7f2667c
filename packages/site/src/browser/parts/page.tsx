import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import { useFacts } from '../data/facts.js';

interface PageFrameProps {
  readonly title: string;
  readonly description?: ComponentChildren;
  /** Above the content and below the title, stays in sight while one scrolls: the filters. */
  readonly filters?: ComponentChildren;
  /** Beside the title. */
  readonly actions?: ComponentChildren;
  readonly children: ComponentChildren;
}

/** A page: its title, its filters and what they filter. */
export function PageFrame({ title, description, filters, actions, children }: PageFrameProps) {
  const { title: site } = useFacts();
  useEffect(() => {
    document.title = title === site ? site : `${title} · ${site}`;
  }, [title, site]);
  return (
    <div class="page">
      <header class="page-head">
        <div>
          <h1>{title}</h1>
          {description && <p>{description}</p>}
        </div>
        {actions && <div class="page-actions">{actions}</div>}
      </header>
      {filters && (
        <section class="filters" aria-label="Filters">
          {filters}
        </section>
      )}
      {children}
    </div>
  );
}

/** A grid of twelve columns; cards say how many they take. On a phone each takes all. */
export function Grid({ children }: { readonly children: ComponentChildren }) {
  return <div class="grid">{children}</div>;
}

interface CardProps {
  readonly title: string;
  readonly description?: string;
  readonly span?: number;
  readonly actions?: ComponentChildren;
  readonly children: ComponentChildren;
}

/** A card of a page's grid that is no chart. */
export function Card({ title, description, span = 12, actions, children }: CardProps) {
  return (
    <section class="card" style={{ '--span': span }} aria-label={title}>
      <header class="card-head">
        <div>
          <h2>{title}</h2>
          {description && <p>{description}</p>}
        </div>
        {actions && <div class="card-actions">{actions}</div>}
      </header>
      {children}
    </section>
  );
}
