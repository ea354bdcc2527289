"""MCP4xx: who may call, and with whose authority: transports, tokens, secrets."""
