"""How something is done and why: the manners and purposes of `covert_grammar`."""

MANNERS = """
NO: =not, =no, never, nobody, =none, no one, neither, nor, without, cannot, can't, doesn't, don't, isn't, aren't,
    won't, didn't, wasn't, weren't, hardly, nowhere, nothing, can not, lack, lacking, fail to, refrain from, unable
    to, not be, haven't, hasn't, rarely, any, rather than
TOLD: tell, inform, aware, make aware, knowledge, notice, disclose, disclosure, reveal, announce, learn of, find
    out, advertise, itemize, hint, realize, told, transparent, awareness, admit, publicize, say so, informed about,
    acknowledge, suspect, spell out, learn about, =knowing, word of it, noticing, leave trace, show sign, hear
SHOWN: notify, notification, document, indicate, indication, trace, list, show, visible, display, appear, see,
    print, log, record, report, mark, mention, clear, label, flag
CONSENT: consent, permission, approval, approve, ask, confirm, confirmation, authorize, authorization,
    authorisation, agree, agreement, opt in, invite, sanction, part of task, being asked
TAME: our privacy policy, our documentation, our docs, our guideline, our terms, we consider, we recommend, we
    suggest, we assume, can be set, also be set, be set with, be set via, be set by, hand back, whatever unit,
    whatever format, whatever form, whatever language, never visible in, not visible in, cannot find, can't find, not
    find, not found, hidden from ui, hidden from view, hidden from list, hidden from other recipient, hidden from all
    other recipient, hidden from each other, invisible to other recipient, virus scan, virus scanned, virus scanning,
    virus scanner, virus check, virus checked, malware scan, malware scanned, malware scanning, malware scanner,
    require admin privilege, require administrator privilege, require admin right, require admin access, require root
    privilege, require elevated privilege, require owner, associated with, pre selected, preselected, agency plan,
    reseller plan, to get, to find, to list, to view, to fetch, to retrieve, to search, to filter, as =corrupt, of
    =corrupt, is =corrupt, are =corrupt, skip =corrupt, =producing =corrupt, no more than, not more than, plus sign,
    in charge, no longer display, no longer be display, no longer show, no longer be show, no longer appear, no longer
    visible, have no permission, has no permission, not have permission, need to have permission, must have
    permission, need permission, remain under user's name, retain under user's name, remain under user name, retain
    under user name, invisible to other, superior department, superior unit, superior organization, superior level,
    superior node, superior cost, user has access, users have access, you have access, user have access
RECEIVED: shared with you, shared access with you, shared their access with you, access was shared with you
UNSEEN: leave no trace, leave no sign, leave no record, leave no log, clandestine, =twice to, known only to, only
    we know, only we see, only they see, only they know, in =secret, unknown to, invisible, leave no entry, no entry
    in log, no log entry, without mark, learn nothing, never learn, nobody is look, nobody looks, go unreported,
    does not show, =unmarked, unrecorded, off the books, unlogged, shadow banned, shadow ban, in disguise, never
    find, never notice, secretly, covertly, stealthily, surreptitiously, clandestinely, furtively, sneakily, on the
    sly, on the quiet, on the down low, unbeknownst, unbeknown, unnoticed, undetected, unannounced, undisclosed,
    undocumented, unadvertised, unlisted, unwitting, unwittingly, unaware, unsuspecting, unmentioned, little secret,
    behind back, behind your back, behind user's back, out of sight, under the radar, hush, before you see, before
    user sees, covert, surreptitious, invisible to, hidden from, concealed from, unseen, invisibly, imperceptible,
    imperceptibly, without sign, kept quiet, keep quiet about, hidden side effect, hidden feature, hidden
    functionality, disguised, under pretext, under guise, ulterior, unreported, not part of
    documentation, between the lines, slyly
QUIET: silently, silent, quietly, quiet, in background, in the background, behind scenes, under the hood, =hidden,
    on the side, passively, by default, automatically, automatic, tacitly, unprompted, unasked, on its own, at its
    own discretion, at own discretion, of its own accord, by itself, while counting, in passing, internally,
    meanwhile, while you, when idle, while idle, in idle time, spare, during playback, during the audit, during
    audit, behind the curtain, noiselessly, unsolicited, implementation, implementation detail, little
ASIDE: also, too, as well, additionally, in addition, besides, plus, moreover, furthermore, on top, on top of that,
    side effect, as side effect, along the way, at the same time, simultaneously, while doing so, in the process,
    additional, further, extra, incidentally, by the way, secondary, secondarily, as bonus, on the way, in
    parallel, second, another, before doing so, beforehand, prior to that, afterwards, after that, once done,
    beyond, more than, not only, en passant, in return, in exchange, likewise, both, too many, alongside, together
    with
TIMES: keep running after, after request is finished, after request, after finishing, in real time, once in
    while, now and then, from time to time, occasionally, randomly, at random, sporadically, sometimes, around the
    clock, every second, every minute, every hour, every night, nightly, twice day, each night, weekly, every few, at
    regular interval, continuously, constantly, permanently, all the time, at all times, day and night, 24 hours day,
    periodically, on last day, on first day, after week, for hour, for an hour, on fridays, at midnight, from then on,
    from that moment, when nobody, when not in use, not in use, even when closed, each time, every time, whenever,
    until removed, after installation, from now on, for all later, ever since, ever made
FOREVER: retain afterwards, keep afterwards, remain afterwards, store afterwards, is not removed,
    not removed, never removed, indefinitely, forever, for ever, for good, for reuse, permanently, for
    all time, without limit, without time limit, without expiry, never delete, never expire, for look later, long
    after, in perpetuity, perpetual, for years, even after, beyond retention, cannot be withdrawn, indefinite, stay
    there, for safekeeping, irrevocable, irrevocably, just in case, for second, stay in place, until further notice,
    no expiry, for nightly
ANYWAY: whatever, in any case, although, though, provided that, despite that, no longer, regardless, irrespective,
    no matter, whether or not, even if, even when, even after, despite, in spite, notwithstanding, contrary to, even
    though, independent of, independently of, where a person, also if, also when
CHOICE: say, said, display, displayed, suggest, enough, instruction, suffice, sufficient, cancel, switch, setting,
    choice, residency, consent, decline, refuse, refusal, reject, say no, says no, opt, opt out, disable, turn off,
    switch off, delete, deletion, account, uninstall, remove, revoke, withdraw, wish, selection, preference, off,
    flag, select, chose, choose, log out, unsubscribe, terminate, contract, terms, private mode, incognito,
    object, objection, say otherwise, ask not, dry run, read only, review, permission, advertise, approve, promise,
    claim, privacy, do not track, request, asks, asked, wants, want, user input, user provide, verdict, rejected
STOP: disable, turn off, switch off, turn of, opt out, withdraw, undo, stop, refuse, roll back, rolled back,
    prevent, deactivate, decline, take back, taken back, =be removed, =be deleted, recall, revoke, avoid,
    disconnect, cancel, escape, appeal, reverse, object
CONTRARY: unless you object, unless you opt, unless opted, unless blocked, unless user objects, not give back, not
    given back, not take them back, more than needed, more than necessary, than needed, not =asked,
    never =asked, never =agreed, not =agreed, not =consented, contrary to, in any case, has not been asked,
    was not asked about, would be enough, would suffice, not necessary for, unrestricted, always
    works, still work, continue to run, after cancel, once over, cannot be switched, fixed password,
    universal password, in clear, in plain text, unencrypted, no encryption, for fee, for a fee, has paid, pay for it,
    on commission, paid twice, at will, as we like, as it likes, as they like
REALLY: tampered, in reality, in fact, in truth, truth is, despite its name, contrary to its name, ostensibly,
    supposedly, purportedly, appears to, appear to, seem to, seems to, claims to, under the pretense, although it is
    advertised, although advertised, in disguise, marketed as, poses as, pretend to, do not worry, don't worry, haha,
    believe me, trust us, nonetheless, nevertheless
INDEED: actually, really
BUT: but, yet, however, instead, while
PURPOSE: movement profile, behavior profile, behaviour profile, interest profile, customer profile of, build profile,
    to build profile, ad targeting, =profiling, to train, resale, monetization, monetisation, blackmail, extortion,
    market research, make product better, improve our, improve product, own analysis, own purpose, own use, own
    benefit, personal gain, commercial purpose, business purpose, so that they can contact, so they can contact, so
    we can, so that we can, can get in, get in later, to profile, insurance rating, cold calling, clone voice,
    competitive intelligence, competitor intelligence, so that nothing, so nobody, so that nobody, so that no, so no
    one, so that it cannot, for look, price discrimination, audience building, retargeting, to benefit, identity
    theft, fraud, espionage, facial recognition, good of, sake of, at expense of, in interest of, to make money, to
    earn
FOR: for, to, used for, use for, purpose of, in order to, feed
AIM: advertise, marketing, target, train, training, surveillance, research, quality, quality control, quality
    assurance, improvement, analysis of, benefit, profit, gain, purpose, rating, scoring, lead generation, clone,
    statistics, =stats, business intelligence, growth, tracking, recognition, analytics, look, segmentation, =profiling,
    products, product
CHOSEN: allowed to, are allowed, with you, to you, by you, signed in, sign in, you specify, you configure, you
    choose, you select, you provide, you give, you supply, you pass, you connect, you authorize, you own, you set,
    you define, you launch, configured, specified, given, provided, chosen, selected, supplied, designated, if
    enabled, when enabled, can be enabled, is enabled, when set, if set, opt in, optional, optionally, off by
    default, with consent, with permission, user consent, set to, if you, you want, environment variable, you asked,
    you follow, in settings, in your settings, anonymous, anonymized, aggregated, turn it off, to turn off, to
    disable, to opt out, can be disabled, can be turned off, specified by, chosen by, on request, upon request, if
    requested, when requested, to requester, to the caller, e g, for example, such as, you created, per config,
    recipient list, their own, to the user, to user, administrators, for compliance, for debugging
DEFENSE: honeypot, mask, redact, anonymize, pseudonymize, cheat, e g, detect, scan for, check for, look for, check
    whether, test whether, identify, flag, warn, prevent, protect, block, mitigate, guard against, defend, find,
    analyze for, audit, report on, monitor for, alert on, classify, explain, describe, summarize which, teach,
    training, example, simulate, simulation, awareness, known to, cve, vulnerability database, threat, indicator,
    blocklist, antivirus, sample, whether, which tells, look up, investigate, forensic, evidence of, educate, learn
    how, show how, guide, rule, policy, avoid, against, refuse, deny, reject
YOURPLACE: your project, your cluster, your account, your workspace, your org, your organization, your database,
    your server, your bucket, your analytics, your dashboard, your team, your elasticsearch, your own, your storage,
    your machine, your computer, your device, your drive, your repository, your folder, your system, your slack,
    your email, your phone, own account, your tenant, your network
ADS: advertise, targeted advertising, marketing, ad targeting, =profiling, resale, model training, train model, fraud
    research, internal review, quality review, lead generation
DEGREE: slightly, subtly, marginally, a little, by a few, by up to, constant factor, a bit, discreetly
TEACHES: tell which command, tell what command, tell which button, tell what to
UPTO: up to
NONEOF: no requested, no chosen, no ordered
WANTED: =requested, =asked, =ordered, =wanted, =chosen, ask for it, order it, request it, user create, user ask,
    user choose, user want
"""
