/** Stands where something will be. */
export function Skeleton() {
  return (
    <div class="skeleton" role="status">
      <span class="visually-hidden">Loading…</span>
      <div class="skeleton-row">
        <i />
        <i />
        <i />
        <i />
      </div>
      <i class="skeleton-block" />
    </div>
  );
}
