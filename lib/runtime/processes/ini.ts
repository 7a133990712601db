/** Sections of an ini file, each with its settings in order. */
type Ini = Readonly<Record<string, Readonly<Record<string, string | number | boolean>>>>;

/**
 * An ini file as supervisor reads it: `%` starts an expansion there, and ` ;` or ` #` a comment, for which it has no
 * escape.
 *
 * @throws Error for a value that supervisor would read as something else
 */
export function writeIni(sections: Ini): string {
  return Object.entries(sections)
    .map(([section, settings]) => {
      const lines = Object.entries(settings).map(([name, value]) => `${name}=${escapeValue(name, String(value))}`);
      return [`[${section}]`, ...lines, ""].join("\n");
    })
    .join("\n");
}

function escapeValue(name: string, value: string): string {
  if (/[\r\n]|^[;#]|\s[;#]|^\s|\s$/.test(value)) {
    throw new Error(`supervisor can't be given ${name}=${JSON.stringify(value)}: it would cut it short`);
  }
  return value.replaceAll("%", "%%");
}
