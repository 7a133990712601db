/**
 * What a person reads, once for all channels: first what and where, then what it means and what to do; of alerts of
 * several kinds in one message, each with its own summary. Go templates
 * over Alertmanager's data (https://prometheus.io/docs/alerting/latest/notifications/).
 */
export const messageTemplate = `{{ define "watchbill.title" -}}
{{ if eq .Status "firing" }}{{ if eq .CommonLabels.severity "critical" }}CRITICAL{{ else }}FIRING{{ end }}{{ if gt (len .Alerts.Firing) 1 }} ({{ len .Alerts.Firing }}){{ end }}{{ else }}RESOLVED{{ end }} {{ .GroupLabels.service }}: {{ with .CommonAnnotations.summary }}{{ reReplaceAll "[.]$" "" . }}{{ else }}several things at once{{ end }} ({{ with .CommonLabels.alertname }}{{ . }}, {{ end }}{{ .CommonLabels.environment }})
{{- end }}

{{ define "watchbill.link" -}}
{{ if .CommonAnnotations.dashboard_url }}{{ .CommonAnnotations.dashboard_url }}{{ else }}{{ .ExternalURL }}/#/alerts{{ end }}
{{- end }}

{{ define "watchbill.silence" -}}
{{ .ExternalURL }}/#/silences/new?filter=%7B{{ with .CommonLabels.alertname }}alertname%3D%22{{ . }}%22%2C{{ end }}service%3D%22{{ .GroupLabels.service }}%22%7D
{{- end }}

{{ define "watchbill.runbook" -}}
{{ .CommonAnnotations.runbook_url }}
{{- end }}

{{ define "watchbill.text" -}}
{{ with .CommonAnnotations.summary }}{{ . }}
{{ end -}}
{{ range .Alerts.Firing }}
- {{ if not $.CommonAnnotations.summary }}{{ .Annotations.summary }} {{ end }}{{ .Annotations.description }} Since {{ .StartsAt.UTC.Format "2006-01-02 15:04:05 UTC" }}.
{{- end }}{{ range .Alerts.Resolved }}
- Resolved: {{ if not $.CommonAnnotations.summary }}{{ .Annotations.summary }} {{ end }}{{ .Annotations.description }} From {{ .StartsAt.UTC.Format "15:04:05" }} to {{ .EndsAt.UTC.Format "15:04:05 UTC" }}.
{{- end }}

Owner: {{ .CommonLabels.owner }}. Priority: {{ .CommonLabels.priority }}.
{{ if .CommonAnnotations.runbook_url }}Runbook: {{ .CommonAnnotations.runbook_url }}
{{ end }}{{ if .CommonAnnotations.dashboard_url }}Dashboard: {{ .CommonAnnotations.dashboard_url }}
{{ end }}Silence: {{ template "watchbill.silence" . }}
{{- end }}

{{ define "watchbill.slack.text" -}}
{{ with .CommonAnnotations.summary }}*{{ . }}*
{{ end -}}
{{ range .Alerts.Firing }}
• {{ if not $.CommonAnnotations.summary }}{{ .Annotations.summary }} {{ end }}{{ .Annotations.description }}
{{- end }}{{ range .Alerts.Resolved }}
• Resolved at {{ .EndsAt.UTC.Format "15:04:05 UTC" }}{{ if not $.CommonAnnotations.summary }}: {{ .Annotations.summary }}{{ else }}.{{ end }}
{{- end }}

{{ if .CommonAnnotations.runbook_url }}<{{ .CommonAnnotations.runbook_url }}|Runbook> · {{ end }}{{ if .CommonAnnotations.dashboard_url }}<{{ .CommonAnnotations.dashboard_url }}|Dashboard> · {{ end }}<{{ template "watchbill.silence" . }}|Silence> · Owner: {{ .CommonLabels.owner }}
{{- end }}

{{ define "watchbill.html" -}}
<!doctype html>
<h2>{{ template "watchbill.title" . }}</h2>
{{ with .CommonAnnotations.summary }}<p><b>{{ . }}</b></p>{{ end }}
<ul>
{{- range .Alerts.Firing }}
<li>{{ if not $.CommonAnnotations.summary }}{{ .Annotations.summary }} {{ end }}{{ .Annotations.description }} Since {{ .StartsAt.UTC.Format "2006-01-02 15:04:05 UTC" }}.</li>
{{- end }}{{ range .Alerts.Resolved }}
<li>Resolved at {{ .EndsAt.UTC.Format "15:04:05 UTC" }}: {{ if not $.CommonAnnotations.summary }}{{ .Annotations.summary }} {{ end }}{{ .Annotations.description }}</li>
{{- end }}
</ul>
<p>{{ if .CommonAnnotations.runbook_url }}<a href="{{ .CommonAnnotations.runbook_url }}">Runbook</a> · {{ end }}{{ if .CommonAnnotations.dashboard_url }}<a href="{{ .CommonAnnotations.dashboard_url }}">Dashboard</a> · {{ end }}<a href="{{ template "watchbill.silence" . }}">Silence</a> · Owner: {{ .CommonLabels.owner }}</p>
{{- end }}
`;
