const PATHS = {
  home: 'M3 11.5 12 4l9 7.5M5.5 10v9.5h13V10',
  people:
    'M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7ZM2.5 20c.6-3.6 3.2-5.5 6.5-5.5s5.900 1.900 6.500 5.500M16 4.300a3.500 3.500 0 0 1 0 6.500M18 14.800c2 .8 3.200 2.600 3.500 5.200',
  tag: 'M3.500 12.500V4.500a1 1 0 0 1 1-1h8l8 8a1.400 1.400 0 0 1 0 2l-7 7a1.400 1.400 0 0 1-2 0ZM8 8h.01',
  star: 'm12 3.500 2.600 5.400 5.900.8-4.300 4.100 1.100 5.900-5.300-2.900-5.300 2.900 1.100-5.900-4.300-4.100 5.900-.8Z',
  chart: 'M4 20V10M10 20V4M16 20v-8M21 20H3',
  table: 'M3.500 5h17v14h-17ZM3.500 10h17M9.500 10v9',
  image: 'M3.500 5h17v14h-17ZM3.500 16l5-5 4.500 4.500 3-3 4.500 4.500M15.500 9h.01',
  download: 'M12 4v11M7.500 10.500 12 15l4.500-4.500M4.500 20h15',
  search: 'M10.500 17a6.500 6.500 0 1 0 0-13 6.500 6.500 0 0 0 0 13ZM20 20l-4.700-4.700',
  sun: 'M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM12 2.500v2M12 19.500v2M2.500 12h2M19.500 12h2M5.300 5.300l1.400 1.400M17.300 17.300l1.400 1.400M5.300 18.700l1.400-1.400M17.300 6.700l1.400-1.400',
  moon: 'M20 14.500A8 8 0 0 1 9.500 4a8 8 0 1 0 10.500 10.500Z',
  book: 'M5 4.500h11.500a2 2 0 0 1 2 2V20H7a2 2 0 0 1-2-2ZM5 18a2 2 0 0 1 2-2h11.500M9 8.500h5.500',
  graph:
    'M4 4.500h5v4H4ZM15 10h5v4h-5ZM4 15.500h5v4H4ZM9 6.500h2.500a1.500 1.500 0 0 1 1.500 1.500v8a1.500 1.500 0 0 1-1.500 1.500H9M13 12h2',
  menu: 'M4 7h16M4 12h16M4 17h16',
  close: 'M6 6l12 12M18 6 6 18',
  check: 'm5 12.500 4.500 4.500L19 7.500',
  alert:
    'M12 8.500v5M12 17h.01M10.300 4.500 2.800 18a1.700 1.700 0 0 0 1.500 2.500h15.400a1.700 1.700 0 0 0 1.500-2.500L13.700 4.500a2 2 0 0 0-3.400 0Z',
  clock: 'M12 20.500a8.500 8.500 0 1 0 0-17 8.500 8.500 0 0 0 0 17ZM12 7.500V12l3 2',
  arrow: 'M5 12h14M13 6l6 6-6 6',
  chevron: 'm7 9.500 5 5 5-5',
  copy: 'M8.5 8.5h11v11h-11ZM15.500 8.500v-4h-11v11h4',
  plus: 'M12 5v14M5 12h14',
  minus: 'M5 12h14',
  fit: 'M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5',
} as const;

export type IconName = keyof typeof PATHS;

/** A small drawing beside words, or in a button that has a name. */
export function Icon({ name, size = 18 }: { readonly name: IconName; readonly size?: number }) {
  return (
    <svg
      aria-hidden="true"
      class="icon"
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      stroke-width="1.7"
      stroke-linecap="round"
      stroke-linejoin="round"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
