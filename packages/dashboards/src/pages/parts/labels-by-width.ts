/**
 * On a phone the cells of a heat map have no room for their numbers: colours, tooltips and the table tell them. Both widths are
 * said, for a chart that takes new numbers in place keeps what no rule speaks of.
 */
export const labelsByWidth = [
  { query: { maxWidth: 480 }, option: { series: [{ label: { show: false } }] } },
  { query: { minWidth: 481 }, option: { series: [{ label: { show: true } }] } },
];
