import Ajv, { type ErrorObject, type JSONSchemaType, type SchemaObject } from "ajv";

export type { JSONSchemaType, SchemaObject };

const ajv = new Ajv({ allErrors: true, allowUnionTypes: true, verbose: true });
ajv.addFormat("uri", (text) => URL.canParse(text));
ajv.addFormat("uri-or-empty", (text) => text === "" || URL.canParse(text));
ajv.addFormat("date-time", (text) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/.test(text) && !Number.isNaN(Date.parse(text)));

/**
 * A value that fits its schema, or what is wrong with it: a line for each violation, each naming its place, and the
 * value as far as it could be read.
 */
type Checked<T> = { readonly value: T } | { readonly violations: readonly string[]; readonly raw: unknown };

/** Compiles a schema to a function that reads a request's body, JSON, as a value of it. */
export function bodyReader<T>(schema: SchemaObject): (body: string) => Checked<T> {
  const fits = ajv.compile<T>(schema);
  return (body) => {
    let value: unknown;
    try {
      value = JSON.parse(body);
    } catch (error) {
      return { violations: [`the body is not JSON (${(error as Error).message})`], raw: undefined };
    }
    if (fits(value)) return { value };
    return { violations: [...new Set((fits.errors ?? []).flatMap(violation))], raw: value };
  };
}

/** One violation as a line: `payload.severity must be one of critical, warning, error, info, not "high"`. */
function violation(error: ErrorObject): string[] {
  const place = dotted(error.instancePath);
  const inside = (name: string) => (place === "the body" ? name : `${place}.${name}`);
  switch (error.keyword) {
    case "required":
      return [`${inside(error.params.missingProperty)} is missing`];
    case "enum":
      return [`${place} must be one of ${error.params.allowedValues.join(", ")}, not ${short(error.data)}`];
    case "const":
      return [`${place} must be ${short(error.params.allowedValue)}, not ${short(error.data)}`];
    case "minLength":
      return [`${place} must not be empty`];
    case "maxLength":
    case "maxItems": {
      const { length } = error.data as string | unknown[];
      const unit = error.keyword === "maxLength" ? "characters" : "entries";
      return [`${place} must have at most ${error.params.limit} ${unit}, not ${length}`];
    }
    case "pattern":
      return [`${place} must be ${error.parentSchema?.description}, not ${short(error.data)}`];
    case "format":
      return [
        `${place} must be ${error.params.format === "date-time" ? "a time" : "an address"}, not ${short(error.data)}`,
      ];
    // What fails in its branch is reported by itself.
    case "if":
      return [];
    default:
      return [`${place} ${error.message ?? "is wrong"}`];
  }
}

/** `/attachments/0/color` as `attachments[0].color`. */
function dotted(pointer: string): string {
  const path = pointer.replace(/\/(\d+)(?=\/|$)/g, "[$1]").replaceAll("/", ".");
  return path.replace(/^\./, "") || "the body";
}

function short(value: unknown): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
