/** Statements that define a view under a name, replacing what an earlier build left there. */
export function createView(name: string, select: string): readonly string[] {
  return [`create or replace view ${name} as\n${select}`];
}
