"""The only room that starts processes and opens connections. Every function that does takes a `Consent`."""
