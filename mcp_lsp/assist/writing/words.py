"""Names that the protocol and its SDKs know, with what each means in one line: what completion offers.

Keywords of Python's decorators are those that `mcp_lsp_analyzers.protocol.registration` judges by; what stands here is
their meaning. As mcp 1.30 and 2.3, fastmcp 2.14 to 4.1, the TypeScript SDK 1.32 and 2.4 and the protocol of 2026-07-28
have them.
"""

from __future__ import annotations

HINTS = {
    "title": "A name for people to read",
    "readOnlyHint": "The tool changes nothing (false where it is missing)",
    "destructiveHint": "What the tool changes may be lost (true where it is missing)",
    "idempotentHint": "Calling it twice does no more than calling it once (false where it is missing)",
    "openWorldHint": "The tool reaches beyond this computer (true where it is missing)",
}
MEANING = {
    "name": "What the model calls it by",
    "name_or_fn": "What the model calls it by",
    "title": "A name for people to read",
    "description": "What the model is told: what it does, and when to use it",
    "annotations": "Hints on what it does: reads, destroys, can be repeated, reaches out",
    "icons": "Pictures that clients show",
    "meta": "Further facts for clients, as `_meta`",
    "_meta": "Further facts for clients",
    "structured_output": "Whether the result is sent as structured content too",
    "output_schema": "The schema of the structured result",
    "inputSchema": "The schema of its arguments",
    "outputSchema": "The schema of its structured result",
    "argsSchema": "The schema of its arguments",
    "uri": "Its address, or a template of addresses",
    "mime_type": "The type of its content",
    "mimeType": "The type of its content",
    "tags": "Words by which servers choose what they list",
    "enabled": "Whether it is listed at first",
    "exclude_args": "Parameters that the model does not see",
    "task": "Whether it runs in the background",
    "version": "Its version",
    "timeout": "Seconds after which a call is given up",
    "auth": "Who may see and call it",
    "run_in_thread": "Whether it runs beside the event loop",
    "app": "A user interface for its results",
    "security": "Which paths a template admits",
    "scopeChallenge": "Scopes that a caller needs",
    "cacheHint": "How long clients may keep it",
    "instructions": "What the model is told of the whole server",
    "website_url": "Where people read about the server",
    "lifespan": "What is opened and closed with the server",
    "auth_server_provider": "An authorization server of its own",
    "token_verifier": "What looks at callers' tokens",
    "transport_security": "Which hosts and origins requests may name",
    "host": "The interface it listens on",
    "port": "The port it listens on",
    "stateless_http": "Whether every request stands for itself",
    "json_response": "Whether answers are JSON and no stream",
    "dependencies": "Packages that it needs when it is installed",
    "middleware": "What every request passes through",
    "transport": "How clients reach it: stdio, or over HTTP",
}
FIELD = {
    "description": "What the model is told of this parameter",
    "default": "Its value where the model gives none",
    "default_factory": "What makes its value where the model gives none",
    "examples": "Values as the model may give them",
    "title": "A name for people to read",
    "ge": "At least this number",
    "gt": "More than this number",
    "le": "At most this number",
    "lt": "Less than this number",
    "multiple_of": "A multiple of this number",
    "min_length": "Characters or items at least",
    "max_length": "Characters or items at most",
    "pattern": "A regular expression that it matches",
    "alias": "The name by which the model gives it",
    "json_schema_extra": "Further members of its schema",
    "strict": "Whether nothing is converted",
    "deprecated": "Why it should not be given any more",
}
CONFIG = {
    "registerTool": "title description inputSchema outputSchema annotations _meta",
    "registerPrompt": "title description argsSchema _meta",
    "registerResource": "title description mimeType annotations _meta",
    "addTool": "name description parameters annotations outputSchema canAccess execute timeoutMs",
    "addPrompt": "name description arguments load",
    "addResource": "uri name description mimeType load",
    "addResourceTemplate": "uriTemplate name description mimeType arguments load",
}
CONFIG_2 = {
    "registerTool": "icons scopeChallenge", "registerPrompt": "icons scopeChallenge",
    "registerResource": "icons scopeChallenge cacheHint",
}  # fmt: skip
FASTMCP_SCRIPT = {
    "parameters": "The schema of its arguments", "execute": "What answers a call",
    "canAccess": "Who may see and call it", "timeoutMs": "Milliseconds after which a call is given up",
    "load": "What gives its content", "arguments": "Its arguments", "uriTemplate": "A template of addresses",
}  # fmt: skip
METHODS = {
    "tools/list": "Which tools there are",
    "tools/call": "Call a tool",
    "prompts/list": "Which prompts there are",
    "prompts/get": "A prompt with its arguments filled in",
    "resources/list": "Which resources there are",
    "resources/templates/list": "Which templates of resources there are",
    "resources/read": "The content of a resource",
    "resources/subscribe": "Tell me when a resource changes (until 2025-11-25)",
    "resources/unsubscribe": "Tell me no more (until 2025-11-25)",
    "subscriptions/listen": "Tell me what changes (since 2026-07-28)",
    "completion/complete": "What an argument may be",
    "logging/setLevel": "How much is to be logged (until 2025-11-25)",
    "server/discover": "What the server can do (since 2026-07-28)",
    "initialize": "The first message of a session (until 2025-11-25)",
    "ping": "Are you there? (until 2025-11-25)",
}
OF_CLIENTS = {
    "sampling/createMessage": "Ask the client's model (deprecated)",
    "elicitation/create": "Ask the user",
    "roots/list": "Which folders the client works in (deprecated)",
}
NOTICES = {
    "notifications/initialized": "The client is ready (until 2025-11-25)",
    "notifications/cancelled": "A request need not be answered any more",
    "notifications/progress": "How far a request is",
    "notifications/message": "A line of the log",
    "notifications/tools/list_changed": "There are other tools now",
    "notifications/prompts/list_changed": "There are other prompts now",
    "notifications/resources/list_changed": "There are other resources now",
    "notifications/resources/updated": "A resource has changed",
    "notifications/roots/list_changed": "The client works in other folders now",
}
REQUEST_SCHEMAS = {
    "ListToolsRequestSchema": "tools/list", "CallToolRequestSchema": "tools/call",
    "ListPromptsRequestSchema": "prompts/list", "GetPromptRequestSchema": "prompts/get",
    "ListResourcesRequestSchema": "resources/list",
    "ListResourceTemplatesRequestSchema": "resources/templates/list", "ReadResourceRequestSchema": "resources/read",
    "SubscribeRequestSchema": "resources/subscribe", "UnsubscribeRequestSchema": "resources/unsubscribe",
    "CompleteRequestSchema": "completion/complete", "SetLevelRequestSchema": "logging/setLevel",
}  # fmt: skip
"""Of the TypeScript SDK 1, whose `setRequestHandler` takes no strings."""
TRANSPORTS = {
    "stdio": "A client starts it and talks over its standard streams",
    "streamable-http": "Over HTTP",
    "sse": "Over HTTP as it was until 2025 (deprecated)",
    "http": "Over HTTP",
}
