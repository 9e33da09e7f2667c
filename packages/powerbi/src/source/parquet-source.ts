import { mText } from '../write/m-text.js';
import type { DataSource } from './data-source.js';

/** Files of `matinee export`, one per relation, in a folder that a parameter names. No driver is needed. */
export function parquetSource(folder: string): DataSource {
  return {
    parameters: [
      {
        name: 'ParquetFolder',
        description:
          'The folder of the exported Parquet files, as the machine that runs Power BI Desktop sees it.',
        value: folder.replace(/[\\/]+$/, ''),
        isRequired: true,
      },
    ],
    rowsOf: ({ name }) => ({
      // A backslash, for Power BI Desktop runs on Windows.
      steps: [['Rows', `Parquet.Document(File.Contents(ParquetFolder & ${mText(`\\${name}.parquet`)}))`]],
      column: (column) => column,
    }),
  };
}
