/** `{{ $labels.job }}`, `{{ .Labels.job }}`: the one template that labels are made with. */
const ofLabel = /\{\{-?\s*(?:\$labels|\.Labels)\.(\w+)\s*-?\}\}/g;

/**
 * Labels or annotations with the alert's labels filled in. What a template makes of a value, or by a function, is left
 * as it is written: nothing that is simulated depends on it.
 */
export const filledIn = (
  texts: Readonly<Record<string, string>>,
  labels: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(texts).map(([name, text]) => [
      name,
      text.replace(ofLabel, (_, label: string) => labels[label] ?? ""),
    ]),
  );
