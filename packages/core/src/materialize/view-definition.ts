/** Names, texts and comments are one token each; what stands in them is none of ours. */
const TOKEN = /"(?:[^"]|"")*"|'(?:[^'\\]|''|\\.)*'|\/\*[\s\S]*?\*\/|--[^\n]*|\w+|[^\s\w]/g;

/**
 * The definition of a view as Snowflake's GET_DDL writes it, so that running it keeps the grants of the view that it replaces.
 *
 * @param definition `create or replace view NAME(COLUMNS) … as QUERY`
 */
export function keepingGrants(definition: string): string {
  let depth = 0;
  for (const { 0: token, index } of definition.matchAll(TOKEN)) {
    if (token === '(') depth++;
    else if (token === ')') depth--;
    else if (depth === 0 && /^copy$/i.test(token)) return definition;
    else if (depth === 0 && /^(comment|as)$/i.test(token))
      return `${definition.slice(0, index)}copy grants ${definition.slice(index)}`;
  }
  return definition;
}
