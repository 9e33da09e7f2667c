import type { ByteWriter } from './byte-writer.js';

const DAY = 86_400;

const twoDigits = (number: number): string => String(number).padStart(2, '0');

/** Appends times as `"YYYY-MM-DD HH:MM:SS"` (UTC, with the quotes). It keeps the texts of days and of times of day. */
export class UtcClock {
  private readonly days = new Map<number, Uint8Array>();
  private readonly times = Array.from({ length: DAY / 60 }, (_, minute) =>
    Buffer.from(`${twoDigits(Math.floor(minute / 60))}:${twoDigits(minute % 60)}:`, 'latin1'),
  );
  private readonly seconds = Array.from({ length: 60 }, (_, second) =>
    Buffer.from(`${twoDigits(second)}"`, 'latin1'),
  );

  append(writer: ByteWriter, epochSeconds: number): void {
    const day = Math.floor(epochSeconds / DAY);
    const second = epochSeconds - day * DAY;
    const minute = Math.floor(second / 60);
    writer.bytes(this.dayText(day));
    writer.bytes(this.times[minute]!);
    writer.bytes(this.seconds[second - minute * 60]!);
  }

  private dayText(day: number): Uint8Array {
    let text = this.days.get(day);
    if (!text) {
      text = Buffer.from(`"${new Date(day * DAY * 1000).toISOString().slice(0, 10)} `, 'latin1');
      this.days.set(day, text);
    }
    return text;
  }
}
