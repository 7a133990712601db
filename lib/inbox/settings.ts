export interface InboxSettings {
  /** INBOX_HOST, default 127.0.0.1; a container says 0.0.0.0. */
  readonly host: string;
  /** INBOX_PORT, default 9099. */
  readonly port: number;
  /** INBOX_SMTP_PORT, default 9025. */
  readonly smtpPort: number;
  /** INBOX_FILE, default .watchbill/inbox.jsonl: where messages are kept. */
  readonly file: string;
}

/** Reads the settings, or every mistake in them, a line each. */
export function readSettings(
  environment: Readonly<Record<string, string | undefined>>,
): { readonly settings: InboxSettings } | { readonly mistakes: readonly string[] } {
  const mistakes: string[] = [];
  const port = (name: string, standard: number): number => {
    const text = environment[name] || `${standard}`;
    const value = Number(text);
    if (Number.isInteger(value) && value >= 0 && value <= 65_535) return value;
    mistakes.push(`${name}: "${text}" is not a port from 0 to 65535; leave it out for ${standard}`);
    return standard;
  };
  const settings: InboxSettings = {
    host: environment.INBOX_HOST || "127.0.0.1",
    port: port("INBOX_PORT", 9099),
    smtpPort: port("INBOX_SMTP_PORT", 9025),
    file: environment.INBOX_FILE || ".watchbill/inbox.jsonl",
  };
  return mistakes.length > 0 ? { mistakes } : { settings };
}
