"""MCP1xx: will a client accept it, and does the SDK do what the author means?"""
