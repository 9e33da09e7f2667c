/** On a phone the cells of a heat map have no room for their numbers: colours, tooltips and the table tell them. */
export const withoutLabels = { query: { maxWidth: 480 }, option: { series: [{ label: { show: false } }] } };
