import { PageFrame } from '../parts/page.js';
import { Problem } from '../parts/problem.js';
import { Skeleton } from '../parts/skeleton.js';
import { useDocs } from './load-docs.js';

/** All that is known of one node. */
export function NodePage({ name }: { readonly name: string }) {
  const { docs, error } = useDocs();
  if (error) return <Problem error={error} />;
  if (!docs) return <Skeleton />;
  const node = docs.byName.get(name);
  if (!node) return <Problem error={new Error(`No node is called ${name}.`)} />;
  return (
    <PageFrame title={node.title ?? node.name} description={node.description}>
      {null}
    </PageFrame>
  );
}
