import { useState } from 'preact/hooks';
import type { SqlDocs } from '../../contract/docs.js';
import { Icon } from '../parts/icon.js';
import { Card } from '../parts/page.js';
import { Switch } from '../parts/switch.js';
import { type Token, tokens } from './highlight.js';

const SOURCE = 'source';
const NAMES: Readonly<Record<string, string>> = {
  source: 'Source',
  duckdb: 'DuckDB',
  snowflake: 'Snowflake',
};

/** The file as it is written, and the SQL as it runs on each engine. */
export function SqlCard({ sql, path }: { readonly sql: SqlDocs; readonly path: string }) {
  const choices = [...Object.keys(sql.compiled), ...(sql.source === '' ? [] : [SOURCE])];
  const [chosen, choose] = useState(choices[0] ?? SOURCE);
  const [isCopied, setCopied] = useState(false);
  const text = chosen === SOURCE ? sql.source : (sql.compiled[chosen] ?? '');
  const copy = async () => {
    await navigator.clipboard?.writeText(text);
    setCopied(true);
    setTimeout(() => setCopied(false), 2000);
  };
  return (
    <Card
      title="Code"
      description={chosen === SOURCE ? path : `As it runs on ${NAMES[chosen] ?? chosen}.`}
      actions={
        <>
          {choices.length > 1 && (
            <Switch
              label="Which code"
              value={chosen}
              options={choices.map((value) => ({ value, label: NAMES[value] ?? value }))}
              onChange={choose}
            />
          )}
          <button type="button" class="icon-button" aria-label="Copy the code" title="Copy" onClick={copy}>
            <Icon name={isCopied ? 'check' : 'copy'} />
          </button>
        </>
      }
    >
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
      <pre class="code" tabIndex={0}>
        <code>
          {tokens(text, chosen === SOURCE ? 'typescript' : 'sql').map((token: Token, index) =>
            token.kind === 'plain' ? (
              token.text
            ) : (
              <span key={`${index}`} class={`code-${token.kind}`}>
                {token.text}
              </span>
            ),
          )}
        </code>
      </pre>
    </Card>
  );
}
