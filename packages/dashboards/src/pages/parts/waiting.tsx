interface WaitingProps {
  readonly span: number;
  /** In pixels, that of the card that comes in its place. */
  readonly height: number;
}

/** The place of a chart whose numbers are on their way. */
export function Waiting({ span, height }: WaitingProps) {
  return (
    <div class="card waiting" style={{ '--span': span, height: `${height}px` }} aria-hidden="true">
      <i />
    </div>
  );
}
