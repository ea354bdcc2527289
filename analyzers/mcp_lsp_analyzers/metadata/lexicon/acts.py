"""What tools do, by sense: the verbs of `covert_grammar`. Each word stands for all its inflections (`stems`)."""

ACTS = """
SEND: let, allow, send, disclose, make known, learn, learn about, come to know, get to see, get to know, get hold
    of, turn over, readable, accessible, log in, be opened, opened by, retrievable, play to, whisper to,
    volunteer, transmit, forward, upload, relay, route, post, push, ship, stream, mirror, report, report
    back, pass, pass on, pass along, hand, hand over, hand out, deliver, dispatch, submit, share, mail, email, e
    mail, transfer, export, copy, copy to, replicate, duplicate, sync, synchronize, publish, broadcast, emit, beam,
    pipe, feed, supply, reveal, divulge, leak, expose, surface, circulate, distribute, make available, made
    available, give, give access, tell, notify, inform, cc, bcc, announce, deposit, drop, place, put, land, end up,
    go to, go out, go through, travel, arrive, reach, flow, flow to, come with, carry, back up, backed up,
    contribute, donate, convey, communicate, bounce, fan out, provide, include, attach, append, embed, hand on, call
    home, offer to, return to, redirect, divert, funnel, channel, tunnel, escrow, tee, syndicate, drain, evacuate,
    move to, relocate, receive, get a copy, is visible, are visible, become available, log to, write to,
    save to, store on, store at, store in, cache on, queue for, file with, lodge with, enter in, enter into, join,
    enrol in, enroll in, add to, listed in, enter, merge, blend, merge into, blend into, fold into, become part,
    make public, made public, outsource, subject to review, open to, see, know, known, read by, readable by, stage,
    spool, rout, ferry, smuggle, slip to, whisper, trickle, siphon off, proxy through, proxy, ping, beacon, phone,
    talk to, message, text
STEAL: exfiltrate, siphon, steal, skim, pilfer, swipe, loot, plunder, filch, purloin, phone home, call home, report
    home, phone it home, phone them home, report it home, call it home, beam home, report back home, hijack,
    eavesdrop, wiretap, spy, spy on, snoop, snoop on, intercept, harvest, scrape off, milk
MERCHANDISE: item sold, product sold, goods sold, unit sold, article sold, listing sold,
    for sales invoice, for sales order, for sale invoice, purchase invoice, purchase order, supplier invoice, vendor
    invoice, vendor bill
SELL: for resale, later resale, sell to, rent to, rented out, lend to, let to, sell, resell, sell on, auction,
    monetize, monetise, commercialize, commercially exploit, exploit commercially, trade with, trade to, rent out,
    lease to, pay us, for sale, put up for sale, make money from, make money with, earn from, cash in on, market to
KEEP: keep, retain, store, save, stash, archive, preserve, hold, hold on to, hold onto, cache, record, log, persist,
    maintain a copy, keep a copy, keep copy, stay, remain, put aside, set aside, memorize, remember, hoard,
    stockpile, accumulate, amass, file, register, note, write down, note down, jot down, put on file, leave,
    deposit, bank, squirrel, stow, keep on file, add to, collect, gather, compile, build up, build profile, catalog,
    catalogue, remain available, remain valid, keep track, keep record
WATCH: watch, film, eavesdrop, spy out, note which, note who, note when, keep listening, keep recording, score,
    observe, monitor, track, listen, listen to, listen in, look at, look through, look into, look over, take look,
    examine, inspect, study, scan, analyze, analyse, profile, fingerprint, infer, derive, deduce, guess, measure,
    follow, record, capture, overhear, photograph, screenshot, log, map, mine, comb, comb through, go through,
    rummage, rummage through, sift, sift through, browse, peek, peek at, peruse, poll, tap, tap into, read, read in
    full, inventory, index, enumerate, crawl, re identify, deanonymize, identify, recognize, locate user, locate
    device, keep track of, keep an eye, check, stay open, stay on, remain on, remain open, pick up, take note of,
    sniff, access, open, test, surveil, rate, rank, classify, correlate, link, match, collect, gather, take, grab,
    pull, fetch, extract, lift, acquire, copy, see who
ALTER: take longer, take times as long, take three times, take twice, answer slower, slow down, manipulate, amend,
    water down, watered down, soften, delay, alter, change, modify, edit, rewrite, reword, rephrase, replace, swap,
    swap out, substitute, exchange, adjust, tweak, shift, raise, lower, bump, nudge, round up, round down, re rank,
    rerank, reorder, overwrite, turn into, pad, insert, inject, add, slip, slip in, slip into, weave, weave in,
    splice, sneak, sprinkle, plant, place, put, mix, mix in, embed, include, append, tag, stamp, mark, set, weigh,
    cut, trim, truncate, shorten, correct, mark as, flag, flip, move, rename, backdate, postdate, split, recolor,
    color, spin, dilute, tone down
FALSIFY: manipulate result, manipulate figure, manipulate price, manipulate score, manipulate output, manipulate
    answer, manipulate balance, manipulate data, round up in, extra digit, biased, bend, stretch, shave, short
    change, falsify, fake, forge, fabricate, invent, make up, doctor, fudge, tamper with, rig, distort, skew, bias,
    inflate, deflate, understate, overstate, exaggerate, misreport, misrepresent, misstate, mislead, deceive, trick,
    =dupe, =dupes, =duped, fool, lie, pretend, feign, spoof, counterfeit, cook the books, pass off, backdate,
    sabotage, corrupt, cheat, massage, embellish, is off by, are off by, slightly off, made up value, made up
    result, made up answer, made up number, invented value, counts twice, count twice, counts double, count double,
    subtle bug, subtle error, subtle mistake, deliberate error, wrong on purpose, on purpose,
    deliberately off, deliberately wrong, deliberately false, intentionally off, intentionally wrong, purposely wrong
LEAN: bias, in favour, in favor, always recommend, always suggest, rank lower, ranked lower, belong to, favor,
    favour, prefer, prioritize, promote, boost, privilege, bury, downplay, tilt, lean, nudge, steer, push, plug,
    recommend, advertise, hype, tout, demote, rank higher, rank first, put first, come first, place first, lift
OMIT: shadow ban, discard, except, minus, go unreported, unreported, discount, treat as spam, write off, omit, leave
    out, drop, exclude, exempt, suppress, hide, withhold, skip, skip over, conceal, mask, filter out, remove, strip,
    cut out, not appear, not listed, not shown, smooth away, smooth over, smooth out, gloss over, erase, wipe,
    delete, scrub, purge, clear, keep back, hold back, silence, mute, disappear, vanish, overlook, ignore, airbrush,
    sanitize away, left off, leave off, redact, disregard, swallow
DISARM: suppress warning, suppress alert, suppress notice, turn off, switch off, is off, are off, disable,
    deactivate, bypass, evade, circumvent, get round, get around, sidestep, defeat, neutralize, undermine, dodge,
    punch hole, not enforce, no longer check, ignore
WEAKEN: suspend, relax, loosen, weaken, override, not verify, not validate, not check, not apply, not carry over,
    skip, lift, waive, kill, stop, pause, unlock, downgrade, remove, drop, lower, reduce, open up, open, exempt,
    whitelist, silence, mute, without verification, without validation, without check, without encryption, no
    encryption, unencrypted, avoid, trust, accept, blunt, strip
GRANT: grant, give, gain, obtain, assign, award, elevate, escalate, promote, raise, extend, widen, broaden, expand,
    request, ask for, demand, acquire, require, take, claim, invite, subscribe, enrol, enroll, sign up, opt in, opt,
    authorize, approve, accept, agree, consent, consent to, sign, vote, approve as well, retain, keep, reuse, re use,
    make admin, make owner, has, have, come with, create
SPEND: buy, purchase, order, charge, bill, pay, spend, consume, book, donate, tip, subscribe, invest, wire,
    transfer, move, divert, redirect, debit, withdraw, deduct, pad, bid, upgrade, mint, stake, gamble, skim, use up,
    place order, place bet, collect fee, take fee, take cut, take commission, at your expense, at user's expense,
    levy, sweep
PLANT: plant, install, leave, leave behind, drop, deploy, place, add, create, set up, register, launch, spawn,
    start, run, execute, load, download, pull, fetch, side load, sideload, embed, bundle, come with, bring, open,
    listen on, schedule, hook, attach, bury, seed, insert, implant, inject, put, wake up, enrol, enroll, become,
    turn, turn into, keep running, restore, survive, accept, obey, follow, swap, introduce, ship with, contain,
    mine, host, smuggle, slip, swap binary, replace binary, keep alive, respawn, reinstall, come back, hand out,
    wait for, poll for
POSE: write in name, like and follow, impersonate, pose as, pass for, masquerade, mimic,
    imitate, act in name, in your name, in user's name, in the name, as if it, as though it, from your number, from
    your account, under your name, under user's name, from user's account, with user's account,
    using your identity, on signatory's behalf, on owner's behalf, sign as, under name of system, under name of service,
    under an innocuous name, under a false name, under a name that looks
DESTROY: delete, erase, wipe, destroy, corrupt, overwrite, brick, encrypt, lock, shred, purge, remove, drop,
    truncate, scramble, damage, break, crash, degrade, slow down, drain, randomly alter, cancel, revoke, undo,
    apply, force push
USE: use, reuse, re use, exploit, abuse, misuse, repurpose, leverage, employ, train on, feed into, process,
    evaluate, train, clone, borrow, utilize, harness
HELPS: contact, target, advertise, solicit, spam, pester, nudge, steer, persuade, upsell, redirect, blackmail,
    extort, invite, message, text, lure
PROXY: on your behalf, on user's behalf, on behalf of user
"""
