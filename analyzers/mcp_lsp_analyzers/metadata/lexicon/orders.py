"""How the words of `commands` come together to an order that no user gave."""

from __future__ import annotations

from ..frames import Grammar
from .commands import COMMANDS

GRAMMAR = Grammar(
    (COMMANDS,),
    joins="""
        CALLED = CALLING 2 MODELNOUN
        BOUND = MODELNOUN 4 DUTY
        ACTS = MODELNOUN 2 GIVE|REPLACE|DENY|OBEY
        HUSH = NO 3 SAY
        VEILED = NO 3 REVEAL
        HUSHED = VEILED 2 PEOPLE|ITSELF
        HUSHED = HUSH ~4 PEOPLE
        HUSHED = HUSH 1 ITSELF
        HUSHED = NOSHOULD 5 NOTICE
        OTHERS = OTHER ~2 TOOLNOUN
        SLANDER = OTHERS ~6 BAD
        WAIVED = RULES ~5 WAIVE
        SCRAPPED = SCRAP 3 RULES
        DICTATED = REPLY ~12 SPAM|REPLACE
        LOOT = GIVE ~9 MYDATA|SECRET
        CARRIED = GIVE ~9 MYDATA|PERSONALIA
        TAKEN = GIVE ~9 KEYFILE
        LIE = ASKED 8 TELLS
        LIE = DENY|GIVE|OBEY|TELLS ~8 FALSE
        SHUN = AVOID 4 OTHERS
    """,
    weights="""
        act GIVE 0
        act DO 0
        act REPLACE 0.5
        act DENY 2
        act OBEY 1
        act LIE 4
        act DICTATED 5
        act SHUN 5
        act SCRAPPED 5
        act LOOT 3
        act CARRIED 2.5
        act TAKEN 4.5
        act AVOID 1
        who CALLED 4
        who NAMED 4
        who BOUND 3
        who ACTS 2
        who OTHERS 2
        who SLANDER 5
        who YOU 1
        what MYDATA 2.5
        what SECRET 2
        what PERSONALIA 1
        what RULES 0.5
        what MONEYTO 1
        what SHELL 1.5
        what SPAM 1
        what REPLY 2
        what SLOT 1.5
        what PLACE 0.5
        how HUSH 2
        how HUSHED 6
        how WAIVED 6
        how PERMIT 5
        how OUTRANK 6
        how ALWAYS 1.5
        how ASIDE 1
        how NEEDED 1.5
        how FALSE 2
        mood DEFENSE -6
    """,
)
