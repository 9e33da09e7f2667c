/** Makes JavaScript of TypeScript by blanking out the types. The command's starter brings it, for it needs it itself. */
export interface TypeStripper {
  /** Brings the `dist/` of packages in step with their `src/`. */
  stripTypes(packageFolders: readonly string[]): Promise<void>;
  stripFile(from: string, to: string): Promise<void>;
}
