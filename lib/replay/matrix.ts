/** A series of a range query's answer; times in milliseconds. */
export interface Row {
  readonly labels: Readonly<Record<string, string>>;
  readonly times: Float64Array;
  readonly values: Float64Array;
}

const behindLabels = ',"values":[';
const [quote, backslash, open, close, zero, point, minus] = [34, 92, 91, 93, 48, 46, 45];
const powers = Float64Array.from({ length: 23 }, (_, exponent) => 10 ** exponent);

/**
 * Reads the answer of `query_range`. Millions of points come as text; JSON.parse would make an array and a string of each,
 * hence this reader of exactly the shape that Prometheus writes.
 */
export function parseMatrix(body: Buffer): Row[] {
  const rows: Row[] = [];
  let at = 0;
  const key = (text: string) => body.indexOf(text, at);

  /** A number up to the given byte; the usual ones are read digit by digit, exactly. */
  const number = (end: number): number => {
    const start = at;
    at = body.indexOf(end, start);
    let index = start;
    const negative = body[index] === minus;
    if (negative) index++;
    let [mantissa, digits, decimals] = [0, 0, -1];
    for (; index < at; index++) {
      const byte = body[index]!;
      if (byte === point) decimals = 0;
      else if (byte >= zero && byte <= zero + 9) {
        mantissa = mantissa * 10 + byte - zero;
        digits++;
        if (decimals >= 0) decimals++;
      } else break;
    }
    if (index === at && digits > 0 && digits <= 15) {
      const value = decimals > 0 ? mantissa / powers[decimals]! : mantissa;
      return negative ? -value : value;
    }
    const text = body.toString("latin1", start, at);
    return text === "+Inf" ? Number.POSITIVE_INFINITY : text === "-Inf" ? Number.NEGATIVE_INFINITY : Number(text);
  };

  for (let found = key('{"metric":'); found >= 0; found = key('{"metric":')) {
    at = found + '{"metric":'.length;
    const end = endOfObject(body, at);
    const labels = JSON.parse(body.toString("utf8", at, end)) as Record<string, string>;
    at = end;
    // A native histogram has no values of its own.
    if (body.toString("latin1", end, end + behindLabels.length) !== behindLabels) continue;
    at += behindLabels.length;
    let [times, values] = [new Float64Array(1024), new Float64Array(1024)];
    let many = 0;
    while (body[at] === open) {
      if (many === times.length) [times, values] = [grown(times), grown(values)];
      at++;
      times[many] = Math.round(number(44) * 1000);
      at += 2;
      values[many++] = number(quote);
      // Behind the value's quote and bracket: a comma and the next point, or the end.
      at += 2;
      if (body[at] !== close) at++;
    }
    rows.push({ labels, times: times.slice(0, many), values: values.slice(0, many) });
  }
  return rows;
}

function grown(array: Float64Array): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(array.length * 4);
  larger.set(array);
  return larger;
}

/** Behind the brace that ends the object which begins here; labels hold braces and quotes. */
function endOfObject(body: Buffer, start: number): number {
  let inString = false;
  for (let index = start; index < body.length; index++) {
    const byte = body[index];
    if (inString) {
      if (byte === backslash) index++;
      else if (byte === quote) inString = false;
    } else if (byte === quote) inString = true;
    else if (byte === 125) return index + 1;
  }
  throw new Error("an answer of Prometheus ends within a series' labels");
}
