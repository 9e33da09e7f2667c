import { Component, type ComponentChildren } from 'preact';
import { Problem } from '../parts/problem.js';

interface BoundaryProps {
  readonly children: ComponentChildren;
}

/** Keeps the rest of the site alive when a page fails. Give it a key, so that another page starts afresh. */
export class Boundary extends Component<BoundaryProps, { readonly error?: unknown }> {
  override state: { readonly error?: unknown } = {};

  static override getDerivedStateFromError(error: unknown) {
    return { error };
  }

  override componentDidCatch(error: unknown) {
    console.error(error);
  }

  override render() {
    return this.state.error === undefined ? this.props.children : <Problem error={this.state.error} />;
  }
}
