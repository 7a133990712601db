import { createHash } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { logsFolder } from "../state-folder";
import { serverFolder, serverLog } from "./folders";
import { writeIni } from "./ini";

export const supervisorConfig = (state: string) => join(state, "supervisord.conf");
export const programsFolder = (state: string) => join(state, "conf.d");
export const programFile = (state: string, name: string) => join(programsFolder(state), `${name}.conf`);

/** Linux's limit for the path of a Unix socket, without the closing zero. */
const longestSocketPath = 107;

/** Bytes that supervisor adds to the name while it creates the socket: a dot and its process id. */
const supervisorSuffix = 12;

/** The process manager's socket: in the state folder, or, where that path is too long, below the temporary folder. */
export function supervisorSocket(state: string): string {
  const path = join(state, "supervisor.sock");
  if (Buffer.byteLength(path) + supervisorSuffix <= longestSocketPath) return path;
  const hash = createHash("sha256").update(state).digest("hex").slice(0, 16);
  return join(tmpdir(), `watchbill-${process.getuid?.()}-${hash}`, "supervisor.sock");
}

/** Configuration of a process manager of our own, which knows nothing of the system's and is unknown to it. */
export function supervisorIni(state: string): string {
  const socket = supervisorSocket(state);
  return writeIni({
    supervisord: {
      identifier: "watchbill",
      logfile: join(logsFolder(state), "supervisord.log"),
      logfile_maxbytes: "1MB",
      logfile_backups: 1,
      pidfile: join(state, "supervisord.pid"),
      childlogdir: logsFolder(state),
      // Without it supervisor warns that it was not told to run as root.
      ...(process.getuid?.() === 0 ? { user: "root" } : {}),
    },
    unix_http_server: { file: socket, chmod: "0700" },
    "rpcinterface:supervisor": {
      "supervisor.rpcinterface_factory": "supervisor.rpcinterface:make_main_rpcinterface",
    },
    supervisorctl: { serverurl: `unix://${socket}` },
    // Relative to this file, since supervisor splits the setting at spaces.
    include: { files: "conf.d/*.conf" },
  });
}

/**
 * One server's program: always up, from the first deploy to its destruction. The process manager itself would start all
 * of them at once.
 */
export function programIni(state: string, name: string): string {
  return writeIni({
    [`program:${name}`]: {
      command: "/bin/sh current/run",
      directory: serverFolder(state, name),
      autostart: false,
      autorestart: true,
      startsecs: 1,
      // A server that keeps failing is started again and again, with growing pauses; it is never given up.
      startretries: 1_000_000,
      stopsignal: "TERM",
      stopwaitsecs: 20,
      stopasgroup: true,
      killasgroup: true,
      redirect_stderr: true,
      stdout_logfile: serverLog(state, name),
      stdout_logfile_maxbytes: "5MB",
      stdout_logfile_backups: 2,
    },
  });
}
