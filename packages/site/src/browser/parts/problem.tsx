/** Says what went wrong. */
export function Problem({ error }: { readonly error: unknown }) {
  return (
    <div class="problem" role="alert">
      <strong>This cannot be shown.</strong>
      <p>{error instanceof Error ? error.message : String(error)}</p>
    </div>
  );
}
