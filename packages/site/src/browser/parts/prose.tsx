/** A description: what stands between backticks is code. */
export function Prose({ text }: { readonly text: string }) {
  return (
    <>
      {text
        .split('`')
        .map((part, index, parts) =>
          index % 2 === 1 && index < parts.length - 1 ? <code key={`${index}`}>{part}</code> : part,
        )}
    </>
  );
}
