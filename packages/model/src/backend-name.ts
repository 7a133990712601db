/** The systems that have to know: what a declaration is compiled to. */
export const backendNames = ["prometheus", "alertmanager", "blackbox", "grafana", "datadog"] as const;
export type BackendName = (typeof backendNames)[number];
