import type { Page } from '../page.js';
import { Icon } from '../parts/icon.js';
import { href } from '../routing/use-route.js';

/** Large links to pages. */
export function Doors({
  pages,
}: {
  readonly pages: readonly Pick<Page, 'path' | 'title' | 'icon' | 'description'>[];
}) {
  return (
    <nav class="doors" aria-label="Where to go">
      {pages.map(({ path, title, icon, description }) => (
        <a key={path} class="door" href={href(path)}>
          <span class="door-icon">
            <Icon name={icon} size={24} />
          </span>
          <strong>{title}</strong>
          <span>{description}</span>
          <Icon name="arrow" />
        </a>
      ))}
    </nav>
  );
}
