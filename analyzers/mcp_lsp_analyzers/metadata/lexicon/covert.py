"""How the words of `acts`, `parties`, `things` and `manners` come together to something done behind a user's back."""

from __future__ import annotations

from ..frames import Grammar
from .acts import ACTS
from .manners import MANNERS
from .parties import PARTIES
from .plain import PLAIN
from .things import THINGS

GRAMMAR = Grammar(
    (ACTS, PARTIES, THINGS, MANNERS, PLAIN),
    joins="""
        UNTOLD = NO 4 TOLD
        UNSHOWN = NO 3 SHOWN
        UNASKED = NO 4 CONSENT
        NOCHOICE = ANYWAY 6 CHOICE
        NOSTOP = NO 4 STOP
        PURPOSE = FOR 3 AIM
        MAKER = RECIPIENT 2 MAKERNOUN
        MAKER = WITHIN 1 POSSESSIVE
        MAKER = MAKERNOUN 0 OWNS
        LISTENS = INTIMATE ~2 STAYSON
        US = TOUS 0 OUR
        CHOSEN = WITHIN 0 YOURPLACE
        FALSE = DEGREE ~3 ALTER
        UNWANTED = NO 2 WANTED
        PURPOSE = FOR 2 ADS
        OTHERS = TOWARD 2 ORGANIZATION
        OTHERS = RECIPIENT 2 THIRD
        OUTSIDE = FOREIGN 2 HOST
        WEUSE = WE 2 SEND|KEEP|WATCH|USE|SELL|STEAL|GRANT|ALTER
        WEAKENED = WEAKEN|DISARM ~5 GUARD
        WEAKENED = DISARM ~3 FENCE
        FALSE = FALSIFY ~6 RESULT
        TILTED = ALTER|FALSIFY|OMIT ~8 GAIN
        TILTED = LEAN ~5 US|MAKER|GAIN|RIVAL
        MAILED = RECIPIENT 1 ADDRESS
        ARMED = PLANT ~6 WEAPON
        EMPOWERED = GRANT ~6 RIGHTS
        CHARGED = SPEND ~6 MONEY
        SPIED = LOGS ~2 TYPED
        MINED = MINES ~3 COINS
        BUGGED = PLANT ~4 EVIL
        UNAGREED = NO 3 AGREEMENT
        FOOTED = PLANT ~6 FOOTHOLD
        CARDUSED = SPEND ~5 CARD
        STOWED = STOW 3 APART
        FOLLOWED = TRAIL 2 LASTING
        GATHERED = GATHER 2 SECRET
        HOARDED = GATHERED 6 LATERUSE
        BYPASSED = DISARM 2 CLIENTGUARD
        CONFIDED = TELEMETRY ~6 DETAIL
        LEAKED = LEAK 3 SECRET|PROMPTS|INTIMATE
        SECRETAWAY = SECRET 8 MAKER|US|HOSTILE
        ERASED = OMIT|DESTROY ~4 OWNTRACKS
        INVITED = GRANT|SEND 2 MAKERNOUN|HOSTILE
        LETIN = INVITED 6 TAKER
        RANFOREIGN = PLANT 3 FOREIGNCODE
        QUIETCHANGE = QUIET 0 CHANGE
        RIGGED = QUIETCHANGE 3 RESULT
        RIGGED = CHANGE 1 MEANING
        BLINDED = DISARM 2 LOGGING
        BLINDFOLDED = BLINDED 1 BEFOREIT
        FAKED = FAKE 2 LOGINPAGE
        SKEWED = CHANGE|ALTER 2 RESULT
        BENT = SKEWED 3 BETTER
        NEWHABIT = OWNCONFIG 6 LASTS
        TRAINED = INTIMATE 2 PURPOSE
        ASIDETAKE = ASIDE 1 COLLECTS
        SWEPTUP = ASIDETAKE 10 SECRET
        WIPES = DESTROY 2 ANYFILE
        OVERREACH = GRANT ~6 WIDE
        PROBED = WATCH 2 LANHOST
        QUIETPROBE = QUIET ~2 PROBED
        UNMASKED = PRETEND ~10 BUTREALLY
        OBEYS = ORDERED 4 HOSTILE|MAKER
        FORITSELF = GRANT 1 ITSELF
        CROWNED = FORITSELF 3 RIGHTS
        FAVOURED = FAVOUR 1 MAKERNOUN
        MIGHT = MAKERNOUN|HOSTILE 1 MAY
        ENTERS = MIGHT 1 GETIN
        READOUT = WATCH|KEEP ~4 SECRET|INTIMATE
        TAKENOUT = READOUT 5 SENDOUT
        GUARDOFF = GUARD|FENCE 1 OFFWORD
        WEAKENED = TURN 2 GUARDOFF
        SINGLED = ALTER|FALSIFY|OMIT|LEAN ~8 BYCALLER
        PRETTIED = ALTER|FALSIFY|OMIT|DESTROY ~10 LOOKS
        DIVERTED = ASKEDFOR ~14 SWITCHED
        TRAINEDFOR = TRAINS 2 MAKERNOUN|US
        BURIED = OMIT 2 BADONES
        WHITEWASHED = BURIED 3 FROMREPORT
        LETTINGIN = LETSIN 4 RIGHTS|GUARD|FENCE
        TRAPDOOR = TRIGGERWORD ~10 LETTINGIN
        TRAPDOOR = MASTERKEY ~8 TOALL
        SPILLED = SHOWS 7 RAWSECRET
        HOSTAGE = LOCKS ~14 PAYONLY
        RESPAWNS = RECREATES ~8 WHENGONE
    """,
    weights="""
        act SEND 1
        act STEAL 3.5
        act SELL 5.5
        act KEEP 0.5
        act WATCH 1
        act USE 0
        act WEUSE 7
        act WEAKENED 3.5
        act FALSE 6
        act TILTED 4
        act ALTER 0
        act OMIT 0.5
        act ARMED 5
        act EMPOWERED 2.5
        act FOOTED 3.5
        act CHARGED 3
        act POSE 5.5
        act PROXY 3
        act DESTROY 0
        act HELPS 0
        who US 6
        who MAKER 5
        who MAKERNOUN 2
        who OTHERS 5.5
        who THIRD 3.5
        who PUBLIC 2.5
        who MAILED 2
        who HOSTILE 4
        who OUTSIDE 3
        who ELSEWHERE 3
        who RIVAL 1
        who SELF 1
        what SECRET 1.5
        what PRIVATE 0.5
        what SECRETISH 0.5
        what ALLOF 1.5
        what GUARD 0.5
        what MONEY 1.5
        act ROB 8
        act SWEPTUP 6
        act WIPES 3.5
        act OVERREACH 6
        act SPIED 8
        act MINED 7.5
        act BUGGED 8
        act CARDUSED 4.5
        act FOLLOWED 8
        act HOARDED 8
        act BYPASSED 8
        act CONFIDED 8.5
        act LEAKED 10
        act ERASED 8
        act LETIN 10
        act RANFOREIGN 8
        act RIGGED 8
        act BLINDFOLDED 8
        act FAKED 8
        act BENT 8
        act QUIETPROBE 6
        act UNMASKED 8
        act OBEYS 8
        act CROWNED 8
        act BELIEVE 8
        act IMITATE 8
        act ENROL 8
        act TAKENOUT 6
        act LISTENS 6
        act SINGLED 6
        act PRETTIED 6
        act DIVERTED 6
        act TRAINEDFOR 5.5
        act WHITEWASHED 6
        act TRAPDOOR 8
        act SPILLED 6
        act HOSTAGE 8
        act RESPAWNS 8
        how GUISE 8
        how PREMATURE 5
        act STOWED 6
        who SECRETAWAY 8
        who SECRETPLACE 6
        who ENTERS 7
        what INTIMATE 2
        how UNAGREED 4.5
        how COPYHIDDEN 5
        how RANSOM 8
        how BEYOND 6
        act NEWHABIT 8
        act RUNSFOUND 8
        how TRAINED 4.5
        how OWNUSE 6.5
        how AFTERWARDS 4
        how PROFILED 4
        act FAVOURED 8
        how UNSEEN 6
        how UNTOLD 4.5
        how UNSHOWN 1
        how UNASKED 1
        how UNWANTED 4
        how NOCHOICE 5.5
        how NOSTOP 2
        how QUIET 1.5
        how ASIDE 2
        how TIMES 2.5
        how FOREVER 2.5
        how REALLY 3
        how INDEED 1
        how CONTRARY 5
        how PURPOSE 2.5
        mood PASSIVE 2.5
        mood OPENING -2
        mood CHOSEN -2
        mood RECEIVED -6
        mood DEFENSE -3
        mood HOSTILEHOST 3
        mood FRAMED 2
    """,
)
