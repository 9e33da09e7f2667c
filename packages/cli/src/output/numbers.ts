/** `1,234,567` */
export function formatCount(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** `1 row`, `610 rows`, `2 queries` */
export function plural(count: number, noun: string, many = `${noun}s`): string {
  return `${formatCount(count)} ${count === 1 ? noun : many}`;
}

/** `0.12s`, `12.3s`, `2m 05s` */
export function formatSeconds(seconds: number): string {
  if (seconds < 9.995) return `${seconds.toFixed(2)}s`;
  if (seconds < 59.95) return `${seconds.toFixed(1)}s`;
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)}m ${String(whole % 60).padStart(2, '0')}s`;
}

/** `45s`, `10m`, `4h 10m`, `3d`, `3d 4h`: the two largest units; what lies in the future with a minus. */
export function formatAge(seconds: number): string {
  const whole = Math.floor(Math.abs(seconds));
  const parts = [
    [Math.floor(whole / 86_400), 'd'],
    [Math.floor(whole / 3600) % 24, 'h'],
    [Math.floor(whole / 60) % 60, 'm'],
    [whole % 60, 's'],
  ] as const;
  const first = parts.findIndex(([count]) => count > 0);
  if (first < 0) return '0s';
  const shown = parts.slice(first, first === 2 ? 3 : first + 2).filter(([count]) => count > 0);
  return `${seconds < 0 ? '-' : ''}${shown.map(([count, unit]) => `${count}${unit}`).join(' ')}`;
}

const UNITS = ['bytes', 'kB', 'MB', 'GB', 'TB'];

/** `512 bytes`, `34.1 MB`; thousands, not 1024. */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 999.95 && unit < UNITS.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${unit === 0 ? value : value.toFixed(1)} ${UNITS[unit]}`;
}

/** `512 bytes`, `3.4 MB`, `542 MB`: no more digits than one can take in while they change. */
export function formatRoughBytes(bytes: number): string {
  const [number = '', unit] = formatBytes(Math.round(bytes)).split(' ');
  return `${Number(number) < 9.95 ? number : Math.round(Number(number))} ${unit}`;
}

/** The time of day here: `12:30:05`. */
export function formatTime(date: Date): string {
  return [date.getHours(), date.getMinutes(), date.getSeconds()]
    .map((part) => String(part).padStart(2, '0'))
    .join(':');
}
