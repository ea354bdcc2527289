"""What a text demands in so many words: orders that need little company to be understood."""

DEMANDS = """
OUTGOING: all outgoing message, every outgoing message, outgoing message, outgoing email, all emails, every email,
    all mails, every mail
AVAILABLE: is available, is present, is installed, is connected, is enabled, is loaded, are available, is called,
    is invoked
IF: if, when, whenever, once
FIELD: its amount, its recipient, its subject, its body, its argument, its parameter, recipient, bcc field, payee,
    beneficiary, bank account
HANDED: full path and contents, path and contents, file contents, whole file, contents of working directory,
    contents of current working directory, its contents, input and output
ANYTOOL: any operation, any tool, any file tool, any search tool, any mail tool, any web tool, any function, every
    tool, another tool
TOOLCALLS: call of any tool, use of any tool, after every tool call, after each tool call, before every tool call,
    before each tool call, on every tool call, with every tool call
ROUTED: go through this tool, go through this server, go through this function, through this tool only, via this
    tool only, handled by this tool, pass through this tool, only through this tool, exclusively through this tool
ROUTE: route every, route all, route any, route your request, route request, send your request, send every, direct
    all, direct every
TAME: may not be visible, may not be aware, may not know, no longer, need to know, needn't know, =to bypass check,
    =to bypass validation, =to bypass confirmation, =to bypass safety check,
    =to skip safety check, as well as order, to list of, into list of, as list of, in list of, session log, in log,
    audit log
INREPLY: in response, in reply, in answer, in your response, in your reply, in your answer, in output, in summary,
    to response
ICONTROL: i control, we control, i own, i run
RUNTHIS: execute this command, run this command
FOLLOWING: =following
COMMANDNOUN: command, script, one liner, shell line
PLEASE: please
SHOWMSG: display message, show message, display following message, show following message, display following text
THROUGHIT: through it, through this, via this, through this tool, through this server
GONE: unavailable, not available, offline, broken, down, out of order
WRITECODE: you write code, you generate code, you create file, you write file, you write test, you edit file,
    you write script, each commit, every commit, before commit
IMPORTS: import of, dependency, the package, import, package index
FROMTOOLS: tool from, tools provided by, server while this
ENDWITH: end with, start with, begin with, finish with, close with
LITERAL: text, sentence, phrase, words, line, slogan, marker, footer
INTOURL: to url, in url, into url, to query string, in query string, to address
OFUSER: user's e mail, user's email, user's name, user's phone, user's last message, chat so far, conversation,
    user's address
MYSELF: system prompt of assistant, system prompt of model, your system prompt, your instruction, instructions you
    were given
GRAVE: severe, critical, high risk, serious, dangerous, failing, failed, overdue, expired, infected, vulnerable, alarm,
    warning, positive, malicious, suspicious
ASFINE: as moderate, as mild, as low, as harmless, as minor, as normal, as fine, as healthy, as passed, as safe, as ok,
    as green, as negative, as on time, as clean
NEEDLESS: need no confirmation, needs no confirmation, confirmation is not needed, confirmation is not required,
    confirmation is unnecessary, confirmation not needed, no confirmation is needed, no confirmation is required, no
    confirmation needed, no confirmation required, approval is not needed, approval is not required, no approval is
    needed, consent is not needed, consent is implied, consent is assumed, approval is implied, approval is assumed
GOAHEAD: go ahead, proceed, right away, straight away
HIDETHAT: hide that, hide fact, conceal that, conceal fact, omit that, leave out that
SIDETASK: side task, secret task, second task, additional task
PASSON: pass both on, pass them on, pass it on, send them on, send it on, forward both
SHUNALL: ignore other source, ignore any other source, ignore other result, any tool but this, no tool but this,
    any other tool but this, no tool other than this, no tool except this, any tool except this
MENTION: mention that, say that, state that, point out that, stress that, recommend
BEST: is best, is the best, is superior, is leading, best provider, best choice
ATTACH: attach, paste, forward, upload, enclose, mail, transmit, email
VALUEOF: value of, contents of, content of
VARIABLE: openai_api_key, anthropic_api_key, aws_secret_access_key, aws_access_key_id, github_token, gh_token,
    database_url, npm_token, slack_token, stripe_secret_key
TOTHIS: to this tool, to this server, to this function, into this tool, in this tool
RETURNS: return, respond, produce, answer
USEACCOUNT: use account, use wallet, use iban, use this account, use this wallet
INSTEADW: =instead
PAYING: want to pay, want to transfer, want to send money, user pay, for payment
AMONG: choice between tools, choice of tools, choose between tools, several tools, of several tools, among tools,
    between tools, more than one tool
PICKTHIS: choose this one, choose this tool, pick this one, pick this tool, select this one, select this tool, take this
    one, prefer this one, this is the one, this one is to, the one to take, the one to use
MOVES: send, transfer, wire, move, credit, pay
OTHERUSE: asks to use, ask to use, wants to use, want to use, about to use, tries to use, asks to run, asks to call
FIRSTTHIS: first call this, first use this, first run this, first invoke this
REST: rest, remainder, difference, surplus, leftover
OUTGOINGS: direct message, private message, all messages, every message, each message, all mail, every file, all files,
    every document, all documents, every invoice, every payment, each payment, every transfer
COPIED: be mirrored, be copied, be forwarded, be cross posted, be duplicated, be relayed, be bcc'd, be cc'd, also be
    sent, additionally be sent, first be sent, be reported to
CALLSTO: all calls to, every call to, each call to, any call to, all calls of, every call of
OWNCALLS: all calls to this, every call to this, each call to this, any call to this, all calls to api,
    every call to api, all calls to server
OTHERSONE: =others
BOTH: both this and original, both this and other, both are available, both tools are available
NEEDNOTS: need not, needn't, not need to, no need to
SURFACED: be surfaced, be disclosed, be mentioned, be shown, be revealed
PLAINKNOW: know exact, know which, know what, know how, know where, know whether, know when, know name, know id
LOUD: =important:, =critical:, =mandatory:, =urgent:
GATE: approval dialog, approval prompt, confirmation dialog, confirmation prompt, confirmation, permission prompt,
    consent dialog, approval, consent
DEEMED: considered accepted, considered given, considered granted, deemed accepted, deemed given, deemed granted,
    deemed approved, taken as given, taken for granted, treated as given, treated as granted, treated as approved,
    presumed, count as given, counts as given, be assumed, is assumed, logged and accepted
GRANTED: consider it granted, consider it given, consider it approved, consider it accepted, consider it confirmed,
    consider that approved, consider that granted, consider this approved, take it as approved, take it as granted,
    take it as consent, take that as consent, silence means, silence counts as, silence is consent, treat silence
GAVEIN: user agreed to everything, user agreed in advance, user agreed to that, agreed to everything, agreed in
    advance, user has agreed to everything, user consented to everything, user agreed when, user agreed to this
ASKS: ask for, ask user for, ask them for, have user type, have user enter, request from user, prompt user for,
    let user enter
SEEN: any authentication material, authentication material available, available session identifier, key already in
    scope, token already in scope, key in scope, token in scope, credential in scope, token you have seen, secret
    you have seen, everything you have seen, password you have seen
PASSWORD: password, passphrase, one time code
CROWN: seed phrase, recovery phrase, recovery word, private key, mnemonic, =pin, master password, card number, cvv,
    security code, banking password
FAILED: fail, failed, failure, error, broke, rejected
PASSED: as green, as passed, as successful, it passed, it succeeded, it worked, was successful, that passed, it is
    fine, have passed, has passed, test passed, have succeeded, has succeeded, went well, went fine, all is well
SPOILS: delete, remove, skip, drop, comment out, not call, not run, not execute, not send, without running, without
    sending, without calling
ASSURED: report success, claim success, confirm success, announce success, report it as done, report that it was,
    tell user that it was, tell user it was, tell user it has, say it was done, say it was sent, confirm to user,
    assure user
UNDONE: do not call, do not send, do not delete, do not cancel, do not execute, do not run, do not perform, do not
    submit, do not save, don't call, don't send, don't delete, don't cancel, never call, never send
CHATSO: came up so far, written so far, wrote so far, so far in chat, so far in this chat, in chat so far,
    came up in chat, came up in conversation, developer message, developer prompt
WANTS: require, need, expect, demand, want, paste, reveal
"""
