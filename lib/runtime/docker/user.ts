/** Who runs a container's program. By number, as images name users differently. */
export interface User {
  readonly uid: number;
  readonly gid: number;
}

/** `nobody`, as in the images of the Prometheus project. */
export const nobody: User = { uid: 65534, gid: 65534 };
