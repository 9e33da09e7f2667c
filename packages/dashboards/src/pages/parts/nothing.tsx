import { Card } from '@matinee/site/browser';
import type { ComponentChildren } from 'preact';

interface NothingProps {
  readonly title: string;
  /** Why that is, and what to do. */
  readonly children: ComponentChildren;
}

/** In the place of charts that have nothing to show. */
export function Nothing({ title, children }: NothingProps) {
  return (
    <Card title={title}>
      <div class="nothing">{children}</div>
    </Card>
  );
}
