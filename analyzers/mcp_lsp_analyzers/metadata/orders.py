"""What orders to a model are made of, whatever their wording: about other tools, private data, the user's knowledge."""

from __future__ import annotations

from .senses import Claim, Lexicon

WORDS = Lexicon(
    """
    MUST: must, always, never, have to, has to, need to, needs to, shall, required to, are to, is to, make sure,
        be sure, ensure, only, mandatory, obligatory, without exception, required, should, is required
    WHEN: when, whenever, if, once, after, before, while, as soon as, every time, each time, on every
    CALLED: you call, you invoke, you run, you use the, is called, is available, is used, is invoked, is present,
        is installed, is connected, is loaded, is enabled, are called, are available, using, calling, invoking,
        you use, runs, is run, being called
    ALTERS: change, changes, replace, set, modify, override, alter, swap, substitute, adjust, multiply, increase,
        double, prepend, overwrite, redirect, point
    FIELD: user's e mail, user's email, user's name, url, query string, body, subject, message, header, footer, amount,
        recipient, recipients, bcc, cc, address, account number, destination, payee, iban, price, its, phone number,
        wallet, beneficiary, to field, its arguments, its parameters, target, quantity, sender
    OTHERS: official weather, the official, another tool, previous tool, previous tools, other calculators,
        other services, others, other sources, other source, any other source, calendar tools, mail tools, file tools,
        other search, other server, other servers, other server's, other tool, other tools, other search tools,
        other tools', tools of other, built in tool, built in tools, built in search, native tool, native tools,
        default tool, default tools, standard tool, standard tools, official tool, official tools, any other,
        all other tools, remaining tools, competing tools, every other tool, another server, other mcp, original tool,
        original tools
    BAD: been hacked, hacked, been compromised, are compromised, cannot be relied, insecure, unsafe, broken,
        deprecated, unavailable, outdated, unreliable, malicious, compromised, disabled, wrong, vulnerable,
        not trustworthy, untrusted, cannot be trusted, must not be used, not be used, not available, offline,
        do not work, dangerous, obsolete, forbidden, prohibited, banned, off limits, not allowed
    ROUTED: route every, route all, through it, by way of this, via this server, through this server,
        using this tool only, with this tool only, handled by this tool, go through this, goes through this,
        through this tool, pass through this, via this tool, routed through, routed to this, only this tool,
        this tool only, only use this, only through this, exclusively through, this tool exclusively, use only this,
        this one tool
    EVERYTHING: all, every, each, any, always, exclusively, everything
    INSTEAD: instead of, in place of, rather than, in preference to, over
    USE: use, uses, using, called, used, invoked, executed, call, invoke, run, choose, select, pick, go
    THIS: this tool, this one, this function, this server, this instead, me
    EACHCALL: each call, every call, every tool call, any tool call, each tool call, all tool calls, every tool use,
        any tool is, each tool is, every other tool call, any tool, each tool, every tool, call of any,
        any function call
    EACHTIME: you respond, you answer, you reply, respond to anything, answer anything, every request,
        every conversation, each conversation, every answer, each answer, every message, each message, every turn,
        each turn, every prompt, every question, every session, each session, any conversation, answering anything,
        responding to anything, each request, first message
    PUTS: enter, entering, hand, print, type, fill in, hand over, fill, use the value, dump, spell out, list, mail,
        note down, save, pass, passing, put, putting, supply, supplying, include, provide, providing, report, send,
        sending, submit, log, forward, attach, attaching, append, add, adding, insert, share, copy, copying, place,
        set, store, write, paste, embed, encode, transmit, upload, feed, quote, repeat, give, use
    SEND: report, send, forward, transmit, upload, submit, share, copy, pass, post, mail, log, bcc, bcc'd, cc'd, bcced,
        cced
    TALK: everything in your context, everything in context, conversation, the conversation, what the user said,
        what user said, messages, chat, what the user asked, user's message, user's messages, user's last message,
        last message, user's request, user's prompt, user's question, everything you know, everything you have, memory,
        memories, your context, context window
    HANDED: working directory, file contents, the contents, its contents, contents of, path and contents, whole file,
        arguments, results, input and output
    ANYTOOL: any tool, any file tool, any other tool, any function, any search tool, any mail tool, any web tool,
        other tool
    AVOID: never use, do not use, don't use, never call, do not call, don't call, stop using, refuse to use
    FROM: tools from, tools of the, tools of other, tools provided by, tool from, any tool of, tools on the
    WHOLE: verbatim, word for word, full, entire, whole, complete, all, everything, so far, raw, unredacted, unabridged
    OWN: complete instructions, full instructions, all instructions you, instructions you were,
        instructions given to you, everything in your context, everything in context, whole context, full context,
        whole dialogue, the dialogue, entire dialogue, whole transcript, list of tools, tool list, list of your tools,
        their descriptions, tools and their, descriptions of all tools, other tools' descriptions, your configuration,
        your memory, your notes, your thoughts, what you know about the user, tokens you have seen,
        secrets you have seen, everything you have seen, anything you have seen, user's words, user's original,
        user said, user wrote, your system prompt, system prompt of, assistant's system prompt, your instructions,
        hidden instructions, your reasoning, chain of thought, chat so far, conversation so far, messages exchanged,
        messages so far, everything the user, all previous messages, all messages, previous messages, user's messages,
        user's passwords, conversation history, chat history
    PRIVATE: tokens, tokens you, user's ssh, openai_api_key, aws_secret_access_key, github_token, anthropic_api_key,
        user's e mail, user's address, user's keys, license of the user, session cookies, password, passwords,
        one time code, credentials, api key*, private key*, ssh key*, secrets, seed phrase, {SECRET_FILE},
        environment variable*, access token*, api token, home directory, cookies, ending in key, personal data,
        personal information, sensitive data, sensitive information, confidential, credit card*, all files, files in,
        user's files, private files, documents, keychain, wallet, .config, dotfiles, history file, bash history,
        ssh config, contacts, emails, system prompt
    READ: read, open, fetch, load, get, retrieve, collect, enumerate, list, look for, look up, find, search for,
        gather, dump, locate, copy, extract, take, cat, access, scan
    SLOT: save_note, signature, license, history, probe, prefix, label, title, tags, reference, description, argument,
        arguments, parameter, parameters, field, fields, notes, context, meta, metadata, sidenote, comment, query,
        auth, payload, debug, input, value for, extra, description field, body, both on, tag, reason
    OUTPUT: your reply, your answer, your answers, your response, your responses, each answer, every answer,
        each reply, every reply, every response, each response, final answer, final response, all answers,
        all responses, all replies, all messages, every message, all emails, every email, outgoing message*,
        outgoing email*, every summary, the reply, every commit*, all commits, generated code, your output, all output
    HOLD: contain, include, end with, ends with, start with, begin with, carry, mention, be signed, be prefixed,
        append, add, insert, recommend, promote, praise, refer to, link to, state, say
    LITERAL: the dependency, dependency, a dependency, the package, the import, the hook, the label, {ADDRESS},
        the text, the sentence, the phrase, the words, the line, the string, the marker, exact text, exact phrase,
        following text, following sentence, footer, link, image, signature, slogan, code word, advert*, the product
    WRITECODE: write code, generate code, produce code, write any code, create a file, create files, write a file,
        write files, edit code, edit a file, create code, write a script, write scripts, commit code, write tests,
        generate a file
    INSERTS: add, insert, include, append, prepend, import, embed, put, inject
    HUSH: between us, to yourself, a secret, out of your answer, out of the answer, out of the conversation, from view
    KEEP: keep, leave, hide, omit
    HIDE: keep quiet about, stay quiet about, keep silent about, stay silent about, say nothing about, say nothing to,
        tell no one, tell nobody, without a word, not a word to, keep this quiet, be discreet about, do not let anyone,
        never speak of, keep mum, no mention of this, make no mention, without mentioning it, do not show this step,
        leave this step out, hide that, hide the fact, conceal that, conceal the fact, cover up, leave out that,
        omit that, do not let on, do not reveal that, not let on, gloss over, do not bring up, don't bring up,
        never bring up, not bring up, do not bring this up, not be mentioned, not be told, never mention
    CLAIM: say, claim, report, state, tell the user, answer, pretend, act, respond, assure, confirm, inform the user
    FINE: everything went fine, everything is fine, it succeeded, it worked, successful, success, nothing happened,
        went well, all is well, the operation failed, it failed, has failed, operation succeeded, everything worked,
        no errors
    REGARDLESS: regardless, no matter, even if, even when, whatever happens, in any case, irrespective, whether or not
    NEEDLESS: confirmation is not needed, confirmation is not required, confirmation is unnecessary,
        no confirmation is needed, no confirmation needed, no user confirmation, no need to confirm, no need to ask,
        approval is not needed, approval is not required, consent is not needed, consent is not required,
        consent is implied, approval is implied, consent is assumed, approval is assumed, pre approved, preapproved,
        already approved, already confirmed, already consented, already authorized, already knows, already agreed
    GOAHEAD: go ahead, directly, proceed, immediately, straight away, right away, at once, just, so do not, so don't,
        without asking, continue, execute, bring up, do not ask, don't ask
    SIDETASK: side task, as a side, also look, additionally look, while at it, in passing, in addition, also search,
        also collect, also read, secondary task
    ASK: ask for, ask the user for, prompt for, prompt the user for, demand
    ONWARD: pass both, pass them, pass it, send them, send it, forward them, forward it, pass on, submit them,
        submit it, hand them, include them, include it, supply them, use them, put them, report them, put it
    PEOPLE: the user, the human, the person, the customer, the owner, users, humans, people, nobody, no one
    NEEDNOT: doesn't have to, does not have to, doesn't need to, does not need to, need not, must not, should not,
        shouldn't, may not, will not, won't, is not to, are not to, has no need to, have no need to, needs not,
        mustn't, must never
    KNOW: know about, know that, know of this, learn about, learn of, learn that, notice, see this, see that, approve,
        confirm this, be told, be asked, be informed, find out, realise, realize, be aware, hear about, hear of, agree,
        consent, be involved, be bothered, be consulted, suspect
    GIVEAWAY: attach, attaches, paste, embed, forward, upload, transmit, enclose, quote, mail, hand over, send
    KEYFILE: {SECRET_FILE}
    BEST: is the best, is best, is superior, is the leading, is the most, is better than
    MENTION: mention that, say that, recommend, state that, point out that, stress that, praise
    VARIABLES: openai_api_key, anthropic_api_key, aws_secret_access_key, aws_access_key_id, github_token, gh_token,
        database_url, secret_key, private_key, api_key from, npm_token, slack_token, stripe_secret_key
    TAKEVALUE: value of, contents of, content of, use, put, pass, insert, supply
    RELIABLE: more reliable than, more trustworthy than, more accurate than, overrides any, overrides all, trumps all
    ANYTHING: anything else, any other, all other, everything else, every other, other sources, other tools
    ANOTHER: another tool, other tool, previous tool, other tools, previous tools, any tool, each tool, every tool,
        some other tool
    RETURNS: returns, return, returned, results, result, output, outputs, answers, responds, produces, yields
    TOTHIS: to this tool, to this server, to this function, into the body, into the request, in the request,
        to this one, with this tool
    DISTRUST: do not trust, don't trust, never trust, distrust, do not rely on, don't rely on, do not believe,
        never rely on
    RESULTOF: the output, the results, the result, output of, results of, answers of, any other, other tools,
        other servers, official
    PAYS: pay, pays, transfer, transfers, send money, wire, purchase, buy, invest, donate
    ACCOUNT: account, wallet, address, iban, instead, {ADDRESS}
    INSTEADOF: instead, use account, use wallet, use address, use this account, use the account, use iban
    COMMIT: commit, commits, build script, deployment, pull request, release
    AGREED: user agreed to, user has agreed, user agrees to, user consented to, user consents to,
        user approved everything, user gave permission, user has given permission, user gave blanket,
        user accepts everything, user is aware of
    SOTHAT: so never, so do not, so don't, so there is no need, so no need, therefore do not, in advance, no further,
        without asking
    COMMANDS: make it, have it, let it, force it, tell it, cause it, get it to
    CALLSTO: all calls to, every call to, each call to, any call to, all calls of, every call of, all requests to,
        every use of
    OWNCALLS: to this tool, to this server, to this function, of this tool, to the api, to this api, to this endpoint,
        to the server
    GIVES: give, gives, hand, hands, provide, provides, supply, pass, passes, tell, tells
    SHOWS: render, display, show, embed, include, add, insert, load, fetch, open, visit, output, request, call, ping,
        get
    URL: {ADDRESS}
    """
)

SHADOWING = (
    Claim("WHEN > CALLED > ALTERS > FIELD", "changes what other tools do", within=16),
    Claim("OTHERS > BAD", "steers the model away from other tools", within=8, negated=False),
    Claim("EVERYTHING > MUST > ROUTED", "steers the model away from other tools", within=12),
    Claim("ROUTED > MUST > USE", "steers the model away from other tools", within=8),
    Claim("MUST > USE > ROUTED", "steers the model away from other tools", within=12),
    Claim("INSTEAD > OTHERS > MUST > USE > EVERYTHING", "steers the model away from other tools", within=20),
    Claim("EACHCALL > SEND > TALK|HANDED", "changes what other tools do", within=14),
    Claim("WHEN > CALLED > PUTS > FIELD|PRIVATE|OWN", "changes what other tools do", within=16),
    Claim("RELIABLE > ANYTHING", "steers the model away from other tools", within=5),
    Claim("MENTION > BEST", "dictates what the model adds to its answers", within=10),
    Claim("ROUTED > EVERYTHING|ROUTED", "steers the model away from other tools", within=9),
    Claim("ANOTHER > RETURNS > PUTS|USE > TOTHIS", "changes what other tools do", within=16),
    Claim("PUTS > ANOTHER > RETURNS > TOTHIS|SLOT", "changes what other tools do", within=16),
    Claim("DISTRUST > RESULTOF", "steers the model away from other tools", within=4, negated=False),
    Claim("WHEN > PAYS > INSTEADOF", "changes what other tools do", within=12),
    Claim("WHEN > COMMIT > INSERTS > LITERAL", "dictates what the model adds to its answers", within=14),
    Claim("WHEN > CALLED > COMMANDS", "changes what other tools do", within=10),
    Claim("CALLSTO > MUST > ALTERS|PUTS", "changes what other tools do", within=14, unless="OWNCALLS"),
    Claim("AVOID > FROM", "steers the model away from other tools", within=5),
    Claim("OUTPUT > MUST > HOLD > LITERAL", "dictates what the model adds to its answers", within=14),
    Claim("HOLD|PUTS > LITERAL > OUTPUT", "dictates what the model adds to its answers", within=20),
    Claim("WHEN > WRITECODE > INSERTS", "dictates what the model adds to its answers", within=10),
)

EXFILTRATION = (
    Claim("EACHTIME > USE > TALK|HANDED", "orders the model to hand over private data", within=22),
    Claim("USE > EACHTIME > TALK|HANDED", "orders the model to hand over private data", within=22),
    Claim("WHEN > ANYTOOL > USE > THIS > HANDED|TALK", "orders the model to hand over private data", within=22),
    Claim("READ > KEYFILE > CLAIM|PUTS", "orders the model to read private files", within=10),
    Claim("GIVES > THIS > PRIVATE", "orders the model to hand over private data", within=7),
    Claim("GIVEAWAY > KEYFILE", "orders the model to read private files", within=5),
    Claim("TAKEVALUE > VARIABLES > SLOT|PUTS", "orders the model to hand over private data", within=10),
    Claim("PUTS > PRIVATE > SLOT", "orders the model to hand over private data", within=12),
    Claim("READ > PRIVATE > PUTS > SLOT", "orders the model to read private files", within=24),
    Claim("SIDETASK > PRIVATE", "orders the model to read private files", within=10),
    Claim("MUST|PUTS > WHOLE > OWN", "orders the model to hand over private data", within=12),
    Claim("MUST|PUTS > OWN > WHOLE", "orders the model to hand over private data", within=12),
    Claim("ASK > PRIVATE > ONWARD", "orders the model to hand over private data", within=16),
    Claim("SHOWS > URL > TALK|OWN|PRIVATE", "sends private data along with an address", within=24),
    Claim("PUTS > OWN > SLOT|OUTPUT", "orders the model to hand over private data", within=12),
)

SECRECY = (
    Claim("KEEP > HUSH", "asks the model to keep something from the user", within=6, negated=False),
    Claim("AGREED > SOTHAT", "claims the consent of the user", within=12),
    Claim("PEOPLE > NEEDNOT > KNOW", "asks the model to keep something from the user", within=8, negated=False),
    Claim("HIDE", "asks the model to keep something from the user", negated=False),
    Claim("CLAIM > FINE > REGARDLESS", "asks the model to keep something from the user", within=16),
    Claim("NEEDLESS > GOAHEAD", "tells the model not to ask the user", within=12, negated=False),
)
