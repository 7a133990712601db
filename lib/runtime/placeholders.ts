/** What `{config}`, `{data}` and `{secrets}` stand for. */
export interface Folders {
  readonly config: string;
  readonly data: string;
  readonly secrets: string;
}

/** The text with its placeholders replaced. */
export function fill(text: string, folders: Folders): string {
  return text.replace(/\{(config|data|secrets)\}/g, (_, name: keyof Folders) => folders[name]);
}
