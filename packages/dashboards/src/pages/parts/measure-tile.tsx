import { Tile, useMeasure } from '@matinee/site/browser';

interface MeasureTileProps {
  /** The model that declares the measure. */
  readonly of: string;
  readonly measure: string;
  /** Undefined while it is on its way. */
  readonly value: number | null | undefined;
}

/** A headline number in the words and the format of its measure. */
export function MeasureTile({ of, measure, value }: MeasureTileProps) {
  const { label, description, format } = useMeasure(of, measure);
  return <Tile label={label} value={value === undefined ? '…' : value} format={format} hint={description} />;
}
