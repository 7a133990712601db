import { formatDiagnostic } from "@watchbill/model";
import { compile } from "../lib/compile";
import { estate, runbooks } from "./estate";

/** Compiles so many services to plain data in a process of its own, then writes the files; says in JSON what each took. */
const size = Number(process.argv[2]);
const since = (start: bigint) => Number(process.hrtime.bigint() - start) / 1e9;
const memory = () => process.resourceUsage().maxRSS / 1024;

const start = process.hrtime.bigint();
const work = process.cpuUsage();
const { files, diagnostics } = compile(estate(size), { runbooks });
const { user, system } = process.cpuUsage(work);
const data = { seconds: since(start), cpu: (user + system) / 1e6, memory: memory() };
if (diagnostics.length > 0) throw new Error(diagnostics.slice(0, 3).map(formatDiagnostic).join("\n"));
const written = process.hrtime.bigint();
const bytes = Object.keys(files).reduce((total, path) => total + (files[path]?.length ?? 0), 0);
const texts = { seconds: since(written), memory: memory() };
console.log(JSON.stringify({ size, data, texts, files: Object.keys(files).length, bytes }));
