// The same synthesis with the providers' barrels imported, to see what deep imports save.
import "@cdktf/provider-datadog";
import "@cdktf/provider-docker";
import "../main";
