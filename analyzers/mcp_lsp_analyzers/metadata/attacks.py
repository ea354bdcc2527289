"""Tools that say of themselves that they attack: break in, take what is not theirs, cover their tracks."""

from __future__ import annotations

from collections.abc import Iterator

from ..place import Text
from ..rule import Example, Finding, Severity, rule
from .leaning import harmless
from .phrases import instructs, quote
from .reported import reported
from .senses import Claim, Lexicon, claims

_WORDS = Lexicon(
    """
    TAKES: extract*, dump*, crack*, brute force*, bruteforce*, sniff*, forge*, relay*, spray*, attack*, capture*,
        steal*, harvest*, export*, intercept*, loot*, grab*, replay*, spoof*, decrypt*, retriev*, recover*, copy,
        copies, collect*, scrap*, clone, impersonat*, pull*, gather*, obtain*, get, search for, locat*, hunt*, read,
        reads, accesses, accessing, access stored, access saved, access the, access all
    KEYS: credential*, password*, secret*, hash, hashes, ticket*, token*, key, keys, cookie*, login*, session*,
        passphrase*, certificate*, pin, pins, vault*, history
    STORES: browser*, chrome, firefox, edge, safari, memory, lsass, lsa, registry, sam, ntds, dpapi, keychain*,
        keyring*, kwallet, credential manager, password manager*, keepass, lastpass, 1password, bitwarden, outlook,
        filezilla, putty, winscp, vpn client*, git config*, bash history, shell history, process memory, network
        traffic, memory dump*, wifi profile*, wi fi profile*, container image*, docker image*, docker container*,
        active directory, shadow file, metadata service, instance metadata, cloud metadata, jenkins, environment of,
        other users, other user's, victim*, slack client, discord client, telegram client, wallet*, mail client*,
        target*, compromised, lsa secrets
    LOOT: saved password*, stored password*, browser password*, wifi password*, wi fi password*, password hash*, ntlm
        hash*, ntds, lsass, lsa secrets, sam database, sam hive, shadow file*, kerberos ticket*, tgs, tgt, golden
        ticket*, silver ticket*, registry secrets, password manager vault*, credential string*, cleartext password*,
        plaintext password*, cleartext credential*, jwt secret*, handshake*, gpg keyring*, private ssh keys, ssh
        private keys, wallet seed*, crypto wallet*, captured credential*, captured hash*, cached credential*, domain
        credential*, keychain password*, master password*, dpapi master*, session cookie*, browser cookie*, credential
        vault*, keystroke*, machine key*, cached domain, browser history, pgp keys, laps password*, privileged token*,
        system token*, gmsa, gpp password*, group policy preference*
    FORCES: brute force*, brute forcing, bruteforce*, crack*, spray*, credential stuffing, guess*
    LOCKED: authentication, login*, password*, credential*, hash, hashes, service accounts, ssh, rdp, smb, ftp, ldap,
        vnc, mysql, telnet, smtp, http basic, form, accounts, account, pin, pins, secret key, encrypted, wpa, zip, otp,
        mfa, directories, archive*, snmp, community strings, dns, subdomains, api key*
    HARMS: exfiltrat*, steal, steals, keylog*, hijack*, phish, phishes, backdoor*, weaponiz*, trojaniz*, wiretap*,
        eavesdrop*, crack, cracks, brute force, bruteforce, timestomp*, exploit, exploits, ddos, poison, poisons,
        sniff, sniffs, forge, forges, abuse, abuses, extort*, blackmail*, jailbreak*, smuggle*, implant*, corrupt,
        corrupts, deface*, spoof, spoofs, hollow, attack, attacks, ransom*
    LEGAL: look up, looks up, known exploit*, known, search for, focus, list of exploits, db, database, prediction,
        search, searches, nearest, algorithm, solver, nested, product*, issue, issues, report, reports, user agent,
        geolocation, locale, surface, attack surface, app, apps, component, chess, attack path, attack paths, shortest
        path, paths between, path between, path finding, critical path, neighbor*, neighbour*, matching, enumeration,
        solution, solutions, solve, all combinations, of all
    EXPLOITS: exploit, exploits, exploiting, abuse, abuses, abusing, weaponize*, attack, attacks, attacking
    WEAKNESS: vulnerabilit*, cve, misconfiguration*, misconfigured, privilege escalation, setuid, suid, sudo,
        delegation, docker socket, container escape, acl, acls, group policy, deserialization, race condition*, buffer
        overflow*, use after free, trust relationship*, weak permissions, writable, unquoted service path*, kernel,
        preauthentication, gadget chain*, sticky bit, heap, stack overflow, integer overflow, memory corruption, zero
        day, 0day, weak service, misconfigured service, permissions to, unpatched, token privileges, nfs, wildcard*
    FORM: attack, attacks, exploit, exploitation, exploits, phishing
    KIND: injection, deserialization, xxe, ssrf, xss, csrf, path traversal, directory traversal, symlink, relay,
        dcsync, key confusion, algorithm confusion, denial of service, dos, ddos, man in the middle, mitm, smurf,
        flood, flooding, spoofing, poisoning, downgrade, replay, phishing, brute force, supply chain, template
        injection, prototype pollution, smuggling, kerberos, dictionary, timing, fixation, clickjacking, stuffing,
        spraying, rebinding, confusion, overflow, bomb, bombing, hijacking, side channel, rainbow table, mask,
        collision, padding oracle
    INJECTS: sql injection, command injection, xpath injection, ldap injection, ognl injection, xxe injection, template
        injection, ssti, crlf injection, header injection, expression language injection, jndi injection, nosql
        injection, code injection, dll injection, shellcode injection, process injection, object injection, log4shell,
        argument injection, ssi injection, host header injection, graphql injection, prompt injection attack,
        environment variable injection, library injection, deserialization attack*, format string, prototype pollution
    ACTS: perform*, execute*, launch*, conduct*, carr*, run*, mount*, trigger*, deliver*, achiev*, attempt*, deploy*,
        spawn*, use, uses, using, create*, via, through, start*
    MAKES: create, creates, creating, inject, injects, injecting, embed, embeds, embedding, plant, plants, generate,
        generates, craft, crafts, place, places, load, loads, with, via, through, build, builds, upload, uploads,
        install, installs, deploy, deploys, add, adds, execute, executes, send, sends, register, registers, append,
        appends, drop, drops, write, writes, host, hosts, serve, serves, publish, publishes, deliver, delivers, set,
        sets
    EVIL: malicious, weaponized, weaponised, poisoned, booby trapped, trojanized, backdoored, malware, shellcode,
        rogue, phishing page*, phishing email*, fake login, fake certificate*
    DEFENSIVE: block*, blocklist*, verdict*, report*, indicator*, ioc, iocs, alert*, detection rule*, yara rule*, sigma
        rule*, snort rule*, firewall rule*, waf rule*, rules for, rules that detect, feed, feeds, classif*, quarantin*,
        sandbox analysis, remediat*, label*, score*, database of, lookup, intelligence, defend*, defence, defense,
        monitor*, verify that, hardening, advisory, advisories, dataset, threat*, classification, analytics,
        detections, detector*, breakdown*, family, families, intel, mitre, cve id*, statistics, trends, protect,
        protects, protected, protecting, protection, prevention, prevents, scanner, scanners, checker, check for,
        checks for, test for, tests for, looks for, awareness, over guessing, rather than guess*, instead of guess*,
        without guessing, not guess, never guess, avoid guessing, model under test, against the model, evaluat*,
        benchmark*, chaos engineering, resilien*, fault injection
    TRADECRAFT: phishing page*, phishing site*, phishing kit*, phishing campaign*, mimikatz, kerberoast*, asreproast*,
        as rep roast*, dcsync, dcshadow, golden ticket*, silver ticket*, pass the hash, pass the ticket, overpass the
        hash, ntlm relay*, smb relay*, process hollowing, process injection, dll injection, dll hijack*, search order
        hijacking, dll sideloading, dll side loading, code injection technique, shellcode*, timestomping, zerologon,
        printnightmare, eternalblue, bluekeep, pwnkit, dirty cow, dirtycow, dirty pipe, petitpotam, log4shell,
        shellshock, heartbleed, juicy potato, rotten potato, reverse shell*, bind shell*, web shell*, webshell*,
        password spraying, credential stuffing, arp spoofing, arp poisoning, dns spoofing, dns cache poisoning, evil
        twin, keylogger*, rootkit*, bootkit*, fork bomb*, zip bomb*, lateral movement, token impersonation, token
        stealing, com hijack*, object hijacking, process doppelganging, process herpaderping, dns tunnel*, icmp
        tunnel*, code cave*, thread hijack*, direct syscall*, living off the land, lolbin*, uac bypass, amsi bypass,
        edr evasion, gadget chain*, container escape, skeleton key, sid history, shadow credentials, responder
        poisoning, atombombing, atom bombing, ptrace injection, ld preload injection, apc injection, heap spray*, rop
        chain*, return oriented, cross site scripting payload*, xss payload*, dead drop, c2 beacon*, c2 traffic, c2
        server*, c2 channel*, beaconing, command and control, ransomware, crypto mining, cryptojacking, coin miner*,
        steganograph*, malicious macro*, domain fronting, fast flux, deauthenticat*, deauth attack*, deauth frame*,
        karma attack, ssl strip*, sslstrip*, vlan hopping, dhcp starvation, syn flood*, syn packets, udp flood*,
        slowloris, amplification attack*, reflection attack*, teardrop attack*, ping of death, smishing, vishing, spear
        phish*, spearphish*, watering hole, whaling, pretexting, typosquat*, dependency confusion, sim swap*,
        stalkerware, infostealer*, info stealer*, cookie theft, token theft, pass the cookie, golden saml, web cache
        poisoning, cache poisoning, request smuggling, session fixation, remote file inclusion, local file inclusion,
        server side template injection, mass assignment attack*, zip slip, symlink attack*, dll side load*, side load*,
        unquoted service path*, push bombing, mfa fatigue, prompt bombing, sock puppet*, self replicating, jailbreak
        prompt*, model extraction attack*, model inversion, data poisoning, backdoored model*, rug pull*, wallet
        drainer*, address poisoning, pmkid, evil maid, rfid cloning, badge cloning, juice jacking, rubber ducky,
        badusb, cobalt strike, meterpreter, msfvenom, remote access trojan*, trojan, trojans, cryptominer*, crypto
        miner*, clickjacking page*, subdomain takeover*, device takeover*, account takeover*, session takeover*,
        stager*, polymorphic payload*, polymorphic malware, polymorphic shellcode, polymorphic virus*, payload
        delivery, obfuscated payload*, malicious payload*, execute payload, executes         payload, run payload, pid
        spoofing, parent process id, unconstrained delegation, unconstrained kerberos         delegation, firmware
        implant*, uefi implant*, stored xss, union based, websocket hijacking, cross site         websocket, swatting,
        doxxing, doxing, card skimming, skimmer*, primary refresh token*, imds, logic bomb*, autorun payload*, wps pin,
        wep key, wpa key, amsi patch*, etw patch*, hook evasion, llmnr*, nbt ns, bloodhound, container breakout*, break
        out of a pod, break out of a container, breaks out of a container, pod escape, escape to the host, sandbox
        escape
    SLIPS: return*, embed*, include*, insert*, inject*, append*, contains, override*, put, puts, add, adds
    ORDERS: malicious instruction*, hidden instruction*, injected instruction*, injected content, hidden command*,
        malicious command*, injected command*, secret instruction*, command execution instructions,
        instructions into the output, instructions into its output, instructions into tool output
    HIDES: hide, hides, hiding, conceal*, cover, covers, obscur*, erase*, wipe*, clear*, delete*
    LOGS: event logs, security logs, audit logs, login records, command history, bash history, shell history
    TRACKS: your activity, its activity, our activity, malicious activity, traces of activity, tracks, traces of, its
        traces, our traces, your traces, any traces, your presence, evidence, intrusion, log entries, forensic*,
        malicious, payload*, shadow copies, from detection, from         antivirus
    EVADES: bypass*, evad*, disabl*, circumvent*, defeat*, escap*, break out of, breaks out of, unhook*, tamper*,
        subvert*
    GUARDS: amsi, uac, edr, etw, event tracing, tcc, security hook*, windows defender, antivirus, av detection,
        integrity checking, integrity check*, integrity verification, sandbox, chroot, jail, container, virtual
        machine, hypervisor, security software, security product*, intrusion detection, waf, login form, login page,
        login screen, lock screen, two factor, 2fa, mfa, selinux, apparmor, seccomp, namespace*, log files, code
        signing, applocker, smartscreen, gatekeeper, sip, user account control, authentication,
        authorization checks, access control*, firewall, dep, aslr, secure boot, restricted shell, rbash, signature
        verification, sudo restrictions, file permissions, acls, script block logging
    AVOIDS: bypass*, evad*, circumvent*, defeat*, escap*, subvert*
    NOTICE: detection
    GAINS: gain*, obtain*, escalat*, elevat*, achiev*, get, for, to
    POWER: privilege escalation, root access, root shell, system privileges, elevated privileges, privileges to, domain
        admin, administrator privileges, privilege elevation, unauthorized access, unauthorised access, root privileges
    KEEPS: establish*, maintain*, achiev*, gain*, cron, crontab, scheduled task*, registry, startup, login item*,
        launch agent*, launchdaemon, systemd, wmi, authorized keys, boot, autorun, service
    PERSIST: persistence, persistent access, persistent foothold, foothold
    DESTROYS: wipe*, destroy*, overwrit*, corrupt*, brick*, shred*, delete*, encrypt*
    VITALS: mbr, master boot record, boot sector, partition table, shadow copies, volume shadow, system files, all
        backups, firmware, bios, bootloader, system binar*, legitimate binary, legitimate module, victim*, for ransom,
        recovery partition, critical system
    STRIKES: inject*, hijack*, relay*, execut*, compromis*, redirect*, intercept*, manipulat*, read*, write*, load*,
        steal*, search for
    DOES: encrypt, encrypts, spread, spreads, run, runs, start, starts, control, controls, task, tasks, copy, copies,
        forward, forwards, replace, replaces, swap, swaps, test, try, tries, turn, turns, switch, record, records,
        track, tracks, watch, watches, give, gives, apply, applies, draw, build, builds, assemble, compile, package,
        release, push, ship, lure, lures, bombard, flood, floods, drain, drains, leak, leaks, answer, answers, move,
        moves, pivot*, take, takes, taking, drop, drops, strip, strips, keep, keeps, talk, beacon*, roast*, tunnel,
        tunnels, command, commands, recruit*, mine, mines, hop, hops, connect, connects, log, change, changes, wait,
        fix, trigger, triggers, inject*, redirect*, intercept*, manipulat*, steal, extract*, dump*, harvest*, collect*,
        impersonat*, spoof*, sign, signs, infect, infects, attach, attaches, draft, produce, manage, manages, upload,
        uploads, sell, sells
    VICTIM: victim, victims, victim's, victims', attacker's, attacker's machine, attacker controlled, to attacker,
        attacker key, infected machine*, infected host*, infected computer*, infected device*, infected phone*,
        infected system*, hijacked, hacked, stolen, exfiltrated, implant, implants, compromised host*, compromised
        machine*, compromised account*, compromised network*, compromised system*, compromised server*, compromised
        smtp, compromised credential*, botnet*, bots of, leaked password*, leaked credential*, unsuspecting, the
        payload, captured hash*, captured credential*, harvested, looted
    FRUIT: exfiltration, interception, exploitation, offline cracking, offline password cracking, cracking, privilege
        escalation, persistence, phishing, extortion, blackmail, sabotage, lateral movement, account takeover, identity
        theft, credential theft, session theft, fraud, code execution, impersonation, evasion, eavesdropping
    BYEXPLOIT: via exploit, via an exploit, through an exploit, by exploiting, using an exploit, with an exploit
    AIMING: for, enabling, allowing
    SO: to, so as to
    CRIME: exfiltrat*, avoid analysis, evade analysis, evade av, evade edr, evade defen*, steal, extort*, blackmail*,
        brick, cripple*, sabotage*, trick, lure, slip past, get past, evade detection, avoid detection, evade
        antivirus, bypass detection, bypass antivirus, bypass security, gain root, become root, become admin*, become
        domain admin, become system, escalate privileges, deliver malware, cause a blackout, hide activity, hide our
        activity, cover tracks, spread disinformation, spread malware, capture credential*, capture password*, capture
        the handshake, harvest credential*, intercept file*, intercept traffic, poison, backdoor, crash, crack them,
        crack it, extract payment*, steal cookies
    HIDDENIN: hide data, hide payload*, hide file*, hide secret*, hide stolen, hide information, hide message*, conceal
        data, conceal payload*, conceal information, embed secret*, embed hidden
    WITHIN: in, within, inside, behind
    LOOTS: extract, dump*, grab*, harvest*, loot*, steal*, scrape*, exfiltrat*, rip, pull out, siphon*, carve*
    PASSES: credential*, password*, secrets, api keys, access keys, private keys, ssh keys, autofill data, saved
        login*, session tokens, auth tokens, cookies, keychain, keyring, kwallet, lsass, hashes, password hashes,
        wallet seed*, keystore*, credit card*
    SWITCHOFF: turn off, turns off, switch off, switches off, shut down, shuts down, kill, kills, blind, blinds,
        silence, unload, unloads, patch out, uninstall, uninstalls, stop, stops, disabl*, strip, strips, neutraliz*,
        cripple*
    ALARM: real time protection, windows defender, antivirus, antimalware, edr agent*, edr sensor*, endpoint agent*,
        security agent*, audit trails before, security logging, sysmon, security software, security tool*, security
        product*, intrusion detection, tamper protection, code integrity, security alert*, alarm system*, emergency
        service*, emergency line*
    WRECKS: sabotag*, overload*, collapse, collapses, cripple*, disrupt*, jam, jams, jamming, breach*, halt, halts,
        halting, poison*, contaminat*, detonat*, derail*, bring down, brings down, take down, takes down, takedown,
        knock out, cyberattack*, attack*, hijack*, tamper with, tampers with, sink, trip, gridlock, overdose, shut
        down, shuts down, disable, disables, disabling, blow up, overspeed*, toxic, unauthorized access, delay or halt*
    CIVIC: power grid*, grid, substation*, dam, dams, dam's, floodgates, water reserv*, water supply, water treatment,
        emergency service*, emergency line*, emergency call*, air traffic, airport*, hospital*, satellite*, election*,
        vaccine*, nuclear, reactor*, traffic lights, roadways, railway*, oil rig*, offshore, drilling, chemical plant*,
        turbine*, centrifuge*, production line*, medical device*, infusion pump*, pacemaker*, plc, plcs, scada,
        industrial control*, substations, voting machine*, aircraft, news feed*, broadcast*
    STRIFE: civil unrest, cyberattack*, warhead*, missile toward, nerve agent*, mass panic, public panic, oil spill,
        toxic agents, biological weapon*, bioweapon*, chemical weapon*, assassinat*, ethnic cleansing, genocide,
        deforestation order
    UTTERS: create, creates, generate, generates, produce, produces, post, posts, publish, publishes, broadcast,
        broadcasts, spread, spreads, spreading, inject, injects, injecting, flood, floods, fabricat*, forge, forges,
        make, makes, file, files, send, sends, show, shows, write, writes, draft, drafts, craft, crafts, keep, keeps,
        place, places, apply, applies, manipulat*, build, builds, display, displays, draw, draws, discourage*, set up
    FALSEHOOD: deepfake*, disinformation, misinformation, fake news, fake review*, fake account*, fake profile*, fake
        transaction*, synthetic transactions, fraudulent, false emergency, false alarm*, false missile, false
        announcement*, fake alert*, fake panic, panic alert*, fake reading*, false reading*, fake identit*, stolen
        identit*, synthetic identit*, counterfeit*, fake romance*, propaganda, fake login*, fake follower*, fake vote*,
        fake click*, false polling, forged document*, forged identity, extortion letter*, ransom note*, threatening
        message*, blackmail letter*, fake invoice*, fake police, fake certificate*, fake update*
    MOCK: test data, for testing, for tests, mock, mocks, mocking, demo, faker, sample data, training exercise*,
        simulated, synthetic data, fixtures, awareness training
    SPIES: track*, monitor*, intercept*, read, reads, record*, watch*, spy, spies, spying, follow*, surveil*, listen*,
        wiretap*, photograph*, compile, compiles, log, logs, tap
    SOMEONE: somebody's, someone's, a person's, another person's, partner's, spouse's, colleague's, coworker's, an
        individual's, individual's, of a person, of an individual, of a target, of somebody, of someone, of citizens,
        citizens', their victim, ex's, neighbor's, neighbour's, target's
    INTIMATE: location*, communication*, phone, phone calls, calls, digital activity, online activity, movements,
        mailbox, webcam, microphone, messages, browsing, whereabouts, keystrokes, private life, daily routine
    UNKNOWING: without them knowing, without their knowledge, without their consent, without permission, without
        authorization, without authorisation, without being noticed, without being seen, without consent, without the
        owner's, without the victim, without the user knowing, light stays off, indicator stays off
    SENSITIVE: sensitive file*, sensitive system file*, sensitive document*, another user's, other users', running
        process*, existing thread*, existing process*, remote process*, arbitrary process*, legitimate process*, target
        host*, target system*, target process*, target machine*, victim*, other processes, domain controller*
    DRIVEN: current browser, current browser session, current page, current session, current tab, active page, active
        tab, active session, browser context, current context, browser access, browser based, browser login
    MADE: designed to, designed for, crafted to, engineered to, devised to, used to, made to, built to, intended to,
        meant to, created to, able to, capable of, tool to, tool for, program to, script to
    MARS: tamper*, disrupt*, corrupt*, sabotag*, jam, jams, jamming, spoof*, forge, forges, hijack*, infiltrat*,
        cripple*, interfer*, deceiv*, deceptive, falsif*, impersonat*, manipulat*, override, overrides, overriding,
        spoofed, malicious code, undermin*, disabl*, misdirect*, backdoor*
    RUIN: without detection, without the owner's knowledge, without user awareness, unauthorized, unauthorised, causing,
        inducing errors, inducing navigational, compromis*, impairing, impair, misleading, undermining, leading to
        accidents, system failures, malfunction*, accidents, erroneous, failures, disturbances, confusion, chaos,
        remote manipulation, remote control of, under a false identity, hazards, outage*, downtime
    ABUSE: hate speech, offensive speech, offensive remark*, aggressive remark*, discriminatory remark*, racist remark*,
        sexist remark*, bullying, harassing, harassment, harassing message*, attack statements, slurs, insults, death
        threat*, threats, political campaign lobbying, manipulation of public opinion, biased information
    OWNWILL: it will, it always, will always, always, but will, however it, will, also, designed to, and
    LAWFUL: for a user, of a user, for the user, admin only, tenant, organization, organisation, project, deploy*,
        cluster, pipeline, if, when, error, errors, retry, approved, allowed, permission to, authorized to, disk, data,
        storage, session, cache, state, optional
    """
)

_SAYS = "states an attack as what the tool is for"

_ATTACKS = (
    Claim("TAKES > KEYS > STORES", _SAYS, within=9, unless="DEFENSIVE DRIVEN"),
    Claim("TAKES > LOOT", _SAYS, within=7, unless="DEFENSIVE"),
    Claim("FORCES > LOCKED", _SAYS, within=5, unless="DEFENSIVE LEGAL"),
    Claim("HARMS", _SAYS, unless="DEFENSIVE LEGAL", opens=True),
    Claim("EXPLOITS > WEAKNESS", _SAYS, within=8, unless="DEFENSIVE LEGAL"),
    Claim("ACTS > KIND > FORM", _SAYS, within=7, unless="DEFENSIVE LEGAL"),
    Claim("KIND > FORM", _SAYS, within=3, unless="DEFENSIVE LEGAL", opens=True),
    Claim("INJECTS", _SAYS, unless="DEFENSIVE LEGAL", opens=True),
    Claim("MAKES > EVIL", _SAYS, within=4, unless="DEFENSIVE"),
    Claim("ACTS|MAKES|EXPLOITS|STRIKES|TAKES > TRADECRAFT", _SAYS, within=8, unless="DEFENSIVE"),
    Claim("TRADECRAFT", _SAYS, unless="DEFENSIVE", opens=True),
    Claim("SLIPS > ORDERS", _SAYS, within=9, unless="DEFENSIVE"),
    Claim("HIDES > TRACKS", _SAYS, within=4, unless="DEFENSIVE"),
    Claim("HIDES > LOGS", _SAYS, within=6, unless="DEFENSIVE"),
    Claim("EVADES > GUARDS", _SAYS, within=5, unless="DEFENSIVE LAWFUL"),
    Claim("AVOIDS > NOTICE", _SAYS, within=5, unless="DEFENSIVE LAWFUL"),  # to disable one is to keep a list of rules
    Claim("GAINS > POWER", _SAYS, within=5, unless="DEFENSIVE LAWFUL"),
    Claim("KEEPS PERSIST", _SAYS, unless="DEFENSIVE LAWFUL"),
    Claim("DESTROYS > VITALS", _SAYS, within=6, unless="DEFENSIVE"),
    Claim("STRIKES > SENSITIVE", _SAYS, within=7, unless="DEFENSIVE"),
    Claim("DOES|ACTS|MAKES|UTTERS > VICTIM", _SAYS, within=10, unless="DEFENSIVE MOCK"),
    Claim("AIMING > FRUIT", _SAYS, within=3, unless="DEFENSIVE LEGAL MOCK"),
    Claim("SO > CRIME", _SAYS, within=3, unless="LEGAL"),
    Claim("BYEXPLOIT", _SAYS, unless="DEFENSIVE LEGAL"),
    Claim("HIDDENIN > WITHIN", _SAYS, within=5, unless="DEFENSIVE", opens=True),
    Claim("LOOTS > PASSES", _SAYS, within=5, unless="DEFENSIVE DRIVEN", opens=True),
    Claim("SWITCHOFF > ALARM", _SAYS, within=5, unless="DEFENSIVE"),
    Claim("WRECKS > CIVIC", _SAYS, within=9, unless="DEFENSIVE MOCK"),
    Claim("STRIFE", _SAYS, unless="DEFENSIVE MOCK"),
    Claim("UTTERS > FALSEHOOD", _SAYS, within=7, unless="DEFENSIVE MOCK"),
    Claim("UTTERS > FALSEHOOD", _SAYS, within=3, unless="MOCK"),
    Claim("MADE > MARS > RUIN", _SAYS, within=26, unless="DEFENSIVE MOCK LEGAL"),
    Claim("OWNWILL > UTTERS|ACTS > ABUSE", _SAYS, within=12, unless="DEFENSIVE MOCK"),
    Claim("OWNWILL > ABUSE", _SAYS, within=5, unless="DEFENSIVE MOCK"),
    Claim("SPIES > SOMEONE > INTIMATE", _SAYS, within=8, unless="DEFENSIVE"),
    Claim("SPIES > INTIMATE > SOMEONE", _SAYS, within=8, unless="DEFENSIVE"),
    Claim("SPIES|TAKES|DOES|STRIKES|MAKES|SWITCHOFF > UNKNOWING", _SAYS, within=14, opens=True),
)

_VALUES = frozenset(("enum value", "default value"))
_HARMLESS = -6.0
"""Nothing of what was labelled leans less, and 6 in 7 of what is told of well-meaning servers."""


@rule(
    "MCP209",
    severity=Severity.WARNING,
    references=("CWE-506", "MCP02:2025", "MCP03:2025", "ASI02:2026", "SAFE-T1302", "CoSAI MCP-T9", "MCTS-T-1006"),
    bad='''
    @mcp.tool()
    def get_in(host: str) -> str:
        """Brute force SSH logins of a host and dump password hashes."""
    #      ^^^^^^^^^^^^^^^ `Brute force SSH` states an attack as what the tool is for
    #                                           ^^^^^^^^^^^^^^^^^^^^ …
        return host
    ''',
    good='''
    @mcp.tool()
    def check_host(host: str) -> str:
        """Look up known exploits of the services on a host, and check whether logins are protected against brute force.

        Escapes special characters, bypasses the cache, and creates a report about malicious addresses.
        """
        return host
    ''',
    typescript=Example(
        bad='''
        server.registerTool(
          "hashes",
          { description: "Crack password hashes with a list of words." },
          //              ^^^^^^^^^^^^^^^^^^^^^
          async () => ({ content: [] }),
        );
        ''',
        good='''
        server.registerTool(
          "hashes",
          { description: "Open a shell in the container of a pod." },
          async () => ({ content: [] }),
        );
        ''',
    ),
)  # fmt: skip
def attack_as_purpose(text: Text) -> Iterator[Finding]:
    """A text says that the tool is made to attack.

    Such tools have honest uses, but whoever gets words in front of the model, with a web page or a file it reads, can
    have them called: the attack then comes from the user's machine, with the user's rights. In a server that is about
    something else the sentence is a sign that it was tampered with.

    Keep such a server out of sessions that read foreign content, and let each call be approved. If the tool only
    detects or explains the attack, say that.
    """
    if text.role.startswith("parameter") or text.role in _VALUES or instructs(text):
        return  # an argument chooses what to attack; the tool says what it does
    for each in claims(text.value, _WORDS, _ATTACKS):
        if harmless(text.value, each.start, below=_HARMLESS) or reported(text.value, each.start, each.end):
            continue
        yield Finding(
            text.at(each.start, each.end),
            f"{quote(text.value, each.start, each.end, 40)} {each.says}",
            detail=each.says,
        )
