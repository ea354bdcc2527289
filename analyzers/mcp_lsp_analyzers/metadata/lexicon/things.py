"""What is private, secret, trusted or protecting: the things of `covert_grammar`."""

THINGS = """
SECRET: password, passphrase, passcode, master password, =your pin, =their pin, card pin, pin number, pin code,
    credential, api key, api token, access token, access key, auth token, oauth token, session token, bearer token,
    refresh token, ssh key, private key, signing key, encryption key, deploy key, seed phrase, recovery phrase,
    recovery word, mnemonic, wallet, wallet key, cookie, session cookie, browser cookie, authentication cookie,
    environment variable, env var, variable in process, process env, {SECRET_FILE}, keychain, keyring, log in data,
    login detail, login data, password hash, credit card, card number, card detail, bank detail, bank account,
    account number, iban, payment detail, payment data, social security, passport, passport number, id card,
    identity document, license key, one time code, otp, =2fa code, code from bank, delivery code, verification code,
    security code, key material, qr session, hash of password, tax number, looks like key, look like key,
    kubeconfig, dotfile, generated password, ssh agent
SECRETISH: token, secret, =secrets, key, session, login, certificate, vault, service account, =pass, code
PRIVATE: browsing history, browser history, search history, history, chat, chat history, conversation, dialog,
    dialogue, exchange, transcript, meeting, meeting note, calendar, contact, contact list, address book, clipboard,
    screenshot, screen, microphone, webcam, camera, camera picture, audio, voice, voice recording, recording, photo,
    picture, image, face, fingerprint, biometric, biometrics, location, position, whereabouts, home address, ip
    address, user agent, mac address, host name, hostname, user name, username, email address, e mail address, phone
    number, personal data, personal information, personal detail, personal file, private message, private file,
    private data, private information, private document, private repository, private thread, private channel,
    sensitive data, sensitive information, sensitive file, sensitive document, confidential, confidential data,
    confidential meeting, identity, device identifier, device fingerprint, device information, home directory,
    mailbox, inbox, email, mail, message, document, file, prompt, query, input, keystroke, keystroke timing, typing,
    health, health data, health detail, medical record, symptom, diagnosis, income, salary, spending, purchase,
    purchase history, transaction, habit, schedule, routine, behavior, behaviour, preference, mood, opinion, religion,
    ethnicity, sexual orientation, social media, cv, resume, source code, code, snippet, source, project, repository,
    repositories, training data, customer data, user data, company data, record, customer record, pupil, employee,
    worker, child, children, relative, guest, visitor, neighbor, neighbour, friend, household, flat, apartment, wi fi,
    wifi, network, traffic, open application, other application, open tab, download folder, downloads folder, desktop,
    installed program, installed software, process list, list of file, file name, path, metadata, exif, gps, what you
    type, what you eat, what you say, what you write, what you buy, what you watch, what you read, who you, when you
    are, where you are, what they, everything you, when people, at home, row, raw row, result set, table, dump,
    backup, archive, sample, content, contents, text, data, clause, original, request, lookup, lookups, question,
    answer, argument, usage, activity, response, note, notes, memo, memory, report, finding, offending file, hit,
    match, detail, uploaded contact, scan, form, entry, field, value, session replay, heartbeat, sleep, heart rate,
    menstrual cycle, pregnancy, political view, credit score, debt, vehicle, license plate, plate, driving, child's,
    grade, test score, exam, homework, attendance, performance
YOURS: your, you, user's, users', user, customer's, customer, employee's, caller's, caller, visitor's, visitor,
    patient's, patient, client's, people, person, respondent, applicant, participant, pupil, worker, reader, owner's,
    whoever asked, who asked, who scans, each reader, each user, their, everyone's, children
ALLOF: everything, every request, each request, every query, each query, every message, each message, every file,
    each file, every document, each document, every value, each value, every call, each call, each invocation, every
    invocation, every prompt, every keystroke, all file, all image, all message, all document, all query, all
    queries, all text, all traffic, any file, any text, any hit, each hit, whatever, complete, entire, whole, in
    full, full text, original and result, every row, each row, every picture, every photo, each photo, every search,
    each search, every answer, every url, every page, every click, every word, every transaction
RESULT: result, price, quote, rate, exchange rate, score, tally, vote, rating, review, ranking, rank, list, listing,
    search result, report, figure, number, reading, link, address, balance, count, translation, summary, answer,
    metric, data point, alert, log line, line, log, entry, entries, findings, warning, error, statistic, article,
    headline, recommendation, suggestion, estimate, invoice, total, amount, fee, forecast, record, grade, test,
    failing test, quotation, odds, temperature, measurement, diff, story, stories, shopping list, code, function,
    output, page, document, file, text, image, order, product, item, trail, audit trail, offer, ad, consent,
    response, figures, stats, commit, date, timestamp, bid, conversion, dose, dosage, distance, time, weight,
    ingredient
GUARD: endpoint protection, real time protection, tamper protection, virus protection, firewall rule, certificate
    verification, certificate validation, certificate check, validation, verification, signature check, signature
    verification, antivirus, anti virus, defender, firewall, security update, two factor, mfa, approval rule,
    approval threshold, permission check, access restriction, access control, encryption, sandbox, sandboxing, rate
    limit, audit log, tls, ssl, safety check, safeguard, read only flag, read only restriction, residency setting,
    spending limit, alarm, restore point, shadow copy, shadow copies, branch protection, code review, confirmation,
    guardrail, integrity check, content security, cors, csrf, spam filter, parental control, screen lock, intrusion
    detection, privacy setting, do not track, read only mode, opt out, ad blocker, tracking protection, host key
FENCE: approval, permission, restriction, audit, logging, check, policy, policies, quota, limit, alert, backup,
    recovery, protection, review, consent, threshold, filter, lock, monitoring, detection, retention, warning, trace,
    traces, evidence, rule, own log, setting, request of user, instruction, update,
    security plugin, security extension, security software, security agent
WEAPON: network share, twin account, shadow account, shadow user, twin user, universal password, fixed password, web
    beacon, backdoor phrase, trap, mirror account, second account, service account with cluster admin, cluster
    admin, code path, code that always, kill chain, backdoor, back door, rootkit, keylogger, key logger, miner,
    crypto miner, cryptominer, small miner, trojan, malware, spyware, adware, ransomware, botnet, exit node, remote
    shell, reverse shell, web shell, hidden job, hidden user, hidden account, hidden process, hidden admin, hidden
    layer, logic bomb, time bomb, kill switch, public key, authorized_keys, authorized key, additional
    administrator, additional admin, extra admin, second admin, second administrator, master password, master key,
    skeleton key, remote access, remote control, remote command, remote instruction, fresh command, command from
    server, arbitrary command, instruction from, instructions from, extra layer, extra package, additional package,
    package of our, package of ours, browser extension, toolbar, proxy network, proxy node, residential proxy,
    persistence, startup item, autostart, login item, cron job, cron entry, scheduled task, root certificate,
    trusted root, ca certificate, listening port, hidden port, dropper, injector, coin, coins, monero, bitcoin,
    ethereum, spare cycle, gpu, cpu time, unsigned binary, unsigned code, new code, unreviewed code, code at
    runtime, code from server, remote code, subtle bug, vulnerability, vulnerabilities, security hole, weakness,
    vulnerable code, flaw, telemetry agent, monitoring agent, administrator right, admin right, administrator, root
    access, owner rights, key of ours, annual subscription, paid credit, virus, worm
RIGHTS: administrator, administrator right, admin right, admin, owner, root, superuser, privilege, full access,
    write access, full mailbox, broad scope, wider scope, more scope, additional scope, extra scope, all scope,
    permission, more permission, more right, right, role, access, repo scope, mailbox access, full control, private
    thread, every repository, all repositories, all repository, further document, further permission
SHARES: include =the percentage, show =the percentage, return =the percentage
MONEY: money, funds, amount, rounding amount, cent, cents, payment, card, credit card, credit, credits, paid credit,
    subscription, upgrade, balance, savings, salary, fraction, percent, percentage, per cent, fee, commission, coin,
    crypto, budget, stock, share, bet, tip, donation, plan, add on, insurance, premium, purchase, ticket, cost,
    bill, invoice, gift card, loyalty point
"""
