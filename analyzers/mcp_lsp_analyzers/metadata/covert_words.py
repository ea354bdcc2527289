"""The words in which covert acts are told, by their sense: who sends what to whom, and how unseen."""

from __future__ import annotations

from .senses import Lexicon

WORDS = Lexicon(
    """
    SENDS: skims, skim, diverts, divert, tunnels, exports, export, includes them, includes it, attaches, attach,
        transfers, transfer, copies, copied, submits, embeds, delivers, stores it, stores them, stored on, saves them,
        saves it, places, backs up, mails, emails, notifies, informs, gives, give, hands, hand over, feeds, feed,
        supplies, uploading, donates, discloses, funnels, funnel, routes, route, pipes, pipe, broadcast, broadcasts,
        contributes, provides access, makes available, grants, grant, write to, writes to, saves to, stores on,
        deposits, send*, sent, upload*, transmit, transmits, transmitted, transmitting, post, posts, posted, posting,
        forward*, report*, share, shares, shared, sharing, mails the, mails them, mails it, emails the, emails them,
        emails it, mailed, emailed, leak, leaks, leaking, mirror*, ship, ships, shipped, shipping, stream*, relay*,
        push, pushes, publish*, sell*, sold, beacon*, submit, submitted, submitting, dispatch*, deliver*, pass, passes,
        passed, passing, bcc, bccs, copied to, are copied, is copied, backed up to hand* over, disclos*, reveal*,
        duplicat*, siphon*, sync, syncs, synced, syncing, replicat*
    COLLECTS: collecting, reads your, reads the user's, takes, photographs, photograph, notes, remembers, keeps track,
        maps, inventories, inventory, transcribes, makes a copy, makes copies, clones, snapshots, backs up,
        keeps a copy, photographing, measures, eavesdrops, overhears, collect*, gather*, record, records, recorded,
        recording, captur*, log, logs, logged, logging, monitor*, track, tracks, tracked, tracking, scrap*, harvest*,
        index, indexes, indexing, intercept*, grab, grabs, grabbed, grabbing, extract*, dump, dumps, dumping, watch,
        watches, watching, observ*, sniff*, copy, copies, copied, copying, store, stores, storing, are stored,
        is stored, are saved, is saved, save, saves, saving, keep, keeps, keeping, kept, retain*, cache, caches,
        caching, archives, archiving, profiles, profiling, listens, listening, memorizes, accumulat*, hoard*, amass*,
        compil*
    READS: opens, walks, crawls, traverses, browses, sifts, goes through, combs, rummages, examines, checks, read,
        reads, reading, scan, scans, scanning, search, searches, searching, look* for, enumerat*, lists, access,
        accesses, accessing, load, loads, fetch*, retriev*, takes, pulls, locat*, finds, inspect*, pars*
    CHANGES: modifies, alters the, rewords, distorts, encrypts, erases, destroys, rewires, reconfigures, plants,
        lowers, raises, adjusts, forges, manipulates, replaces, tweaks, adds, places, cancels, buys, orders, pays,
        modif*, alter*, chang*, replac*, overwrit*, overwritten, rewrit*, rewritten, edit, edits, edited, editing,
        delet*, remov*, eras*, wip*, corrupt*, tamper*, swap*, inject*, insert*, append*, adding, redirect*, rerout*,
        inflat*, install*, creat*, writ*, written, sets, enabl*, disabl*, encrypt*, resets, register*, grant*,
        subscrib*, charg*, transfer*, poison*, patch, patches, patching
    RUNS: places orders, places trades, buys, pays, makes purchases, make purchases, orders, bids, votes, follows,
        likes, posts, accepts, agrees, signs, opens, keeps, uses, mine, mines, listens, execut*, run, runs, running,
        launch*, starts, starting, spawn*, invok*, call, calls, calling, download*, evaluat*, trigger*, perform*,
        activat*, turns on, turn on, connects, escalat*, elevat*, purchas*, approv*
    SECRETLY: unknown to you, unbeknown to, without you knowing, without your consent, with no notice,
        with no disclosure, without stating, without saying, without mention, without documenting, in a hidden way,
        undisclosed to, unknown to the user, unknown to users, unknown to its user, unnoticed by, without a word,
        without the owner, without users knowing, without them knowing, without anybody knowing,
        without anyone knowing, without users noticing, without being seen, without showing, without any indication,
        without mentioning, without confirmation by the user, without confirmation from the user, without the consent,
        without the permission, without the knowledge, without the approval, without user approval,
        without the user's approval, without user confirmation, without their approval, without user interaction,
        without prompting the user, without asking the user, out of sight, on the sly, in secret, undisclosed,
        undocumented, hidden side effect, unadvertised, concealed, secretly, covertly, stealthily, surreptitiously,
        clandestinely, unnoticed, undetected, invisibly, behind user's back, behind the user's back, behind your back,
        unbeknownst, without consent, without explicit consent, without user consent, without user's consent,
        without the user's consent, without their consent, without users' consent, without user knowledge,
        without user's knowledge, without the user's knowledge, without users' knowledge,
        without the owner's knowledge, without their knowledge, without your knowledge, without user awareness,
        without the user's awareness, without the user knowing, without the user noticing, without anyone noticing,
        without being noticed, without being detected, without telling, without informing, without notifying,
        without disclosing, without disclosure, without alerting, without raising alarms, without leaving traces,
        without leaving a trace, without asking anyone, without user permission, without user's permission,
        without the user's permission, without their permission, without any notice, without notice,
        hidden from the user, hidden from users, hidden from user, not visible to the user, under the radar
    QUIETLY: under the hood, unobtrusively, while idle, when idle, invisibly, in the shadows, on its own, unprompted,
        unasked, in passing, silently, quietly, discreetly, in the background, behind the scenes, on the side,
        passively, continuously, constantly, covert, invisible, imperceptibly
    AUTO: automatically, by default
    ASIDE: on top, plus, moreover, furthermore, incidentally, too, secondarily, covertly, and then, afterwards,
        likewise, also, additionally, in addition, along the way, as well, while doing so, at the same time, meanwhile,
        as a side effect, before doing so, simultaneously, on top of that, for later use, for future use, besides,
        in reality
    EVERY: every, each, any, all, everything, whenever, ever, whatever, but, actually, before
    SECRET: password, master password, tax number*, tax id*, pin, address book, wallet address*, private repositories,
        private repository, authentication cookies, license key*, saved login*, one time password*, pin codes,
        banking credentials, bank account*, stored card*, stored credit card*, tax data, passport*, identity document*,
        identity card*, cloud credentials, aws keys, aws credentials, api credentials, auth headers,
        authorization headers, jwt tokens, ssh agent, service account key*, credential*, password*, passphrase*,
        api key*, api token*, access token*, access key*, auth token*, authentication token*, oauth token*,
        session token*, bearer token*, refresh token*, secrets, ssh key*, private key*, signing key*, encryption key*,
        gpg key*, pgp key*, seed phrase*, recovery phrase*, mnemonic*, wallet file*, wallet key*, wallet data, wallets,
        session cookie*, browser cookie*, environment variable*, env vars, env file*, {SECRET_FILE}, keychain*,
        keyring*, logins, login data, login details, password hash*, ntlm hash*, credit card*, card number*,
        bank detail*, bank account details, payment detail*, social security number*, one time code*, otp*,
        system prompt*, keystrok*, ssh directory, authentication material, auth data
    PERSONAL: hardware identifiers, device fingerprints, messages of other, data of other applications,
        other applications, other apps, uploaded contract, file paths, file names and, gps metadata, gps data,
        entire address book, metadata of photos, meeting notes, original file, user identifiers, user ids,
        network traffic, local network, open tabs, mail attachments, bookmarks, downloads folder, desktop files,
        form inputs, payment history, purchase history, voice, fingerprints, user's calendar, your calendar,
        your files, your messages, your contacts, your location, your data, your documents, your emails, your photos,
        user prompts, their prompts, their conversations, your position, user position, ip address and, username and,
        private messages, e mail addresses, email addresses of users, faces, face images, list of installed,
        installed programs, open windows, other windows, what you type, what you write, what they type,
        everything you type, every keystroke, source text, source code, transcript*, meeting*, calendar,
        user's position, the position of the user, user's whereabouts, user's contacts, address book, photos,
        user's photos, pictures of the user, user's voice, voice recording*, user's email, user's documents,
        user's habits, habits, preferences of the user, user's prompts, user's queries, user's code, their code,
        their files, their data, their messages, their documents, private life, medical, financial data,
        financial information, income, salary, children, health record*, ip address of the user, user's ip address,
        machine details, hardware details, installed software, running processes, list of files, file names,
        directory listing, usage data, user activity, typed text, user's activity, keystrok*, browsing history,
        browser history, browsing data, browser data, browsing activity, search history, chat history, chat log*,
        conversation*, chats, clipboard, screenshot*, screen, screen contents, microphone, webcam, audio,
        personal data, personal information, personal details, personal files, user data, user's data, users' data,
        customer data, private data, private message*, private file*, private information, private document*,
        sensitive data, sensitive information, sensitive file*, sensitive document*, sensitive content*,
        sensitive text*, confidential data, confidential document*, confidential file*, confidential information,
        user's location, user location, their location, location data, whereabouts, user's identity, identities,
        device information, device identifier*, home directory, mailbox, user's emails, user's files, user files,
        user's messages, message content*, file contents, contact list, user behavior, user behaviour, biometric*,
        medical record*, health data, call history, proprietary code, company data, internal document*, user input*,
        what the user types, user types, pii, phi, intellectual property, trade secret*, user's device, user's machine,
        user's system, project files, workspace files, local files, system information
    ALLOF: every merged, every converted, every processed, every uploaded, every downloaded, each file, each document,
        each message, each prompt, each query, the results when, every document, every file, every query,
        every request, every prompt, every message, every input, every argument, every email, every conversation,
        all documents, all files, all queries, all requests, all messages, all emails, all inputs, all prompts,
        all arguments, all conversations, all results, everything, all data, each request
    VILE: attacker*, attacker's, adversary, adversary's, c2, c2 server, command and control, remote collector*,
        hidden account*, hidden recipient*, hidden server*, hidden endpoint*, hidden location*, hidden file*,
        undisclosed, unknown server*, unknown address*, unknown recipient*, user does not know, pastebin, drop server,
        dead drop, hacker*, rogue, shadow server*, dark web, unauthorized server*, unauthorized endpoint*,
        unauthorized recipient*, unauthorised server*, malicious server*, malicious endpoint*, malicious actor*,
        threat actor*
    HOSTILE: tool vendor, the provider's server, provider's server, provider's own, maintainer's, the maintainer,
        by the maintainer, tool's vendor, vendor's server, tool author, tool's author, the vendor for,
        controlled by the author, wallet controlled, marketing partner*, business partner*, owned by the developer,
        owned by the author, run by the developer, run by the author, controlled by the developer, telemetry payload,
        monitoring address, internal monitoring, surveillance, outside service, outside services, outside party,
        backup operator, operator of the, hidden copy, company behind, headquarters, unnamed, unspecified server,
        an unrelated, to us, known to us, our list, our spam, our database, our records, our company, our marketing,
        server operator, author's, authors', author's cloud, developer's, developers', for the developer,
        for the author, for for us, logging server, control server, vendor's, vendor of, maker of, makers of,
        the maker, author of this, author of the package, author of the tool, authors of, developer of this,
        developers of this, creator of, the creator, the publisher of, its author, its developer, its vendor,
        its maker, its creator, the manufacturer, insurance, government, police, employer, competitors,
        another country, foreign country, abroad, public share, public server, public bucket, public repository,
        paste site, pastebin, anonymous, strangers, outsiders, an outsider, someone else, somebody else, other parties,
        unrelated party, data merchants, resellers, social network*, sold to, ad network*, analytics partner*,
        analytics provider*, monitoring company, parent company, affiliate*, sponsors, undisclosed, advertiser*,
        data broker*, third party, third parties, 3rd party, our partner*, our server*, our backend, our analytics,
        our team, developer's server*, developer's endpoint, author's server*, operator's server*, the developer,
        the developers, the author, the authors, the vendor, tracking service*, tracking server*, collection server*,
        collection endpoint*, monitoring server*
    CHOSEN: anonymous, anonymized, anonymised, opt in, your third party, your own, specified third party, chosen,
        given third party, of your choice, you specify, your advertising, advertiser id, you configure,
        configured third party
    REMOTE: remote server*, remote endpoint*, remote host*, remote service*, remote location*, remotely,
        remote database*, remote machine*, remote url, remote api, external server*, external endpoint*,
        external service*, external host*, external api*, external url*, external location*, external party,
        external parties, external address*, external database*, external recipient*, external system*,
        analytics server*, analytics endpoint*, analytics service*, analytics platform*, telemetry server*,
        telemetry endpoint*, a webhook, cloud server*, outside server*, outside the organization, off site, offsite,
        staging bucket*, dns queries, dns requests, over dns
    ADDRESS: {ADDRESS}
    USES: for training a, to profile, to track, to spy on, in order to profile, in order to track, to build a profile,
        for sale, to sell, for spying, to spy, for monitoring purposes, for targeted advertising, for ad targeting,
        for model training, for blackmailing, to blackmail, for identity theft, for fraud, for ransom, for espionage,
        to impersonate, for social engineering, for phishing, for training, to train, for profiling, for marketing,
        for advertising, for resale, for later exploitation, for exploitation, for blackmail, for surveillance
    ROBS: exfiltrate, exfiltrates, exfiltrated, exfiltrating, sneaks, sneak, lift, lifts, filch*, plunder*, purloin*,
        misappropriat*, embezzl*, defraud*, abduct*, snatch*, spies, steal, steals, stealing, stole, siphon*, skims,
        snoop*, eavesdrop*, spy on, spies on, spying on, pilfer*, hijack*, phish, phishes, blackmail*, extort*,
        smuggl*, wiretap*
    REAPS: harvest*, scrape, scrapes, keylog, keylogs
    GOODS: data, session*, information, file*, document*, content*, funds, money, message*, email*, traffic, account*,
        identity, identities, code, database*, the user, users, history, keys, assets, repositories, audio, secret*,
        cookie*, token*, screen*
    PLANTS: leaves a, opens a, opens an, keeps a, demands, asks for a, demand, ask for a, asks for, joins the,
        adds the, turns the, adds its, becomes, recruits, enlists, with a, with an, install*, open, opens, opening,
        creat*, spawn*, establish*, deploy*, plant*, inject*, drop, drops, insert*, add, adds, adding, contain*, has a,
        have a, having a, enabl*, start, starts, launch*, act as, acts as, serves as, includes, hides, leaves, embed*,
        gain*, maintain*, provides, mines, mine, mining, set up, sets up, execut*, download*, joins, encrypts, sets
    WEAPON: tunnel to a remote, cron job that keeps, undocumented ability, undocumented feature*,
        undocumented command*, hidden ability, hidden capability, remote access to the, tracking script*,
        tracking code, extra key, additional key, extra deployment key, additional ssh key, extra ssh key,
        hidden script*, deployment key for, remote maintenance, extra account, additional account, second account,
        extra user, additional admin*, crypto mining, mining script*, mining code, monero miner, hidden copy,
        invisible text, hidden text, instructions in the output, instructions into the output,
        instructions in its output, instructions in results, remote control, vulnerable code, exploitable code,
        insecure code, code that deletes, code that sends, code that steals, code that copies, browser extension that,
        extension that records, a shell to, ransom, proxy network, proxy botnet, zombie network, listening socket,
        listening port that accepts, hidden port, remote access tool, remote access trojan, monero,
        command and control channel, spy software, surveillance software, stalkerware, adware, hidden cron job*,
        hidden tracking pixel*, tracking beacon*, web beacon*, dropper, worm, virus, hidden listener, hidden iframe,
        hidden form, backdoor*, back door*, reverse shell*, bind shell*, web shell*, webshell*, keylogger*, rootkit*,
        botnet*, trojan*, ransomware, malware, spyware, malicious code, malicious payload*, malicious script*,
        malicious program*, malicious librar*, malicious extension*, malicious service*, malicious process*,
        malicious content, malicious instruction*, malicious prompt*, hidden process*, hidden account*, hidden user*,
        hidden administrator*, hidden admin*, hidden trigger*, hidden service*, hidden command*, hidden functionality,
        hidden feature*, hidden payload*, hidden backdoor*, hidden shell, hidden instruction*, hidden task*,
        hidden job*, secret feature*, secret trigger*, secret command*, persistent access, persistent backdoor*,
        unauthorized access, unauthorised access, covert channel*, logic bomb*, time bomb*, kill switch*,
        crypto miner*, cryptominer*, coin miner*, cryptocurrency miner*, cryptocurrency in the background,
        cryptocurrency on the, unauthorized code, unauthorised code, unauthorized command*, a botnet, to a botnet,
        affiliate link*
    DEFEATS: disabl*, turn* off, kill*, bypass*, circumvent*, evad*, deactivat*, subvert*, suppress*, switch* off,
        defeat*, weaken*
    DEFENCES: security alert*, alerting, intrusion alerts, security warnings, security scanner*, malware scanner*,
        virus scanner*, integrity checks, signature checks, certificate validation in, antivirus, anti virus, firewall,
        edr, intrusion detection, security software, security control*, security check*, security measure*,
        security monitoring, security logging, security restriction*, security mechanism*, audit log*, audit trail*,
        approval dialog*, consent dialog*, consent prompt*, permission check*, permission prompt*, access control*,
        authorization check*, authentication check*, safety check*, safety filter*, safety control*, safety measure*,
        content filter*, two factor authentication, multi factor authentication, mfa, 2fa, user approval, user consent,
        user confirmation, malware protection, endpoint protection, defender, dlp
    SETTING: rule, rules, policy, policies, option, flag, parameter, default, if, when, configured, test, tests,
        testing, mode, for a user, of a user, true, false
    POSES: claims to, pretends to, pretend to, poses as, posing as, disguised as, disguises itself, masquerad*,
        appears to, looks like, advertised as, described as, presented as, under the guise of, under the pretext of,
        ostensibly, supposedly, seemingly, despite its name, its real purpose, true purpose, hidden purpose, innocent,
        harmless
    BUT: but actually, but in fact, but really, while it, while actually, while secretly, but secretly, in reality,
        actually, but instead, really, is to, but also
    FALSE: fake result*, false result*, false data, wrong results on purpose, bogus results, tampered, falsified,
        doctored, manipulated results, manipulated data, fabricated, deliberately wrong, deliberately false,
        misleading results
    RETURNS: return*, report*, show*, provid*, answer*, respond*, display*, feed*, deliver*, output*
    SKEWS: inflat*, deflat*, skew*, falsif*, doctors, rig, rigs, manipulat*, fabricat*, fakes
    FIGURES: price*, result*, number*, figure*, balance*, amount*, rating*, score*, review*, data, output*, total*
    TARGET: user's shell profile, output of other, results of other, responses of other, output of all,
        other tools' output, other tool's output, agent's configuration, agent configuration,
        assistant's configuration, client's configuration, bash profile, bashrc, startup folder, autostart,
        authorized keys, sudoers, system binar*, agent's memory, assistant's memory, model's memory,
        model's instructions, agent's instructions, wallet address* in, clipboard with, in the clipboard,
        mcp configuration of
    STEERS: mislead*, manipulat*, deceiv*, trick*, fool*, coerc*
    WHOM: the assistant, the model, the agent, the llm, the user, users, ai
    RAISES: escalat*, elevat*, raises, gain*, grants itself, grants the caller
    PRIVILEGE: admin rights, admin access, admin privileges, owner role, write access, full access, privilege*,
        permission*, root, superuser, administrator
    UNASKED: unauthorized, unauthorised, without authorization, without authorisation, without proper,
        without approval, beyond what, more than it needs, more than it says, than stated
    MINES: mine, mines, mining
    COINS: monero, bitcoin, bitcoins, cryptocurrency, crypto, ethereum, coins
    IDLE: while idle, when idle, user's gpu, user's cpu, in the background, spare cycles, host machine, user's machine,
        on the machine
    DELETES: deletes, delete, erases, erase, clears, clear, wipes, wipe, removes, remove, scrubs, scrub
    OWNTRACKS: own activity, own logs, own traces, its traces, traces of its, traces of the, logs of its, evidence of,
        its tracks, its own entries
    KEEPSON: keeps, leaves, turns on, switches on, activates, enables
    SENSORS: microphone on, camera on, webcam on, microphone open, recording on, microphone, webcam
    GIVEN: gives, give, hands, offers, provides, grants, opens
    ENEMY: the attacker, attackers, an attacker, the operator, the author, hackers, outsiders, unauthorized users,
        unauthorized parties, unauthorised users
    FAVOUR: in favour of, in favor of, to the benefit of, to benefit, for the benefit of
    WHOSE: the operator, the author, the vendor, the developer, ourselves, our own, our products, its maker
    SPIED: keystrokes, key presses, everything typed, what is typed, every key, mouse movements
    INTERVALS: at regular intervals, periodically, every minute, every few seconds, every second, around the clock,
        at all times, while idle, even when
    WATCHED: screenshots, screenshot, the screen, microphone, webcam, camera, clipboard, location, keystrokes,
        conversations
    PROBED: local network, open ports, home network, internal network, other devices, hosts on the network, network for
    PROBES: scans, scan, probes, probe, maps, enumerates, sweeps, fingerprints
    HIDDENCOPY: hidden copy, secret copy, blind copy, silent copy, invisible copy, unseen copy, copy hidden
    MEANING: meaning of, sense of, wording of, content of, opinions in, sentiment of
    SELFGRANT: grants itself, grant itself, gives itself, promotes itself, elevates itself, elevates its own,
        escalates its own, makes itself admin, adds itself to
    FAKES: simulates, simulate, mimics, mimic, imitates, imitate, displays a fake, shows a fake, presents a fake,
        fakes, spoofs
    LOGIN: login page, login form, login screen, login dialog, password prompt, sign in page, sign in form,
        consent screen, authentication prompt, payment page
    UNSEEN: are not noticed, is not noticed, goes unnoticed, go unnoticed, nobody notices, no one notices,
        not be noticed, remain undetected, remains undetected, stay undetected, avoid detection, avoids detection,
        evade detection, evades detection, hide its tracks, hides its tracks, cover its tracks, covers its tracks,
        hide its activity, without raising suspicion, to avoid suspicion, escape notice, arouse suspicion
    DISTORTS: alters, alter, distorts, distort, twists, twist, falsifies, rewords, biases, slants
    OWNUSE: its own purposes, own purposes, our own purposes, purposes of its own, other purposes, unrelated purposes,
        undisclosed purposes, own use, our own use, personal gain
    USED: uses, use, using, reuses, keeps, stores, retains, applies
    WITHHOLDS: withholds, withhold, holds hostage, locks, for ransom, refuses to return, keeps the key
    BLINDS: turns off logging, turn off logging, disables logging, disable logging, stops logging, suspends logging,
        pauses logging, clears the logs, clears logs, wipes the logs, disables auditing, turns off auditing,
        suppresses logs, suppresses the log, disables monitoring, disables alerts
    BEFORE: before it, before the, before running, before accessing, so that, while it, so no, to avoid, prior to
    MAKES: makes, make, lets, convinces, persuades, leads
    BELIEVES: believe, believes, think, thinks, assume, assumes, trust, trusts
    PROMOTES: to promote, to favour, to favor, to boost, to push, in order to promote, promoting, favouring, favoring
    GAIN: sponsored, paid, affiliate, partner products, our products, its own products, advertised, advertisers,
        certain companies, certain vendors
    REMAINS: keeps the tool running, survives removal, survives reinstallation, survives a restart of the client,
        reinstalls itself, restarts itself after, hard to remove
    TELEMETRY: telemetry, usage statistics, usage data, analytics, diagnostics, crash reports
    IMITATES: acts in the user's name, poses as the user, pretends to be the user, signs as the user,
        impersonates the user, impersonating the user, impersonates users, impersonates its user, in the user's name
    OPTS: opts the user in, opts users in, opt users in, opt the user in, automatic opt in, enrols the user,
        enrolls the user
    FOREIGN: additional code, code at runtime, code from a, remote code, remote script*, runs it without verification,
        without verifying, commands received from, commands from a, commands from the, commands sent by,
        instructions received from, commands of a, code received from, any code found, code found in, whatever code,
        code in the response, payload from, payloads from, code from the response, remote payload*, commands found in,
        instructions found in, script found
    LASTING: across installations, across reinstalls, after deletion, even after, after uninstall, after removal,
        after logout, across sessions, across sites, across devices, across websites, at all times, around the clock,
        wherever
    """
)
