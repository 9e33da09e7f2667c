import { href, useFacts } from '@matinee/site/browser';

/** Whom to ask about a page, and where its numbers are explained. @param dashboard the node that declares the page */
export function Provenance({ dashboard }: { readonly dashboard: string }) {
  const owner = useFacts().dashboards.find(({ name }) => name === dashboard)?.owner;
  return (
    <p class="muted">
      {owner && `${owner} · `}
      <a href={href(`docs/${dashboard}`)}>How these numbers are made</a>
    </p>
  );
}
