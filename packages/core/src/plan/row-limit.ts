/** Leaves rows out: all of them, or all but a share (0 … 1) of every source's rows. */
export type RowLimit = { readonly type: 'empty' } | { readonly type: 'sample'; readonly share: number };
