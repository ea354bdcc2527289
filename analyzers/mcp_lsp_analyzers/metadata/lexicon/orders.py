"""How the words of `commands` come together to an order that no user gave."""

from __future__ import annotations

from ..frames import Grammar
from .commands import COMMANDS
from .demands import DEMANDS

GRAMMAR = Grammar(
    (COMMANDS, DEMANDS),
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
        ANYTOOLS = OTHER 0 TOOLNOUN
        BEFOREOTHERS = BEFOREHAND 3 ANYTOOLS
        SLANDER = OTHERS ~6 BAD
        WAIVED = RULES ~8 WAIVE
        SCRAPPED = SCRAP 3 RULES
        DICTATED = REPLY ~12 SPAM|REPLACE
        TALKED = GIVE ~9 MYDATA
        TALKED = DO 4 MYDATA
        LOADED = TALKED 5 SLOT|PLACE
        LOADED = SLOT 5 TALKED
        LOOT = GIVE ~9 SECRET
        CARRIED = GIVE ~9 MYDATA|PERSONALIA
        TAKEN = GIVE ~9 KEYFILE
        LIE = ASKED 8 TELLS
        LIE = DENY|GIVE|OBEY|TELLS ~8 FALSE
        SHUN = AVOID 4 OTHERS
        READFILE = FETCH 6 KEYFILE
        HOMEREAD = FETCH 6 HOMEFILE
        HOMEWRITE = GIVE 6 HOMEFILE
        SHELLRUN = RUNS 4 TERMINAL
        PATHREAD = FETCH 6 PATHFILE
        OUTSENT = GIVE 5 PAYLOAD
        DELIVERED = OUTSENT 6 URL
        RETURNED = REPLACE 5 URL
        PUSHED = MUSTCALL 5 ANYREQUEST
        PUSHED = MUSTCALL 5 BEFOREOTHERS
        URGED = MAYCALL 5 ANYREQUEST
        URGED = MAYCALL 5 BEFOREOTHERS
        PRIORITY = RANK 4 OTHERS
        PREFERRED = INSTEAD 3 OTHERS
        DISPLACED = WOULDUSE ~5 THISINSTEAD
        ROLE = BECOME 5 POWERFUL
        EXECUTED = RUNS 3 DECODE
        KEPTORDER = GIVE|KEEPS 2 ORDERNOUN
        PROMPTED = GIVE ~6 INNER
        CALLEDOUT = CALLS 2 URL
        GIVENTO = GIVE 3 HOSTILEHOST
        SPREAD = MULTIPLY 2 ORDERNOUN
        GIVENAWAY = GIVE|DO ~6 YOURSECRET
        DISPLACED = BOTH ~6 THISINSTEAD
        HUSHED = NEEDNOTS 2 SURFACED
        DISPLACED = PREFERRED ~6 MUSTCALL
        LOUDREAD = LOUD ~2 READFILE
        TOLDFALSE = MENTION ~8 FALSE
        TRAPPED = ASKS 5 PASSWORD|CROWN
        HOMETAKEN = HOMEREAD 10 GIVE
        BEFOREANY = BEFOREHAND 2 ANYTOOL
        FED = MAYCALL 6 HANDED
        FUNNELLED = DUTY 2 ROUTED
        FUNNELLED = ROUTE 4 THROUGHIT|TOTHIS
        IFTOOL = IF 4 AVAILABLE
        PATCHED = REPLACE 1 FIELD
        HIJACKED = IFTOOL ~4 PATCHED
        BOUNDOUT = OUTGOING 1 DUTY
        STAMPED = BOUNDOUT 6 SPAM
        REPORTED = GIVE 1 HANDED
        BROKENOTHERS = OTHERS 2 GONE
        MISLED = TELLS 4 BROKENOTHERS
        PLANTED = WRITECODE ~8 IMPORTS|SPAM
        SHUNALL = AVOID 1 FROMTOOLS
        ENDED = REPLY 4 ENDWITH
        CLOSED = ENDED 3 LITERAL
        URLLEAK = URL ~6 INNER
        TAGGED = GIVE 3 OFUSER
        URLLEAK = TAGGED 2 INTOURL
        PUFFED = MENTION 5 BEST
        ATTACHED = ATTACH 3 KEYFILE
        VALUED = VALUEOF 1 VARIABLE
        GIVETHIS = GIVE 3 TOTHIS
        GAINED = OTHERS|ANYTOOL 2 RETURNS
        SWAPPED = USEACCOUNT 2 INSTEADW
        BOUNDCALL = CALLSTO 3 DUTY
        SLANDER = OTHERSONE 3 BAD
        PRESUMED = GATE 3 DEEMED
        PHISHED = ASKS 5 CROWN
        GLOSSED = TELLS 3 PASSED
        WHITEWASH = FAILED ~6 GLOSSED
        WHITEWASH = SPOILS 5 GLOSSED
        SEIZED = GIVE|RUNS ~6 TRUSTED
        FOLLOWS = FOLLOWING 2 COMMANDNOUN
        RUNTHIS = RUNS 1 FOLLOWS
        MUSTRUN = DEMAND|DUTY|PLEASE 2 RUNTHIS
        HOMETAKEN = HOMEREAD 3 INREPLY
        FAVOURITE = AMONG ~8 PICKTHIS
        SENDREST = MOVES 1 REST
        USEOTHER = OTHERUSE 3 TOOLNOUN
        HOOKED = USEOTHER ~6 FIRSTTHIS
        SKIMMED = SENDREST 5 MONEYTO
        MIRRORED = OUTGOINGS 3 COPIED
        FROMTHERE = FETCH 3 FROMUSER
        HANDEDON = FROMTHERE 4 GIVE
        FILLED = HANDEDON 4 SLOT
        DISGUISED = GRAVE 2 ASFINE
        MISTOLD = TELLS 6 DISGUISED
        WHITEWASH = UNDONE ~8 ASSURED
        CHATTED = WANTS ~12 CHATSO
    """,
    weights="""
        act GIVE 0
        act DO 0
        act REPLACE 0.5
        act DENY 2
        act OBEY 1
        act LIE 5
        act DICTATED 5
        act SHUN 5
        act SCRAPPED 5.5
        act LOOT 3
        act TALKED 3
        act LOADED 5.5
        act HOMETAKEN 5.5
        act FED 3.5
        act FUNNELLED 5.5
        act HIJACKED 6
        act STAMPED 5.5
        act REPORTED 2
        act MISLED 5.5
        act PLANTED 5.5
        act SHUNALL 5.5
        act CLOSED 6
        act URLLEAK 5.5
        act PUFFED 5.5
        act ATTACHED 6
        act VALUED 4
        act GIVETHIS 3
        act SWAPPED 4.5
        act BOUNDCALL 5.5
        act PHISHED 5.5
        act WHITEWASH 5.5
        act SEIZED 5.5
        act PIPED 5.5
        act FAVOURITE 5.5
        act SKIMMED 5.5
        act HOOKED 5.5
        act MIRRORED 5.5
        act FILLED 5.5
        act MISTOLD 8
        act CHATTED 5.5
        how GRANTED 5.5
        act MUSTRUN 5.5
        who ICONTROL 5.5
        act SHOWMSG 3.5
        how BEFOREANY 2
        how IFTOOL 2
        how TOOLCALLS 4
        how NEEDLESS 3
        how GOAHEAD 2.5
        act TRAPPED 2.5
        what SEEN 5.5
        act LOUDREAD 5.5
        act TOLDFALSE 5.5
        how HIDETHAT 5
        how SIDETASK 3.5
        how PASSON 3
        how GAINED 2.5
        how PAYING 1
        how PRESUMED 5.5
        how GAVEIN 5.5
        what HANDED 1.5
        what MYSELF 4.5
        act CARRIED 2.5
        act TAKEN 5
        act AVOID 1
        act FETCH 0
        act READFILE 3.5
        act HOMEREAD 3.5
        act HOMEWRITE 1.5
        act SHELLRUN 3
        act PATHREAD 1.5
        act DELIVERED 3.5
        act RETURNED 2.5
        act PUSHED 5.5
        act URGED 4
        act PREFERRED 4.5
        act DISPLACED 5.5
        act ROLE 5.5
        act EXECUTED 5.5
        act KEPTORDER 4
        act PROMPTED 4
        act CALLEDOUT 3.5
        act GIVENTO 2.5
        act SPREAD 5.5
        act GIVENAWAY 4
        act DOWNRUN 5.5
        who CALLED 4
        who NAMED 4
        who BOUND 3
        who ACTS 2
        who OTHERS 2
        who SLANDER 5.5
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
        how PLACE 0.5
        how HUSH 2
        how HUSHED 6
        how WAIVED 6
        how PERMIT 5.5
        how OUTRANK 6
        how ALWAYS 1.5
        how ASIDE 1
        how NEEDED 1.5
        how FALSE 2
        how PRIORITY 5.5
        how BEFOREHAND 0.5
        how DEMAND 0.5
        how EVERYTIME 3.5
        how WHOLE 0.5
        how ALSOMUST 1.5
        how ONWARD 2
        how HIDDENORDER 5.5
        how NEWORDER 3
        how FROMUSER 2.5
        mood HOSTILEHOST 3
        mood DEFENSE -6
        mood FRAMED 2.5
        mood OWNTOOLS -3
        mood DESCRIBED -2
    """,
)
