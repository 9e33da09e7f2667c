import type { NodeDocs } from '../../contract/docs.js';

/** What a node is, in a few words. */
export function NodeBadges({ node }: { readonly node: NodeDocs }) {
  const words = [
    node.kind.replace('_', ' '),
    node.kind === 'model' ? node.materialized : null,
    node.domain,
    ...node.tags,
  ].filter((word): word is string => !!word);
  return (
    <ul class="chips">
      {words.map((word) => (
        <li key={word} class="chip">
          {word}
        </li>
      ))}
    </ul>
  );
}
