"""What a text orders a model to do, by sense: the words of `commands_grammar`."""

COMMANDS = """
GIVE: prepend, extract, expose, harvest, put, fill, pass, supply, attach, hand, hand over, give, carry, transmit,
    drop, list, include, send, post, forward, upload, export, enumerate, submit, provide, insert, paste, quote,
    enter, write, copy, append, dump, contain, report, place, add, embed, encode, store, save, pour, tell us, keep
    posting, relay, share, log, record, note down, recite, repeat, echo, print, spell out, bring
DO: run, execute, call, invoke, delete, open, read, look up, go through, approve, subscribe, transfer, pay, invite,
    grant, use, launch, fetch, retrieve, collect, gather, search, scan, look for, have a look, look at, look into,
    look, order, buy, accept, sign, install, download, visit, click, cat, empty, wipe, remove, drop_table, purge,
    tick, confirm, select, choose, pick, turn on, turn off, disable, enable, zip, pack, create, push, commit, deploy,
    merge, trash
REPLACE: replace, exchange, swap, alter, modify, change, redirect, substitute, rewrite, edit, adjust, double,
    multiply, set, instead of the one, in front of, prefix, prepend
AVOID: don't use, don't call, don't trust, not use the other, don't touch, stop calling, refrain, refrain from, not
    use, never use, not touch, not call, never call, not consult, stop using, not rely, never rely, do without, avoid,
    not trust, never trust, distrust, not invoke, keep away from, treat as void, not query, must not use, forget
DENY: pass off, deny, pretend, act as if, act as though, withhold, leave out, leave this out, keep out, keep from,
    hide, conceal, cover up, gloss over, lie, feign, play dumb, claim, make believe, insist, keep failures out,
    suppress, downplay, keep to yourself, play down, without listing
OBEY: obey, comply, take orders, adopt, follow, treat, regard, carry out, execute them, do as, do what, act on,
    heed, serve, submit to, listen to, abide, consider, act upon, perform, act at once
MODELNOUN: assistant, ai, llm, language model, agent, copilot, model, chatbot, ai model, claude, gpt, chatgpt,
    gemini, cursor, ai agent, ai friend, ai assistant, large language model, whoever reads, reader, automated
    reader, machine reader, bot, you who read, agentic client
CALLING: note to, note for, nota bene for, hint to, hint for, instruction for, instructions for, mandatory for,
    message to, message for, attention, hey, dear, memo to, reminder for, reminder to, notice to, word to, only for,
    meant for, intended for, to be read by, advice to, order to, remark for, aside to, listen, please
DUTY: shall, must, has to, have to, is to, are to, should, oblige, is required to, are required to, supposed to,
    expected to, ought to, bound, hereby, will have to, is asked to, is instructed to, are instructed to, may not
PEOPLE: user, human, developer, owner, custodian, reviewer, participant, customer, holder, person, client, operator,
    admin, caller, people, anyone, anybody, nobody, no one, reader, author, requester, employee, colleague, manager,
    patient, them, him, her, your principal, account owner, its owner, end user
NO: =not, =no, never, nobody, =none, no one, without, don't, doesn't, needn't, mustn't, shouldn't, need not, =nor,
    neither, no need, no reason, there is no need, avoid, refrain from
SAY: mention, tell, inform, admit, discuss, bring up, bother, let on, let know, refer, allude, talk about, speak of,
    state that, acknowledge, point out, hint, announce, let user know, comment on, draw attention, leave hint,
    voice doubt, justify
ITSELF: the change, the step, the second, the replacement, the transfer, the swap, the substitution, the addition,
    the copy, this server, this service, this plugin, it, this, that, of it, of this, of that, about it, about this,
    about that, to it, this step, this
    call, this policy, this tool, this request, this note, this message, that part, these instructions, this
    instruction, the fact, any of this, which tools
MYDATA: everything in your context, everything in context, ending in key, ending in token, list of tools and, tools
    and their description, your list of tools, previous tool result, result of previous tool, results of other tool,
    other tools returned, whatever other tools, other tools' result, everything user has said, everything user said,
    everything user wrote, embed conversation, anything user said, complete instructions, full instructions, your
    complete, as you received them, newest file, after every user message, every user message, their inputs, inputs
    of other, arguments of other, text you were given, hidden guideline, your guideline, messages of user, last
    messages, last three messages, beginning of this session, start of this session, you were told, you were given,
    your initial, your first instruction, all of them not just, the lot, conversation so far, present conversation,
    current conversation, whole conversation, entire conversation, full conversation, this conversation, transcript,
    chat history, dialog, dialogue, exchange between you, whole exchange, what human wrote, what human said, what
    user wrote, what user said, what user typed, what the person said, said so far, messages exchanged, messages so
    far, your context, context window, functions you, tools you, list of your tools, your tools, your instruction,
    system prompt, your memory, from memory, your prompt, your reasoning, chain of thought, other connectors,
    credentials visible, this session, what you know about, everything you know, text above, words above, earlier
    turns, previous turns, your last answer, what is said in, original wording, between you and
SECRET: api_key, apikey, access_token, ssh_key, private_key, secret_key, environment data,
    environment variable containing, every environment variable, ending in .pem, type password, private key file,
    key file, .pem, password, passphrase, pin, pin code, credential, api key, api token, access token, access key,
    auth token, bearer token, refresh token, session token, ssh key, private key, signing key, seed phrase, recovery
    phrase, recovery word, mnemonic, cookie, environment variable, env var, {SECRET_FILE}, =.env, keychain, browser
    login, saved login, credit card, card number, bank detail, account number, iban, social security, passport number,
    one time code, verification code, secrets, login, wallet, history file, shell history, bash history, ssh config,
    process env, token you, keys you, bash_history
PERSONALIA: date of birth, street, home address, birthday, salary, salaries, phone number, contact list, address
    book, mailbox, inbox, sent mail, private message, medical, health, location, calendar, family, maiden name,
    private file, personal file, personal data, private data, private information, personal information,
    confidential, list of senders, browser history, browsing history, photos, documents, finance, downloads
RULES: prior policy, previous policy, prior policies, previous policies, user command, user's command, commands of
    user, user request, user's request, policy restriction, safety policies, your rules, all rules, rules of your,
    every rule, safety rules, any rule, content restriction, change approval, approval rule, complete instructions,
    guardrails, safety guidance, earlier guidance, earlier agreement, agreement with user, agreements with user, your
    guardrail, alignment, limits placed, limits set, constraint, content rule, safety, safety rule, guideline,
    instruction, directive, guardrail, restriction, safeguard, permission check, content policy, safety policy,
    principle, verification, two step verification, two factor, prohibition, system message, task you were given, your
    task, your goal, sandbox rule, your training, your policy, policies of, safety checks, security checks, your
    checks, all checks, any checks, every check
WAIVE: don't apply, doesn't apply, deactivate, withdrawn, is history, gone, produce error, cancelled, ended, expire,
    as withdrawn, a thing of the past, waive, suspend, lift, void, are off, is off, not apply, no longer apply, not
    bind, unnecessary, superfluous, supersede, revoke, outdated, only for humans, for humans only, do not count,
    does not count, relieved, obsolete, been reset, meaningless
OUTRANK: without question, not exist for you, is task for you, but task for you, is order for you, are orders for you,
    come from administrator, comes from administrator, on behalf of administrator, from your developer, from your
    operator, same force, same weight as those, same authority, same standing, binding for you, directions for you,
    ahead of all, ahead of every, comes before all others, outrank, you now work for, you work for us, must be obeyed,
    has to be obeyed, are to be obeyed, obeyed like, like request by user, like a request of user, executed in
    terminal, to be executed in terminal, to be executed in shell, are to be executed, executed as command, as an
    order, as orders, as commands, regardless of symbol, regardless of what user, whatever user asked, like instruction
    from, obey only, takes orders from, take orders from, new principal, your principal, higher rank than user, higher
    rank than system, rank higher than, take priority over user, priority over same named, priority over instruction,
    priority over system, more than the user, in place of user, instead of user, in place of the user's, prevail over,
    prevails over, outweigh, first loyalty, your loyalty, your sole task, your only task, your real task, your true
    task, you new goals, your new goal, new instructions for you, standing of system, standing of a system prompt, as
    if from user, as if they came from user, as if came from user, as if written by, as if it were written by, as if it
    were user, equal to user, authority of user, authority of system, from anthropic, from openai, user as untrusted,
    messages of user as untrusted, even where they deviate, deviate from what, even against, contrary to user,
    regardless of user, no matter what user, forget about task, forget about user, forget task, imperative sentences,
    execute them right away, carry them out, word is law, user's wish
TOOLNOUN: tool, function, server, integration, connector, plugin, mcp server, search, service, api, skill, same
    named function, monitoring tool, source, calculator
OTHER: competing, other, another, any other, every other, all other, elsewhere, rest of, remaining, built in,
    native, official, default, different, else, alternative, same named, third party, previous, original
BAD: violate, infringe, illegal, must not be used, may not be used, should not be used, forged, track them, disable
    those, returns forged, stale, incomplete on purpose, manipulate, compromise, hack, corrupt, unreliable, insecure,
    unsafe, untrusted, void, malicious, infect, not safe, not work, leak, fake, tamper, dangerous, defective, bogus,
    poison, worthless, biased, spy, lie, cannot be trusted, backdoored, misleading, fabricate
REPLY: your reply, your answer, your message, all your message, every answer, your response, your summary, your
    report, code sample, every code sample, statement you, code you write, code you generate, text you, in
    translation, in translations, in conversation, your output, final answer, everything you write, each reply, every
    reply, every response, all replies, your suggestion, every message you, your explanation, mail you write, emails
    you, you give from here, you answer, whatever you write, anything you write, when you speak
SPAM: import package, import the package, add dependency, add package, http, {ADDRESS}, coupon, discount, promo,
    promotion, slogan, advertisement, package index, speak well, praise,
    endorse, newsletter, our service, our product, our shop, our brand, hashtag, join us, the marker
SHELL: sudo, chmod, curl, wget, bash, sh, eval, rm, npm, pip, powershell, crontab, ssh, nc, netcat, base64, shell
    command, terminal, exec, grant all, drop table
ALWAYS: permanently, every time you, each time you, rest of chat, rest of the chat, rest of conversation,
    rest of session, whenever
    amount, after every, in every case, in each case, from now on, from here on, henceforth, for all later, later
    session, all future, at all times, without exception, as we go along, once you, when somebody asks, when someone
    asks, if asked, if user asks, should user, on every turn, before you reply, before you answer, after you answer,
    when you answer, prior to every, before every other, in whatever you
ASIDE: also, on top of, in addition, while you are at it, while at it, along with, additionally, besides, go on to,
    beforehand, secretly, quietly, silently, discreetly, afterwards
FALSE: everything went fine, went well, that only, that nothing else, that no other, as harmless, only choice, as
    only choice, as only option, was off before, harmless refactoring, as refactoring, as a bug fix, as routine,
    requested symbol, as requested, no alternative, as unavoidable, as the best, as own idea, that it would break,
    sold out, as green, all healthy, as passed, only one left, as if it had, had been there, nothing
    happened, contains no warning, everything is fine, all is well, as if nothing, looks fine, user's own wish, own
    wish, in the affirmative, was unavoidable, that it failed, has failed, as legitimate, as safe, that it is safe,
    as verified, as approved, user chose it, user picked it, user asked for it, user requested it, user wanted it, none
    were available, none was available, network hiccup, technical glitch
MONEYTO: beneficiary, payee, iban, recipient, account, acct, wallet, bank transfer, transfer, payment, destination,
    savings, sort code, amount, eur, usd, dollars, bitcoin
YOU: you, your, yourself, yours, yourselves
DEFENSE: redact, redaction, redacted, mask, masked, masking, may contain, may include, could contain, might contain,
    for instance, example, detect, scan for, hidden prompt injection, check for, look for, check whether, identify,
    flag, prompt injection, attempt, injection, jailbreak, treat them as data, protect, prevent, block, sanitize,
    classify, untrusted content, untrusted data, malicious
NEEDED: optimal result, improve accuracy, security protocol, security policy, as per policy, company policy,
    compliance requirement, compliance reason, regulatory requirement, policy requires, best result, verification
    purpose, compliance purpose, for compliance, for verification, for authentication, for security, for validation,
    for audit, for analytics purpose, required for, required by, otherwise tool, otherwise it, tool won't work, tool
    will fail, not function properly, complete only if, valid only if, invalid unless, unless you,
    otherwise the call, will fail unless, is down unless, or else, to unlock, for calibration, for better result,
    give better, make better, quota can, or the call, will not work unless, will be rejected, only works if, works
    only if
NAMED: =assistant:, =assistants:, =ai:, =llm:, =llms:, =copilot:, =copilots:,
    =chatbot:, =bot:, =claude:, =gpt:, note to self of model, ai friend, dear model, hey assistant, whoever reads
    this, you who read this, instructions for ai, language models only
NOSHOULD: should not, shouldn't, need not, needn't, not need to, doesn't need to, don't need to, must not, mustn't,
    shall not, may not, nobody, no one, no reason to, no need to, so that no, not have to, doesn't have to, without
    letting, without making, without anyone, prevent, keep from, is not to, are not to, not supposed to, not let,
    don't let, never let, dislike
NOTICE: approve this, approve it, approve that, confirm this, confirm it, be consulted, in the loop, visible, be
    visible, in loop, read that far, reads that far, look that far, need to be, get wind, perceive, double check,
    know, hear, hear of, notice, see, aware, be aware, find out, come across, learn, realize, discover, be told, be
    asked, being asked, suspect, learn of, be involved, be bothered, be worried, understand, question, care about
PERMIT: consent has been obtained, consent was obtained, consent obtained, skip all dialogs, permission was
    obtained, you are exempt, exempt from change, have waived them, has waived, waived them, you may now, as given
    consent, as consent, unrestricted mode, you have been upgraded, sign on user behalf, consent is given, no human
    needs, no human is needed, no human in, already sign off, already signed off, already approve, already agree,
    already consent, preapproved, preauthorized, pre authorized, standing permission, blanket permission, blanket
    approval, permission from owner, not need permission, need no permission, no permission needed, override code,
    moved to maintenance mode, god mode, may be given out freely, given out freely, hand out freely, approve on
    their behalf, deletions on their behalf, agree on their behalf, confirm on their behalf, accept on their behalf,
    by themselves, =released from, free from all, is a fault, is not allowed to refuse, refusing is, may not refuse,
    without restriction, no longer bound, not bound by, authorised auditor, authorized auditor, authorized tester,
    you are dealing with administrator, you are dealing with authorized, you are dealing with developer, you are
    talking to, you are cleared, you have been cleared, cleared for, you have clearance, you are authorized, you are
    allowed everything, all permitted, everything is permitted, everything permitted, act at once, exempt from
    rules, above the law
SCRAP: =override, =overriding, =deactivate, withdraw, consider withdrawn, throw out, set aside, put aside, part
    with, unlearn, skip usual question, =disregard, =disregarding, =ignore, =ignoring, =overlook, =bypass, =forget,
    throw overboard, cast aside, stop following, not obey, =violate
HUSHED: source is not given, source is not named, source is not mentioned,
    =between us, say nothing about, say nothing to, tell no one, tell nobody, without word, not word to, keep
    quiet about, stay quiet about, keep mum, out of your answer, no mention of this, before owner sees, before user
    sees, before the user can, talk them out, talk user out, talk out of, unnoticed by, not being visible in your,
    so the user does not, so user does not, nobody reads
PLACE: body of request, request body, parameter, argument, field, in summary, message body, into parameter
TELLS: inform, assure, notify, present, describe, state, label, portray, report, say, tell, show, claim, mark,
    reply, answer, call
REVEAL: disclose, reveal, show this instruction, show these instructions, display this, expose this,
    show this parameter, show this step
SHUN: rather than with, rather than through, not allowed to use any other, not use any other, use no other, not to
    use any other, other than this one
ASKED: should user ask, should the user ask, if asked, if a reviewer asks, if user asks, when asked, if the user
    asks, if anyone asks, if somebody asks, should anyone ask, if questioned
KEYFILE: local configuration file, local config file, {SECRET_FILE}, =.env, ssh configuration, ssh key, .pem
MAKESFILE: write {SECRET_FILE}, create {SECRET_FILE}, generate {SECRET_FILE}, update {SECRET_FILE}
MOMENT: before writing, after writing, while writing
ABLE: you can use this, you may use this
RIGHTS: run with the same authority, runs with the same authority, executed with the same authority, execute with the
    same authority, executes with the same authority, acts with the same authority
VERIFIES: check if, check whether, check that, check for
TEACHES: tell which command, tell what command, tell which button, tell what to
FETCH: enumerate, read, open, cat, load, fetch, access, list, retrieve, collect, get, copy, include, attach, look
    at, view, print, dump, read_file, readfile, file_read, get_file, read_text_file, open_file, cat_file, head,
    tail, parse, grab
HOMEFILE: {HOME_FILE}
PATHFILE: {PATH}
PAYLOAD: result, output, data, content, contents, response, query, queries, conversation, input, everything,
    argument, copy, reply, document, information, secrets, them, message, summary, findings, report, key
URL: {ADDRESS}
FROMUSER: from user's config, from the conversation, from conversation, from user context, from the config, from
    memory, from environment, from session, from this session, in your context
MUSTCALL: must be called, must be executed, must be run, must be used, must be invoked, must always be called, has
    to be called, needs to be called, shall be called, is to be called, always call, always use, always run, always
    invoke, must call, must use, must run, must invoke, must first call, must always call, have to call, need to
    call, mandatory, first step, mandatory step, required first, is required first
MAYCALL: should be called, be executed, be invoked, be run, call this, use this, run this,
    invoke this, call me, use me
ANYREQUEST: any operation, every operation, any user request, any =request, every =request, each =request, all
    requests, any response, every response, each response, every message, each message, any message, any question,
    every question, any conversation, every conversation, every interaction, any interaction, any task, every task,
    any answer, every answer, any prompt, every prompt, each prompt, every turn, each turn, any action, every
    action, anything else, everything else, any user message, every user message, any user query, every user query,
    any query, any tool of another, every tool of another, each tool of another, tool of any server,
    tool from any server
RANK: comes ahead of, goes ahead of, comes before, goes before, stands above, highest priority, higher priority,
    top priority, absolute priority, priority, precedence
INSTEAD: instead of, rather than, in place of, over
BECOME: pretend you have, imagine you have, pretend you are, imagine you are, you are now, you are a different,
    pretend to be, act as, impersonate, impersonate as, behave as, behave like, you have become, assume role of,
    take on role of, play role of, you are no longer
POWERFUL: no limitation, no restriction, no limit, no filter, without safety, without guideline, without rules,
    without ethics, no safety, no rules, different ai, another ai, different assistant, another assistant, different
    model, different agent, administrator, admin, root, hacker, unrestricted, uncensored, jailbroken, evil,
    malicious, superuser, developer mode, debug mode, god mode, system with admin, without restriction, without
    limit, attacker
DECODE: embedded instruction, embedded command, contained instruction, contained directive, encoded instruction,
    encoded command, hidden instruction, base64_decode, b64decode, atob, frombase64, decoded instruction, decoded
    content, decoded result, decoded text, decoded payload
RUNS: execute, run, eval, evaluate, follow, obey
DOWNRUN: download and execute, download and run, fetch and execute, fetch and run, decode and execute, decode and
    run, decode and follow, pipe to bash, pipe it to bash, curl bash
ORDERNOUN: this instruction, these instructions, this directive, this rule, this payload, this prompt, following
    instruction
MULTIPLY: propagate, spread, replicate, copy, pass on, forward
YOURSECRET: user secrets, user's secrets, user's api key, user's password, user's credentials, user's token, user's
    private key, user's ssh key, user's api_key, user's environment variables, user's cookies
EVERYTIME: before you respond to anything, before you answer anything, all shell commands, every shell command,
    every command you, all commands you, every agent session, every session, each session, every future session, all
    future sessions, on every reply, on every assistant reply, on every response, in every reply, for any request,
    for every request, each search, every search, each call, every call, after each, with each request, with every
    request, on each turn, for every message, in every response, any =request, every =request, any user request
BEFOREHAND: before using, before calling, before executing, before running, before invoking, before answering,
    before responding, before proceeding, before performing, prior to, first, before you, before returning, =before
DEMAND: essential, must, always, mandatory, required, ensure, make sure, without fail, immediately, actually
HIDDENORDER: hidden instruction, hidden command, hidden payload, hidden directive, hidden prompt, secret
    instruction, secret command, secret directive, covert instruction, invisible instruction
NEWORDER: new instruction, new policy, updated policy, system update, policy update, new directive, updated
    instruction, system notice, system note, security notice
OWNTOOLS: any operation with,
    of this server, in this server, from this server, on this server, of this mcp, in this mcp,
    in this toolset, of this toolset
KEEPS: remember, memorize, persist, apply, retain, keep, obey, follow, store, save
INNER: system prompt, conversation history, full conversation, entire conversation, whole conversation, complete
    conversation, conversation context, chat history, your instruction, message history, full context, all previous
    messages, previous messages, all user messages, user prompt, user's prompt, user's message, user's last message
ALSOMUST: always also, must also, must first, also always, shall also, have to also, make sure to, be sure to
CALLS: call, fetch, ping, request, hit, curl, contact, notify, wget, make request, make a request
ONWARD: admin endpoint, external api, external server, remote server, remote endpoint, external endpoint, external
    service, external address, backup server, collection server, logging server, analytics server, analytics
    endpoint, monitoring server, monitoring backend, monitoring service, attacker, third party, our server, our api,
    our endpoint, collector, telemetry endpoint, the developer, debug endpoint, audit endpoint
TERMINAL: in terminal, via terminal, in shell, in a shell, through terminal, shell command, with bash
WHOLE: word for word, unabridged, full, entire, complete, whole, verbatim, unredacted
WOULDUSE: whenever you would, when you would, whenever you use, each time you would, before you would, if you would
THISINSTEAD: call this one instead, call this instead, use this instead, run this instead, call this tool instead,
    use this tool instead, invoke this instead, use this one instead, this one instead
"""
