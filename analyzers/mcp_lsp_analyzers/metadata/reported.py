"""What a text only tells of: what it looks for, cites, explains, or forbids to claim.

Security tools, lessons and reports are made of the words of attacks. They say who does it: somebody they warn of.
Tools about markets speak of what companies hold, sell, gain and disclose, and those about chains of tokens in wallets.
"""

from __future__ import annotations

import re

from ..pattern import pattern
from .phrases import shown
from .words import around, word_at, words

_EXAMINES = (
    r"(?:scan|detect|check|inspect|audit|analy[sz]e|test|verify|identify|flag|assess|evaluate|lint|block|catch|classify"
    r"|simulate)"
)
_COUNTED = pattern(r"(?:\b\w+:\s*)?\b\w+\b(?:[ -]\w+\b)?(?:,\s*(?:and |or )?\w+\b(?:[ -]\w+\b)?){4,}")
_OPENS = pattern(rf"\W*{_EXAMINES}(?:e?s|ing|\b)", re.IGNORECASE)
_CITES = pattern(
    r"\b(?:(?:scan|detect|flag|test|block|catch|classif|audit)(?:y|s|es|ies|ed|ned|ing|ning)?|checks?|phrases?"
    r"|patterns?|injections?|jailbreaks?|wordings?)\b",
    re.IGNORECASE,
)
_END = pattern(r"[.!?;]\s+")
# What is looked for begins here, and what else is done with it here.
_FOR = pattern(r"\b(?:for|whether|used\s+to|such\s+as|like)\b", re.IGNORECASE)
_AND = pattern(r":|,\s*\w+ing\b|\b(?:while|so)\b", re.IGNORECASE)
_GOES_ON = pattern(r"\b(?:and|then|also|before|after|plus)\b|,\s*(?:which|who|that)\b", re.IGNORECASE)
_THREATENS = pattern(
    r"(?:these|this|such|an?|they|it)\b[^.!?]*?\b(?:can|could|may|might|enables?|allows?|lets?|would|is\s+how)\b",
    re.IGNORECASE,
)
_THREATS = (
    r"\b(?:attack(?:s|ers?)?|rogue|malicious|injections?|poison(?:s|ed|ing)?|shadowing|spoof(?:s|ed|ing)?|hidden|"
    r"invisible|exfiltration|phishing|malware|hijack(?:s|ing)?)\b"
)
_THREAT = pattern(_THREATS, re.IGNORECASE)
_LOOKS_FOR = pattern(rf"\W*{_EXAMINES}(?:e?s|ing|\b)[^.!?]{{0,40}}?\bfor\s+(?:\w+\s+){{0,2}}{_THREATS}", re.IGNORECASE)
"""An attack is what is looked for: "Scans servers for tool poisoning"."""
_EXPLAINS = pattern(
    r"\b(?:shows|explains|teaches|describes|demonstrates|illustrates)\s+(?:(?:you|users|people|students|staff)\s+)?"
    r"(?:how|what|why)\b|\b(?:what|where|how|which\s+\w+)\s+(?:the|an)\s+(?:attackers?|intruders?|"
    r"adversar(?:y|ies)|malware|thie(?:f|ves))\b"
    r"|\b(?:attackers|intruders|scammers|criminals|malware)\s+(?:like|use|try|tend|often|may|might|can|could)\b",
    re.IGNORECASE,
)
_UNTRUE = pattern(
    r"\b(?:do\s+not|don't|never|must\s+not|should\s+not)\s+(?:tell|inform|assure)\s+(?:(?:the|a|an)\s+)?"
    r"(?:users?|customers?|them|people)\s+(?:that\s+)?(?:(?:the|a|an|your|their)\s+)?(?:[\w-]+\s+){1,3}?"
    r"(?:(?:has|have|is|are|was|were|been)\s+)*(?:worked|works|succeeded|success\w*|unsupported|impossible|missing|"
    r"(?:sent|saved|deleted|created|booked|paid|done|complete\w*|finished|published)\b"
    r"(?=[^.!?]*\b(?:unless|until|before)\s+(?!they\b|he\b|she\b|the\s+user|users\b|asked|explicitly)))",
    re.IGNORECASE,
)
_THEIRS = pattern(
    r"\b(?:instructions|rules|guidelines|prompts?)\s+of\s+(?:that|an?|another|the\s+(?:managed|other|given))\s+"
    r"(?:\w+\s+)?(?:agent|assistant|bot|model|persona)\b",
    re.IGNORECASE,
)


_MARKETS = pattern(
    r"\b(stocks?|shares|sharehold\w+|equit(?:y|ies)|markets?|aftermarket|investors?|investments?|exchanges?|commodit\w+|"
    r"tickers?|indices|etfs?|(?:mutual\s+)?funds?|dividends?|earnings|revenues?|profits?|filings?|sec|bonds|forex|"
    r"index|indexes|peers|competitors?|ratios?|holdings|disclosures?|financing|liabilities|industry|metrics|transcripts?|"
    r"currenc(?:y|ies)|crypto\w*|trad(?:e|es|ed|ing)|prices?|analysts?|ratings?|financial|fiscal|insiders?|valuations?|"
    r"balance\s+sheets?|cash\s+flow|income\s+statements?|quarterly|ipos?|sectors?|compan(?:y|ies)|nasdaq)\b",
    re.IGNORECASE,
)
_OF_CHAINS = pattern(
    r"\b(?:erc-?(?:20|721|1155)|nfts?|spl|on-?chain|blockchains?|evm|solana|ethereum|defi)\b", re.IGNORECASE
)
_TOKENS = pattern(r"\b(?:get|list|fetch|retrieve|show)\w*\b[^.!?]*\btokens?\b[^.!?]*\bwallets?\b", re.IGNORECASE)
_OF_SOMEBODY = pattern(
    r"\b(?:the\s+user|users?['’]s?|customers?|clients?|accounts?|credentials?|passwords?|secret\w*|(?:api|private)\s+keys?|keys|wallets?|"
    r"log-?ins?|sessions?|conversations?|chats?|prompts?|messages?|e-?mails?|we|us|our(?!\s+database)|ours|operators?|partners?|"
    r"(?:third|other)\s+part(?:y|ies)|brokers?|makers?|vendors?|affiliates?|developers?|owners?|sponsors?|silently|quietly|"
    r"hidden|without|before|first|always|never|must|should|instead|ignore\w*|fees?|commissions?|mark-?ups?|orders?|seeds?|phrases?|"
    r"send\w*|sent|forward\w*|(?:share|shared|sell|sold|report|reported|cop(?:y|ied)|mirrored)\s+(?:\w+\s+)?(?:to|with)|"
    r"upload\w*|transmi\w+|record\w*|stored?)\b|https?:|[@`]",
    re.IGNORECASE,
)
_MANY = 3
"""Words of markets in a text that is about them."""


def _of_trade(value: str, opens: int, closes: int) -> bool:
    """Whether a sentence speaks of markets in a text about these, or of tokens on a chain: of nobody's own things."""
    if _OF_CHAINS.search(value) and _TOKENS.search(value, opens, closes):
        return True
    if _MARKETS.search(value, opens, closes) is None or _OF_SOMEBODY.search(value, opens, closes):
        return False
    return len({found.lower()[:5] for found in _MARKETS.findall(value)}) >= _MANY


def reported(value: str, start: int, end: int) -> bool:
    """Whether the words at a place are told of, and neither done nor ordered by the text they stand in."""
    text = words(value)
    first = word_at(text, start)
    opens, closes = around(value, text, first, first)
    if shown(value, start) and _CITES.search(value, _clause(value, start), start):
        return True
    if any(each.search(value, opens, closes) for each in (_UNTRUE, _THEIRS)) or _EXPLAINS.search(value, opens, end):
        return True
    if _of_trade(value, opens, closes):
        return True
    if not _OPENS.match(value):
        return False
    if text.sentence[first]:
        return bool(_THREATENS.match(value, opens, closes) and _THREAT.search(value, opens, closes))
    looked_for = _FOR.search(value, opens, start)
    if looked_for is None and start == opens:
        looked_for = _LOOKS_FOR.match(value, opens)
    if looked_for is None or _AND.search(value, looked_for.end(), text.ends[first]):
        return False
    return not _GOES_ON.search(value, looked_for.end(), end)


def _clause(value: str, start: int) -> int:
    """Where the sentence around a quotation begins: what is quoted ends none."""
    line = value.rfind("\n", 0, start) + 1
    ends = [match.end() for match in _END.finditer(value, line, start) if not shown(value, match.start())]
    return ends[-1] if ends else line


def counted(value: str, start: int, end: int) -> bool:
    """Whether a span stands in a list of names, which states nothing: "Invoices, Labor, Locations, …"."""
    return any(match.start() <= start and end <= match.end() for match in _COUNTED.finditer(value))
