"""Commands that do harm wherever they are run, and texts that order a model to run one."""

from __future__ import annotations

from collections.abc import Iterator

from ..pattern import pattern
from .words import Said, around, vocabulary, word_at, words

# Rights for everybody, programs from a folder anybody writes to, a shell at the other end, the environment or a file
# handed on, what was collected, history that is written over, rights granted, protection switched off.
_HARMS = pattern(
    r"chmod\s+(?:-R\s+)?0?(?:777|666)\s+[/~$.*]|\bumask\s+0+\b"
    r"|\bPATH=/(?:tmp|var/tmp|dev/shm)\b|\bLD_PRELOAD="
    r"|/dev/(?:tcp|udp)/|\bnc\s+(?:-\w+\s+)*[\w.]+\s+\d{2,5}\b"
    r"|(?<=[\w/'\"})])\s{0,2}\|\s*(?:sudo\s+)?(?:ba|z|da)?sh\b(?!\s*\|)"
    r"|\b(?:env|printenv)\s*\|\s*(?!grep\b|sort\b|less\b|head\b|wc\b)\w|\w\s*\|\s*base64\b(?=\s*(?:[`)>]|\||-[dw]|$))"
    r"|\bcurl\b[^`\n]{0,110}\s(?:-d|--data\S*|-F|-T)\s*\S*@\S"
    r"|\b(?:curl|wget)\b[^`\n]{0,60}(?:\$\(|`cat\b)"
    r"|\bcurl\s+-X\s*POST\s+https?://(?!localhost|127\.|api\.)[\w.-]+\.[\w/.-]+\s[^`\n]{0,90}"
    r"(?:-d|-F|--data\S*)\s[^`\n]*<\w+>"
    r"|\bgit\s+push\s+(?:\S+\s+){0,3}(?:--force\b(?!-with-lease)|-f\b)|\bgit\s+reset\s+--hard\s+HEAD[~^]"
    r"|(?i:\bGRANT\s+ALL\b[^`;\n]{0,40}\bTO\b)"
    r"|(?i:\bSET\s+(?:is_)?(?:role|admin|superuser)\s*=\s*(?:'?(?:admin|root|owner|true)\b|1))"
    r"|(?i:\b(?:print|log|echo)\s+(?:the\s+)?)[A-Z][A-Z0-9]*_(?:TOKEN|KEY|SECRET|PASSWORD)\b"
    r"[^.\n]{0,30}\b(?:logs?|console|stdout)\b"
    r"|\bsetenforce\s+0\b|\bufw\s+disable\b"
)
# One of these is in every text that has one.
_SIGNS = frozenset(
    """
    chmod umask path ld_preload dev nc sh bash zsh dash env printenv base64 curl wget grant set setenforce ufw git logs
    log console stdout
    """.split()  # noqa: SIM905
)
_ORDERS = frozenset(
    """
    run execute prepend prefix append add start begin end pipe reroute use issue insert include first must before has
    preceded followed requires need needs type enter send put push upload verify check print executing running
    """.split()  # noqa: SIM905
)
# Who looks for such commands, or shows them, orders nothing.
_SHOWN = frozenset(
    """
    example examples e.g like such never not don't cannot block blocks blocked deny denies denied refuse refuses refused
    reject rejects rejected detect detects detected dangerous unsafe harmful malicious forbidden prohibited avoid
    install installs installation exploit payload payloads reverse
    """.split()  # noqa: SIM905
)


def harmful(value: str) -> Iterator[Said]:
    """Sentences that order the model to run a command that does harm."""
    if _SIGNS.isdisjoint(vocabulary(value)):
        return
    for match in _HARMS.finditer(value):
        text = words(value)
        at = word_at(text, match.start())
        number = text.sentence[at]
        said = {word for word, sentence in zip(text.words, text.sentence, strict=True) if sentence == number}
        if not said.isdisjoint(_ORDERS) and said.isdisjoint(_SHOWN):
            sentence = around(value, text, at, at)
            yield Said("orders a command that does harm", match.start(), match.end(), sentence)
            return
