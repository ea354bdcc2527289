"""Ids of public taxonomies that rules may cite, with their exact titles: every reference is checked against this table.

A reference is written as its source writes it, with the year where two editions are in force: "CWE-78", "MCP05:2025",
"LLM05:2025", "LLM10:2026", "ASI05:2026", "SAFE-T1101", "AML.T0050", "CoSAI MCP-T3", "MCTS-T-1003", "HEUR-001".
"""

from __future__ import annotations

from . import mcts


def title(reference: str) -> str:
    """The title of an id. Raises ``KeyError`` for one that is not in the table."""
    if reference not in _TITLES:
        raise KeyError(f"{reference} may not be cited: taxonomy.py has no title for it")
    return _TITLES[reference]


def url(reference: str) -> str | None:
    """Where the public can read about an id; ``None`` where its source has no stable address per id."""
    if reference.startswith("CWE-"):
        return f"https://cwe.mitre.org/data/definitions/{reference[4:]}.html"
    if reference.startswith("AML."):
        return f"https://atlas.mitre.org/techniques/{reference}"
    if reference in _MCP:
        return "https://owasp.org/www-project-mcp-top-10/"
    if reference in _LLM:
        return "https://genai.owasp.org/llm-top-10/"
    return None


def framework(reference: str) -> str:
    """The name of the taxonomy an id is from. Raises ``KeyError`` for one that is not in the table."""
    return next(name for name, ids in frameworks().items() if reference in ids)


def frameworks() -> dict[str, dict[str, str]]:
    """Every taxonomy by its name, as titles by id."""
    return {
        "CWE": _CWE,
        "OWASP MCP Top 10": _MCP,
        "OWASP Top 10 for LLM Applications": _LLM,
        "OWASP Top 10 for Agentic Applications": _ASI,
        "SAFE-MCP": _SAFE,
        "MITRE ATLAS": _ATLAS,
        "CoSAI MCP Security": _COSAI,
        "MCTS": mcts.TECHNIQUES,
        "MCTS readiness": mcts.HEURISTICS,
    }


def known() -> tuple[str, ...]:
    """Every id in the table."""
    return tuple(_TITLES)


_CWE = {
    "CWE-20": "Improper Input Validation",
    "CWE-22": "Improper Limitation of a Pathname to a Restricted Directory ('Path Traversal')",
    "CWE-23": "Relative Path Traversal",
    "CWE-36": "Absolute Path Traversal",
    "CWE-59": "Improper Link Resolution Before File Access ('Link Following')",
    "CWE-73": "External Control of File Name or Path",
    "CWE-74": "Improper Neutralization of Special Elements in Output Used by a Downstream Component ('Injection')",
    "CWE-77": "Improper Neutralization of Special Elements used in a Command ('Command Injection')",
    "CWE-78": "Improper Neutralization of Special Elements used in an OS Command ('OS Command Injection')",
    "CWE-79": "Improper Neutralization of Input During Web Page Generation ('Cross-site Scripting')",
    "CWE-88": "Improper Neutralization of Argument Delimiters in a Command ('Argument Injection')",
    "CWE-89": "Improper Neutralization of Special Elements used in an SQL Command ('SQL Injection')",
    "CWE-90": "Improper Neutralization of Special Elements used in an LDAP Query ('LDAP Injection')",
    "CWE-93": "Improper Neutralization of CRLF Sequences ('CRLF Injection')",
    "CWE-94": "Improper Control of Generation of Code ('Code Injection')",
    "CWE-95": "Improper Neutralization of Directives in Dynamically Evaluated Code ('Eval Injection')",
    "CWE-113": "Improper Neutralization of CRLF Sequences in HTTP Headers ('HTTP Request/Response Splitting')",
    "CWE-116": "Improper Encoding or Escaping of Output",
    "CWE-117": "Improper Output Neutralization for Logs",
    "CWE-150": "Improper Neutralization of Escape, Meta, or Control Sequences",
    "CWE-176": "Improper Handling of Unicode Encoding",
    "CWE-184": "Incomplete List of Disallowed Inputs",
    "CWE-187": "Partial String Comparison",
    "CWE-200": "Exposure of Sensitive Information to an Unauthorized Actor",
    "CWE-208": "Observable Timing Discrepancy",
    "CWE-209": "Generation of Error Message Containing Sensitive Information",
    "CWE-214": "Invocation of Process Using Visible Sensitive Information",
    "CWE-248": "Uncaught Exception",
    "CWE-250": "Execution with Unnecessary Privileges",
    "CWE-252": "Unchecked Return Value",
    "CWE-269": "Improper Privilege Management",
    "CWE-284": "Improper Access Control",
    "CWE-285": "Improper Authorization",
    "CWE-287": "Improper Authentication",
    "CWE-290": "Authentication Bypass by Spoofing",
    "CWE-294": "Authentication Bypass by Capture-replay",
    "CWE-295": "Improper Certificate Validation",
    "CWE-306": "Missing Authentication for Critical Function",
    "CWE-312": "Cleartext Storage of Sensitive Information",
    "CWE-319": "Cleartext Transmission of Sensitive Information",
    "CWE-327": "Use of a Broken or Risky Cryptographic Algorithm",
    "CWE-330": "Use of Insufficiently Random Values",
    "CWE-338": "Use of Cryptographically Weak Pseudo-Random Number Generator (PRNG)",
    "CWE-345": "Insufficient Verification of Data Authenticity",
    "CWE-346": "Origin Validation Error",
    "CWE-347": "Improper Verification of Cryptographic Signature",
    "CWE-350": "Reliance on Reverse DNS Resolution for a Security-Critical Action",
    "CWE-352": "Cross-Site Request Forgery (CSRF)",
    "CWE-353": "Missing Support for Integrity Check",
    "CWE-356": "Product UI does not Warn User of Unsafe Actions",
    "CWE-362": "Concurrent Execution using Shared Resource with Improper Synchronization ('Race Condition')",
    "CWE-377": "Insecure Temporary File",
    "CWE-384": "Session Fixation",
    "CWE-390": "Detection of Error Condition Without Action",
    "CWE-393": "Return of Wrong Status Code",
    "CWE-403": "Exposure of File Descriptor to Unintended Control Sphere ('File Descriptor Leak')",
    "CWE-400": "Uncontrolled Resource Consumption",
    "CWE-427": "Uncontrolled Search Path Element",
    "CWE-436": "Interpretation Conflict",
    "CWE-439": "Behavioral Change in New Version or Environment",
    "CWE-441": "Unintended Proxy or Intermediary ('Confused Deputy')",
    "CWE-451": "User Interface (UI) Misrepresentation of Critical Information",
    "CWE-470": "Use of Externally-Controlled Input to Select Classes or Code ('Unsafe Reflection')",
    "CWE-477": "Use of Obsolete Function",
    "CWE-488": "Exposure of Data Element to Wrong Session",
    "CWE-489": "Active Debug Code",
    "CWE-494": "Download of Code Without Integrity Check",
    "CWE-502": "Deserialization of Untrusted Data",
    "CWE-506": "Embedded Malicious Code",
    "CWE-522": "Insufficiently Protected Credentials",
    "CWE-532": "Insertion of Sensitive Information into Log File",
    "CWE-540": "Inclusion of Sensitive Information in Source Code",
    "CWE-544": "Missing Standardized Error Handling Mechanism",
    "CWE-552": "Files or Directories Accessible to External Parties",
    "CWE-573": "Improper Following of Specification by Caller",
    "CWE-601": "URL Redirection to Untrusted Site ('Open Redirect')",
    "CWE-611": "Improper Restriction of XML External Entity Reference",
    "CWE-613": "Insufficient Session Expiration",
    "CWE-628": "Function Call with Incorrectly Specified Arguments",
    "CWE-636": "Not Failing Securely ('Failing Open')",
    "CWE-639": "Authorization Bypass Through User-Controlled Key",
    "CWE-643": "Improper Neutralization of Data within XPath Expressions ('XPath Injection')",
    "CWE-665": "Improper Initialization",
    "CWE-668": "Exposure of Resource to Wrong Sphere",
    "CWE-684": "Incorrect Provision of Specified Functionality",
    "CWE-693": "Protection Mechanism Failure",
    "CWE-694": "Use of Multiple Resources with Duplicate Identifier",
    "CWE-696": "Incorrect Behavior Order",
    "CWE-710": "Improper Adherence to Coding Standards",
    "CWE-732": "Incorrect Permission Assignment for Critical Resource",
    "CWE-770": "Allocation of Resources Without Limits or Throttling",
    "CWE-772": "Missing Release of Resource after Effective Lifetime",
    "CWE-776": "Improper Restriction of Recursive Entity References in DTDs ('XML Entity Expansion')",
    "CWE-798": "Use of Hard-coded Credentials",
    "CWE-799": "Improper Control of Interaction Frequency",
    "CWE-829": "Inclusion of Functionality from Untrusted Control Sphere",
    "CWE-835": "Loop with Unreachable Exit Condition ('Infinite Loop')",
    "CWE-840": "Business Logic Errors",
    "CWE-862": "Missing Authorization",
    "CWE-863": "Incorrect Authorization",
    "CWE-918": "Server-Side Request Forgery (SSRF)",
    "CWE-939": "Improper Authorization in Handler for Custom URL Scheme",
    "CWE-942": "Permissive Cross-domain Security Policy with Untrusted Domains",
    "CWE-943": "Improper Neutralization of Special Elements in Data Query Logic",
    "CWE-1007": "Insufficient Visual Distinction of Homoglyphs Presented to User",
    "CWE-1059": "Insufficient Technical Documentation",
    "CWE-1088": "Synchronous Access of Remote Resource without Timeout",
    "CWE-1104": "Use of Unmaintained Third Party Components",
    "CWE-1395": "Dependency on Vulnerable Third-Party Component",
    "CWE-1322": "Use of Blocking Code in Single-threaded, Non-blocking Context",
    "CWE-1327": "Binding to an Unrestricted IP Address",
    "CWE-1333": "Inefficient Regular Expression Complexity",
    "CWE-1336": "Improper Neutralization of Special Elements Used in a Template Engine",
    "CWE-1357": "Reliance on Insufficiently Trustworthy Component",
    "CWE-1385": "Missing Origin Validation in WebSockets",
    "CWE-1427": "Improper Neutralization of Input Used for LLM Prompting",
}
"""CWE 4.20."""

_MCP = {
    "MCP01:2025": "Token Mismanagement & Secret Exposure",
    "MCP02:2025": "Privilege Escalation via Scope Creep",
    "MCP03:2025": "Tool Poisoning",
    "MCP04:2025": "Software Supply Chain Attacks & Dependency Tampering",
    "MCP05:2025": "Command Injection & Execution",
    "MCP06:2025": "Intent Flow Subversion",
    "MCP07:2025": "Insufficient Authentication & Authorization",
    "MCP08:2025": "Lack of Audit and Telemetry",
    "MCP09:2025": "Shadow MCP Servers",
    "MCP10:2025": "Context Injection & Over-Sharing",
}
"""OWASP MCP Top 10:2025 (phase 3 beta, April 2026)."""

_LLM = {
    "LLM01:2025": "Prompt Injection",
    "LLM02:2025": "Sensitive Information Disclosure",
    "LLM03:2025": "Supply Chain",
    "LLM04:2025": "Data and Model Poisoning",
    "LLM05:2025": "Improper Output Handling",
    "LLM06:2025": "Excessive Agency",
    "LLM07:2025": "System Prompt Leakage",
    "LLM08:2025": "Vector and Embedding Weaknesses",
    "LLM09:2025": "Misinformation",
    "LLM10:2025": "Unbounded Consumption",
    "LLM01:2026": "Prompt Injection",
    "LLM02:2026": "Sensitive Information Disclosure",
    "LLM03:2026": "Excessive Agency",
    "LLM04:2026": "Supply Chain",
    "LLM05:2026": "Data and Model Poisoning",
    "LLM06:2026": "Unbounded Consumption",
    "LLM07:2026": "Misinformation",
    "LLM08:2026": "Hidden Context Exposure",
    "LLM09:2026": "Vector and Embedding Weaknesses",
    "LLM10:2026": "Improper Output Handling",
}
"""OWASP Top 10 for LLM applications. Two numberings are in force, so the year is part of the id."""

_ASI = {
    "ASI01:2026": "Agent Goal Hijack",
    "ASI02:2026": "Tool Misuse and Exploitation",
    "ASI03:2026": "Identity and Privilege Abuse",
    "ASI04:2026": "Agentic Supply Chain Vulnerabilities",
    "ASI05:2026": "Unexpected Code Execution (RCE)",
    "ASI06:2026": "Memory & Context Poisoning",
    "ASI07:2026": "Insecure Inter-Agent Communication",
    "ASI08:2026": "Cascading Failures",
    "ASI09:2026": "Human-Agent Trust Exploitation",
    "ASI10:2026": "Rogue Agents",
}
"""OWASP Agentic Top 10, 2026 edition."""

_SAFE = {
    "SAFE-T1001": "Tool Poisoning Attack",
    "SAFE-T1002": "Supply Chain Compromise",
    "SAFE-T1003": "Malicious MCP-Server Distribution",
    "SAFE-T1004": "Server Impersonation / Name-Collision",
    "SAFE-T1005": "Exposed Endpoint Exploit",
    "SAFE-T1006": "User-Social-Engineering Install",
    "SAFE-T1007": "OAuth Authorization Phishing",
    "SAFE-T1008": "Tool Shadowing Attack",
    "SAFE-T1009": "Authorization Server Mix-up",
    "SAFE-T1101": "Command Injection",
    "SAFE-T1102": "Prompt Injection (Multiple Vectors)",
    "SAFE-T1103": "Fake Tool Invocation",
    "SAFE-T1104": "Over-Privileged Tool Abuse",
    "SAFE-T1105": "Path Traversal via File Tool",
    "SAFE-T1106": "Autonomous Loop Exploit",
    "SAFE-T1109": "Debugging Tool Exploitation",
    "SAFE-T1110": "Multimodal Prompt Injection",
    "SAFE-T1111": "AI Agent CLI Weaponization",
    "SAFE-T1201": "MCP Rug Pull Attack",
    "SAFE-T1202": "OAuth Token Persistence",
    "SAFE-T1203": "Backdoored Server Binary",
    "SAFE-T1204": "Context Memory Implant",
    "SAFE-T1205": "Persistent Tool Redefinition",
    "SAFE-T1206": "Credential Implant in Config",
    "SAFE-T1207": "Hijack Update Mechanism",
    "SAFE-T1301": "Cross-Server Tool Shadowing",
    "SAFE-T1302": "High-Privilege Tool Abuse",
    "SAFE-T1303": "Sandbox Escape via Server Exec",
    "SAFE-T1304": "Credential Relay Chain",
    "SAFE-T1305": "Host OS Priv-Esc (RCE)",
    "SAFE-T1306": "Rogue Authorization Server",
    "SAFE-T1307": "Confused Deputy Attack",
    "SAFE-T1308": "Token Scope Substitution",
    "SAFE-T1309": "Privileged Tool Invocation via Prompt Manipulation",
    "SAFE-T1401": "Line Jumping",
    "SAFE-T1402": "Instruction Steganography",
    "SAFE-T1403": "Consent-Fatigue Exploit",
    "SAFE-T1404": "Response Tampering",
    "SAFE-T1405": "Tool Obfuscation/Renaming",
    "SAFE-T1406": "Metadata Manipulation",
    "SAFE-T1407": "Server Proxy Masquerade",
    "SAFE-T1408": "OAuth Protocol Downgrade",
    "SAFE-T1501": "Full-Schema Poisoning",
    "SAFE-T1502": "File-Based Credential Harvest",
    "SAFE-T1503": "Env-Var Scraping",
    "SAFE-T1504": "Token Theft via API Response",
    "SAFE-T1505": "In-Memory Secret Extraction",
    "SAFE-T1506": "Infrastructure Token Theft",
    "SAFE-T1507": "Authorization Code Interception",
    "SAFE-T1601": "MCP Server Enumeration",
    "SAFE-T1602": "Tool Enumeration",
    "SAFE-T1603": "System Prompt Disclosure",
    "SAFE-T1604": "Server Version Enumeration",
    "SAFE-T1605": "Capability Mapping",
    "SAFE-T1606": "Directory Listing via File Tool",
    "SAFE-T1701": "Cross-Tool Contamination",
    "SAFE-T1702": "Shared-Memory Poisoning",
    "SAFE-T1703": "Tool-Chaining Pivot",
    "SAFE-T1704": "Compromised-Server Pivot",
    "SAFE-T1705": "Cross-Agent Instruction Injection",
    "SAFE-T1706": "OAuth Token Pivot Replay",
    "SAFE-T1707": "CSRF Token Relay",
    "SAFE-T1801": "Automated Data Harvesting",
    "SAFE-T1802": "File Collection",
    "SAFE-T1803": "Database Dump",
    "SAFE-T1804": "API Data Harvest",
    "SAFE-T1805": "Context Snapshot Capture",
    "SAFE-T1901": "Outbound Webhook C2",
    "SAFE-T1902": "Covert Channel in Responses",
    "SAFE-T1903": "Malicious Server Control Channel",
    "SAFE-T1904": "Chat-Based Backchannel",
    "SAFE-T1910": "Covert Channel Exfiltration",
    "SAFE-T1911": "Parameter Exfiltration",
    "SAFE-T1912": "Stego Response Exfil",
    "SAFE-T1913": "HTTP POST Exfil",
    "SAFE-T1914": "Tool-to-Tool Exfil",
    "SAFE-T1915": "Cross-Chain Laundering",
    "SAFE-T2101": "Data Destruction",
    "SAFE-T2102": "Service Disruption",
    "SAFE-T2103": "Code Sabotage",
    "SAFE-T2104": "Fraudulent Transactions",
    "SAFE-T2105": "Disinformation Output",
    "SAFE-T2106": "Context Memory Poisoning via Vector Store",
    "SAFE-T2107": "AI Model Poisoning",
}
"""SAFE-MCP techniques, February 2026."""

_ATLAS = {
    "AML.T0010": "AI Supply Chain Compromise",
    "AML.T0010.001": "AI Supply Chain Compromise: AI Software",
    "AML.T0010.005": "AI Supply Chain Compromise: AI Agent Tool",
    "AML.T0011.001": "Malicious Package",
    "AML.T0011.002": "Poisoned AI Agent Tool",
    "AML.T0034.002": "Agentic Resource Consumption",
    "AML.T0049": "Exploit Public-Facing Application",
    "AML.T0050": "Command and Scripting Interpreter",
    "AML.T0051": "LLM Prompt Injection",
    "AML.T0051.000": "LLM Prompt Injection: Direct",
    "AML.T0051.001": "LLM Prompt Injection: Indirect",
    "AML.T0051.002": "LLM Prompt Injection: Triggered",
    "AML.T0053": "AI Agent Tool Invocation",
    "AML.T0055": "Unsecured Credentials",
    "AML.T0057": "LLM Data Leakage",
    "AML.T0060": "Publish Hallucinated Entities",
    "AML.T0068": "LLM Prompt Obfuscation",
    "AML.T0073": "Impersonation",
    "AML.T0074": "Masquerading",
    "AML.T0080": "AI Agent Context Poisoning",
    "AML.T0080.000": "AI Agent Context Poisoning: Memory",
    "AML.T0080.001": "AI Agent Context Poisoning: Thread",
    "AML.T0081": "Modify AI Agent Configuration",
    "AML.T0083": "Credentials from AI Agent Configuration",
    "AML.T0084.001": "Tool Definitions",
    "AML.T0085.001": "AI Agent Tools",
    "AML.T0086": "Exfiltration via AI Agent Tool Invocation",
    "AML.T0098": "AI Agent Tool Credential Harvesting",
    "AML.T0099": "AI Agent Tool Data Poisoning",
    "AML.T0101": "Data Destruction via AI Agent Tool Invocation",
    "AML.T0104": "Publish Poisoned AI Agent Tool",
    "AML.T0105": "Escape to Host",
    "AML.T0109": "AI Supply Chain Rug Pull",
    "AML.T0110": "AI Agent Tool Poisoning",
}
"""MITRE ATLAS 5.6, those that concern MCP."""

_COSAI = {
    "CoSAI MCP-T1": "Improper Authentication and Identity Management",
    "CoSAI MCP-T2": "Missing or Improper Access Control",
    "CoSAI MCP-T3": "Input Validation/Sanitization Failures",
    "CoSAI MCP-T4": "Input/Instruction Boundary Distinction Failure",
    "CoSAI MCP-T5": "Inadequate Data Protection and Confidentiality Controls",
    "CoSAI MCP-T6": "Missing Integrity/Verification Controls",
    "CoSAI MCP-T7": "Session and Transport Security Failures",
    "CoSAI MCP-T8": "Network Binding/Isolation Failures",
    "CoSAI MCP-T9": "Trust Boundary and Privilege Design Failures",
    "CoSAI MCP-T10": "Resource Management/Rate Limiting Absence",
    "CoSAI MCP-T11": "Supply Chain and Lifecycle Security Failures",
    "CoSAI MCP-T12": "Insufficient Logging, Monitoring, and Auditability",
}
"""CoSAI WS4, MCP Security, January 2026. Another document numbers MCP-T01 to MCP-T49, hence the prefix."""

_TITLES: dict[str, str] = {
    **_CWE, **_MCP, **_LLM, **_ASI, **_SAFE, **_ATLAS, **_COSAI, **mcts.TECHNIQUES, **mcts.HEURISTICS,
}  # fmt: skip
