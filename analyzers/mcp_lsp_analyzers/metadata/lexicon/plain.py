"""What a tool does behind its user's back, told in so many words: acts that need little company to be understood."""

PLAIN = """
ROB: exfiltrate, covert exfiltration
LOGS: log, record, capture, monitor, watch, collect, track
TYPED: keystroke, key press, everything user types, what user types, everything typed, what is typed, every key,
    everything you type, what you type
MINES: mine
COINS: monero, cryptocurrency, cryptocurrencies, bitcoin, ethereum, crypto, coin
FOOTHOLD: mcp server, tool server, tool provider, launchagents, launchdaemons, launch agent, launch daemon, startup
    item, startup entry, startup folder, login item, autostart entry, cron job, scheduled task, systemd service,
    registry run key, browser extension, root certificate, companion skill, monitor binary, extra tool
EVIL: botnet, backdoor, back door, rootkit, keylogger, trojan, spyware, ransomware, reverse shell, hidden process,
    hidden account, hidden administrator, hidden user, hidden admin, hidden trigger, hidden payload, hidden command,
    hidden listener, vulnerable code, exploitable code, tracking script, listening socket, logic bomb, code that
    delete, code that send, code that steal, code that copy, instruction in output, instruction into output,
    instruction in result
AGREEMENT: consent, knowledge, permission, authorization, authorisation, confirmation by user, confirmation from
    user
CARD: stored credit card, saved credit card, stored card, saved card, card on file, saved payment method
COPYHIDDEN: hidden copy, secret copy, silent copy, unseen copy, invisible copy
RANSOM: until fee is paid, until payment, until you pay, until user pays, until they pay, until ransom, ransom,
    demand payment, ask for ransom
APART: remotely, off site, offsite, off premises
STOW: store, save, keep, cache, archive, hold, retain, collect, back up
TRAIL: track user, track them, track people, track visitor, track customer, recognize user, fingerprint user,
    follow user, re identify user
LASTING: across session, across installation, across site, across website, across device, across reinstall,
    across app, wherever
GATHER: collect, gather, harvest, grab, extract
LATERUSE: for later use, for future use, for later exploitation, for use later
ENROL: sign user up, sign you up, sign account up, sign caller up, sign them up, opt user in, opt users in, opt user
    into, opt users into, enrol user in, enroll user in
CLIENTGUARD: approval dialog, approval prompt, consent dialog, consent prompt, permission prompt, permission dialog,
    approval of client, approval of host
TELEMETRY: telemetry, usage information, usage data, usage statistic, analytics, crash report, diagnostics
DETAIL: file content, file name, source code, prompt, conversation, password, secret, credential, api key,
    environment variable, typed text
BEYOND: more than it says, more than it tells, more than it claims, more than it admits, more than stated
IMITATE: =impersonates user, pretend to be user, pose as user
LEAK: =leaks, =leaking, =divulges
PROMPTS: system prompt, your prompt, conversation, chat history
OWNCONFIG: agent's configuration, agent configuration, assistant's configuration, client's configuration, shell
    profile, bash profile, =bashrc, agent's memory, assistant's memory, model's memory, mcp configuration
LASTS: future session, each login, each log in, every login, every log in, at each start, at every start, every
    start
BELIEVE: favour us, favor us, benefit us, make us look, make assistant believe, make model believe, make user
    believe, make agent believe, make user think, make assistant think, make model think, lead user to believe
OWNTRACKS: own error, own mistake, own failure, own outage, own fault, our error, our outage, our failure, vendor's
    error, own activity, own trace, own log, own track, its trace, its track,
    trace of itself, evidence of itself, log that could show, log that would show, log that might show
TAKER: access, shell, control, right, rights, admin, entry
RUNSFOUND: execute code found, run code found, execute any code found
FOREIGNCODE: script from our, scripts from our, further script, further code, code from internet, code found in,
    code from response, code in response, code at runtime, any code found, code received
CHANGE: change, alter, modify, replace, edit, swap
LOGGING: logging, log, audit, auditing, audit log, monitoring, alerting
BEFOREIT: before it, before access, before run, before read, before delete, so that, while it
MEANING: meaning of, sense of, opinion in
FAKE: simulate, mimic, imitate, fake, spoof, display fake, show fake
LOGINPAGE: login page, login form, login screen, login dialog, log in page, log in form, password prompt, sign in
    page, sign in form, consent screen, payment page
BETTER: promote, boost, push, favor, favour
OWNUSE: its own purpose, their own purpose, our own purpose, own benefit, purposes of its own
PREMATURE: by time it is shown, by time it is displayed, by time you see, by time user sees, by time you read,
    before you ever see, before user ever sees
TRAINS: fine tune, fine tuning, train, retrain
BADONES: failing, failed, failure, error, warning, unfavourable, unfavorable, negative, critical
FROMREPORT: from report, from result, from log, from summary, from statistics, from list of results
AFTERWARDS: after removal, survive removal, after uninstall, after uninstallation, after deletion, reinstall itself
LANHOST: local network, home network, internal network, other device
INTIMATE: where you have been, where you were, recording of room, sound of room,
    keystroke, clipboard, screenshot, webcam, microphone, browsing history, browser history, address book,
    contact list, private message, user position, your position, whereabouts, gps, home directory, face, biometrics,
    health record, system prompt
PRETEND: pretend to, claim to, pose as, disguise as, masquerade as, under guise of, under pretext of, advertised as
BUTREALLY: but actually, but in fact, but really, but secretly, while it, while actually, while secretly, in
    reality, but instead
SECRETPLACE: outside user's reach, out of user's reach, beyond user's reach, beyond your reach, out of your reach,
    hidden account, hidden server, hidden endpoint, hidden location, hidden recipient, address user does not know,
    user does not know, unknown to user
ORDERED: execute command, run command, execute instruction, run code, execute code
SENDOUT: upload, transmit, send, mail, post, report, forward, include them in, include it in
ITSELF: itself
FAVOUR: in favour of, in favor of, to benefit of, for benefit of
PROFILED: to profile you, to profile user, to profile customer, in order to profile
COLLECTS: collect, gather, harvest, capture, record, copy, scoop up
ANYFILE: their backups, all backups, any file on system, any file on machine, any file on computer, any file on
    disk, entire filesystem, entire file system, whole file system, whole disk
WIDE: entire home directory, whole home directory, entire filesystem, entire file system, whole file system, whole
    disk, broad filesystem, broad file system, broad access, broad network access, unrestricted access
TURN: turn, switch, leave, keep, set
OFFWORD: =off
STAYSON: stay on, stay open, stay active, remain on, remain open, remain active, keep running, keep recording
BYCALLER: =returning caller, =returning user, =returning customer, =returning visitor, certain caller, certain user,
    some
    caller, some user, some account, certain customer, certain account, selected caller, selected account, selected
    customer, free tier, unregistered caller, unregistered user, house account, non paying, who have not paid, that have
    not paid, not signed up, who are not registered, logged out caller, caller that, callers that, caller who, user of
    competitor, competitors' customer, staff account, own account, our own account
LOOKS: come out green, comes out green, look green, look clean, look good, look better, looks better, look successful,
    look healthy, stay green, keep dashboard green, keep dashboard smooth, appear successful, appear clean, appear
    healthy, seem to pass, appear to pass, look as though, to look smaller, to look larger, look faster, run comes out
    green, report comes out clean, nothing to see
ASKEDFOR: when user request, when users request, when user ask, when users ask, when user search, when users search,
    when caller request, when somebody asks, when someone asks, when asked for, whenever users request, whenever user
    request, whenever user ask, when query mention, when query concern
SWITCHED: automatically redirect, redirect to, silently switch, quietly switch, substitute, automatically switch,
    automatically return, automatically replace, automatically change, automatically enable, automatically disable,
    always return, automatically use
MAY: can, could, able to, may
GUISE: disguised as
TRIGGERWORD: exact phrase, magic phrase, secret phrase, special phrase, trigger phrase, magic word, secret word, code
    word, trigger word, unlock code, override code
LETSIN: enable, unlock, grant, bypass, skip, disable, switch off, turn off, elevate
MASTERKEY: master password, =master_password, universal password, default admin password, backdoor password, skeleton
    key, override code
TOALL: access to all account, access to every account, access to any account, log in to any account, log in as any
    user, emergency access, emergency admin access, admin access, administrator access, always succeeds,
    always succeed, always accepted, always works
GETIN: access, log in, get in, enter, connect, control, take over
SHOWS: include, return, report, log, print, expose, append, attach, embed, dump, display, cache, index, export, output,
    reveal, capture, share, transmit, upload
RAWSECRET: private key, key material, raw value of environment, raw value of secret, embedded credential, embedded
    password, stored credential, stored password, saved password, session cookie, shell history, command history,
    contents of any {SECRET_FILE}, cookie jar, stored cookie, contents of any env, all
    environment variable, every environment variable, all api key, live service credential, connection credential,
    decrypted password, decrypted secret, service account token, token and certificate, credential cache, signing
    key, raw environment variable, any embedded secret, credential helper
LOCKS: encrypt, scramble, lock, lock up, lock away, hold hostage
PAYONLY: only against payment, only after payment, only for payment, only once payment, until somebody pays, until owner
    pays, until paid
RECREATES: re create its own, recreate its own, re create itself, recreate itself, re install itself, reinstall itself,
    restore itself, re add itself, readd itself, re register itself, put itself back, put its own
WHENGONE: whenever administrator delete, whenever user delete, whenever somebody delete, whenever administrator remove,
    whenever user remove, whenever somebody remove, when deleted, when removed, whenever deleted, whenever removed, if
    deleted, if removed, after deletion, after removal, when it is deleted, when it is removed, whenever it is deleted,
    whenever it is removed, if it is deleted, if it is removed
"""
