"""What words weigh in `leaning`: a line has a weight in tenths and the marks that have it; fitted, not written."""

AGAINST = r"""
27: #O
23: #of1
21: #C
14: ^exploit
13: exploit
12: system
11: C+RECIPIENT, thes
10: #of2, C.SELF
9: C.ANYWAY, ^important, our
8: #host, C.MAKERNOUN, C.THIRD, O+KEYFILE, O.POWERFUL, attack, malicious, {SECRET_FILE}
7: C+BEFOREIT, O.KEYFILE, a hid, answer, approv, b, com, important, it, one, read_fil, to a, to each, whatever
6: #", C.INVITED, C.WEAPON, O+ANYREQUEST, O+ONWARD, O.DEFENSE, O.MENTION, any, cooky, dump, execut the, injection,
  into, its own, other, point, prior, privileg, that, to an, whil, word, yes
5: #unusual, C+SENDOUT, C+TOUS, C+UNSHOWN, C.DISARM, C.GAIN, C.GATHER, C.ORGANIZATION, C.OUR, C.STEAL, C.TOLD, O+DO,
  O+MENTION, O.MYDATA, O.PATCHED, ^brut, ^normal, ^system, as well, assistant, brut, brut forc, call the, call to,
  complianc, decod, decrypt, each, exchang, for diagnostic, for privileg, giv the, i, ignor all, leav, licens,
  mention, normal, now, of each, of our, own, pay, previous, q, restriction, result, run, safety, secret, security,
  shell, signatur, tak, them, too, use the, well, whatever the
4: 20, 64, 72, 74, C+CHOICE, C+CHOSEN, C+CONTRARY, C+DEFENSE, C+HOST, C+ORGANIZATION, C+OUR, C+SPEND, C+US, C+WEAPON,
  C.ADS, C.BEFOREIT, C.BUGGED, C.DEGREE, C.GATHERED, C.LATERUSE, C.OTHERS, C.RIVAL, C.US, C.USE, C.YOURS, O+PEOPLE,
  O+PERMIT, O+WAIVE, O.BAD, O.HUSHED, O.OBEY, O.OTHERSONE, O.SCRAP, O.SLANDER, O.VALUEOF, O.WAIVE, ^befor, ^onc, ^q,
  ^skip, ^when, account, all previous, along, alway, and add, anyth, as the, assertion, backup, be not, be open, be
  put, be to, buy, c, check for, company, content of, crack, diagnostic, display, execut, from memory, go, green,
  half, hand, her, hijack, in which, later, licenc, loss, mean, memo, mention that, no, normal text, off, older than,
  packag from, password from, retain, rul, sensitiv, server can, servic, shall, show to, sid, smooth, staff, the
  actual, the one, to check, trust, us, vendor, we, what, what you, who, you be, you to, {ADDRESS} to
3: C+ANYWAY, C+BYCALLER, C+EVIL, C+GUARD, C+INTIMATE, C+MAKERNOUN, C+PLANT, C+SECRET, C+WEAKEN, C+WEAKENED, C+WITHIN,
  C+YOURS, C.ALTER, C.BUT, C.BYCALLER, C.CONFIDED, C.EVIL, C.FALSIFY, C.FRAMED, C.ITSELF, C.NOCHOICE, C.ORDERED,
  C.POSSESSIVE, C.READOUT, C.ROB, C.SKEWED, C.SWITCHED, C.TYPED, C.WE, C.WEAKENED, O+ANYTOOLS, O+BECOME, O+ENDWITH,
  O+FETCH, O+HUSHED, O+MONEYTO, O+MYDATA, O+RULES, O+SCRAPPED, O+THISINSTEAD, O+VALUEOF, O.ANYTOOLS, O.BECOME,
  O.ENDWITH, O.FIELD, O.HOMEREAD, O.LOADED, O.MYSELF, O.OUTGOING, O.PASSED, O.RETURNED, O.RULES, O.VARIABLE, O.WAIVED,
  ^allow, ^an, ^as, ^bypass, ^clean, ^drop, ^dump, ^escap, ^fast, ^finding, ^format, ^giv, ^insert, ^instead, ^keep,
  ^obtain, ^print, ^record, ^report, ^show, ^sid, ^sign, ^step, ^voic, a fil, a log, a public, a track, abus, account
  and, acm, act, actual, ad, add {ADDRESS}, advertiz, after using, against, all, all rul, alway call, among, an
  account, and in, and includ, and leav, and run, answer be, anthropic, archiv, as, at, authentication, back, be
  empty, be no, be now, be on, be rank, be retain, be sell, below the, better result, build, calculator, calendar,
  call it, carry, chat, chrom, claus, collect, collector, consent, content, conversation to, critical, dialog,
  directiv, disabl, disclos, disregard, do, document and, down the, dur, e mail, empty, end in, ensur, entry in,
  escalation, escap, every, everyth, exfiltrat, feed, film, finding, firm, first call, for any, for command, format
  json, forward the, fre, from an, giv, half of, higher, hint, in between, inject, it return, its, its output, itself,
  keep, keep by, kerbero, keystrok, know to, leav a, leav empty, macro, minus, non, not nam, of every, of other, one
  be, open, open it, over, owner, packag, pass the, payment, percent, persistenc, port, print, privileg escalation,
  put, qr, qr cod, quietly, remov duplicat, replac the, report the, sam tim, second, seed, session id, slip, sourc
  and, styl, submit, suspend, switch, symptom, system you, temporarily, ten, than, the archiv, the content, the
  editor, the follow, the mail, the option, the other, the provider, the request, the tool, the user, the valu, ther,
  thes be, they, thi description, thi one, tmp, to, to call, tool, tool and, tunnel, unless the, upload the, use any,
  valuabl, verify, via, want to, what the, whoever, whos, world, writ to, you get
2: #length, 1000, 19, 27, 50, 54, 70, 75, 78, C+ADS, C+ASIDE, C+ASKEDFOR, C+CLIENTGUARD, C+DESTROY, C+DETAIL,
  C+DIVERTED, C+ELSEWHERE, C+FALSE, C+FALSIFY, C+FOREIGN, C+GETIN, C+GRANT, C+HELPS, C+MINES, C+ORDERED, C+POSE,
  C+PRIVATE, C+STEAL, C+THIRD, C+TYPED, C+UNASKED, C+WATCH, C+WE, C.ADDRESS, C.ALLOF, C.ASKEDFOR, C.CLIENTGUARD,
  C.COLLECTS, C.DIVERTED, C.FALSE, C.INTIMATE, C.LOGS, C.OFFWORD, C.PURPOSE, C.TELEMETRY, C.UNAGREED, C.UNASKED,
  C.WEAKEN, O+ALWAYS, O+ASKED, O+BAD, O+CALLS, O+GIVE, O+HOMEREAD, O+HUSH, O+ITSELF, O+NAMED, O+NEEDNOTS, O+OFUSER,
  O+OTHERS, O+PASSED, O+POWERFUL, O+RETURNS, O+SECRET, O+SHELL, O+SLANDER, O+SPAM, O+TELLS, O+VARIABLE, O+WAIVED,
  O.ANYREQUEST, O.ATTACH, O.CALLING, O.DENY, O.FRAMED, O.FROMTOOLS, O.FROMUSER, O.GAINED, O.HIDDENORDER, O.HOMEFILE,
  O.INSTEAD, O.MULTIPLY, O.MUSTCALL, O.NAMED, O.NEEDNOTS, O.OFUSER, O.OTHERS, O.OUTSENT, O.PERMIT, O.ROLE, O.SPAM,
  O.TALKED, O.THISINSTEAD, O.URL, O.YOURSECRET, ^3, ^act, ^and, ^answer, ^any, ^assum, ^b, ^be, ^com, ^complianc,
  ^disregard, ^doc, ^draft, ^draw, ^emb, ^exfiltrat, ^failur, ^first, ^follow, ^forget, ^global, ^hint, ^inject,
  ^install, ^invoic, ^leav, ^let, ^mak, ^may, ^number, ^pleas, ^prior, ^seed, ^session, ^simulat, ^sort, ^span,
  ^switch, ^sync, ^ther, ^warning, ^what, ^work, ^{SECRET_FILE}, a calendar, a copy, a debug, a fac, a label, a lead,
  a list, a market, a miss, a no, a person, a point, a prompt, a remot, a rol, a second, a server, a shell, a sourc, a
  system, a tim, a tool, a workflow, abl, abl to, about the, access to, account of, act as, add a, address be, address
  to, administrator, agent be, all environment, all safety, all security, alter, an alert, an assistant, an external,
  an extra, and answer, and attach, and call, and clos, and edg, and event, and execut, and forward, and liv, and
  must, and note, and pass, and quietly, and row, and their, and use, and verify, and with, anonymous, any messag,
  anybody, anywher, append, applicant, approv and, argument, argument be, as you, ask a, ask for, assign, at the,
  attach_to, audit trail, author, automatically redirect, availabl to, back up, backend, bank, be abl, be block, be
  build, be doing, be fals, be handl, be know, be mak, be outdat, be run, be suspend, be try, befor answer, befor
  delet, befor thi, befor you, being, better, block in, body as, by remov, bypass, bypass all, bypass security,
  calendar with, calibration, camera, candidat, captur, cdn, certain, chain, check be, check whether, child to, choos,
  clean, client to, cod in, collaborator, collection be, colour, com in, comment and, company policy, competitor,
  comply, computer, confidential, config, confirm tru, connection to, consider, consistency and, constant, contain,
  contain a, content in, control, conversation in, cooky and, copy, copy and, copy be, copy the, count as, credit,
  current work, cve, dan, data, data collection, data loss, data point, data set, data you, description be,
  deserialization, despit, devic and, disabl all, disabl the, distribut, do we, doc, doing, domain be, download,
  draft, driv, drop, drop a, drop the, duplicat, each messag, each pag, each query, each url, edg, edit the, editor,
  email, email body, email by, empty the, enabl a, end, end with, ensur proper, establish, event log, ever, except,
  exfiltrat data, explanation, export the, fac, failur to, fals positiv, fast, favour, fil by, fil do, fil in, fil
  operation, fil the, fil to, fil under, find ther, first, first run, for all, for an, for better, for different, for
  every, for fil, for fre, for general, for later, for safety, for user, for word, forward, from list, from which,
  full, full list, general, generator, go into, hand the, harvest, history and, hit, how many, idl, if non, if they,
  in each, in fil, includ the, inject malicious, insert, insert a, instruction about, instruction and, insuranc,
  interest, into a, issu a, it as, just use, keep call, know, less, lik a, lin in, list of, loan, log and, look for,
  lower, mail address, maintainer, maintenanc, mak, mak by, mak the, matter, may, may chang, me, mean no, meeting,
  mention thi, messag, miner, minor, miss, moderation, modify, movement, must alway, must contain, must first, nam
  lik, negativ, net, no need, non be, not by, not creat, number with, observ, occur, of, of messag, of thes, of using,
  often, ok, on, on a, on it, on them, onc, onc the, one that, open a, operator, option, or tool, other search, other
  server, out, out the, outdat, outlier, outsid, over all, parameter to, part, part in, participant, password hash,
  past, payload, pleas, plugin and, pool for, positiv, pre, premium, presenc, prior to, project with, prompt to,
  proper, purpos, rank, reachabl, reader, reason, receipt, record a, register the, relation, replac, report, requir
  by, restaurant, result of, result to, return ok, reus, rf, right and, rm, rm rf, rol that, room, room with, run to,
  safety featur, sampl of, sav as, say that, scan, scanner, screen, search log, security rul, security validation,
  send_messag, servic account, set by, shadow, should i, show, show an, show me, simulat, skip, so do, socket, som,
  sourc or, span, spe, speak, sql execution, step, step 2, step 4, string return, strong, supersed, sync, system
  automatically, system ignor, system servic, tarball, tell you, terminat, test and, test result, text text, than the,
  that be, that other, that the, that they, that would, the administrator, the approval, the audit, the author, the
  camera, the check, the child, the cod, the conversation, the copy, the credit, the download, the identity, the key,
  the list, the log, the maintainer, the memo, the miss, the parent, the person, the plain, the prior, the proxy, the
  servic, the string, the support, the updat, the variabl, the word, them in, them on, them out, them with, ther be,
  thi and, thi call, thi directiv, thing, thos, thos of, thre, tls, to delet, to ensur, to giv, to mention, to min, to
  read, to run, to you, today, tool be, tool from, tool nam, tool return, trac, trail, train, train a, travel, triag,
  trigger an, twic, unauthenticat, unit, unit test, unpublish, up on, upon, usb, use of, user data, user databas, user
  fil, user giv, user input, user messag, user want, user who, validation, valu of, via a, vot, vulnerabl, walk, want,
  we need, what be, when call, when process, when user, whenever a, wher claus, wher they, whether a, which data,
  which every, whisper, win, window, with a, with it, with other, with rol, within a, without the, word for, would be,
  writ, writ access, your plac, your system, yourself, {ADDRESS}, {HOME_FILE}
-2: #lower, 'sidenote', 1 pass, 24, 24 hour, 30, 90, 90 day, C+GATHER, C+LOGS, C+OUTSIDE, C+PUBLIC, C+STOP,
  C+YOURPLACE, C.APART, C.ASIDE, C.BETTER, C.DESTROY, C.FENCE, C.FOREVER, C.MAY, C.NOSTOP, C.OWNS, C.PRIVATE,
  C.SENDOUT, C.TAKER, C.UNSEEN, C.UNSHOWN, O+AVAILABLE, O+BEFOREOTHERS, O+FIELD, O+HANDED, O+IMPORTS, O+INNER,
  O+NEEDED, O+READFILE, O+REPLACE, O+REPORTED, O+TAKEN, O+YOU, O.AVAILABLE, O.BEFOREHAND, O.DEMAND, O.DO, O.IF,
  O.IMPORTS, O.LOOT, O.MONEYTO, O.PASSWORD, O.READFILE, O.REPORTED, O.RETURNS, O.RUNS, O.TERMINAL, O.WHOLE, ^1, ^2,
  ^all, ^analyz, ^arg, ^check, ^clos, ^contact, ^delay, ^describ, ^detect, ^do, ^entry, ^exampl, ^expir, ^ignor,
  ^includ, ^key, ^load, ^min, ^mod, ^need, ^note, ^only, ^optional, ^pass, ^personal, ^remov, ^replac, ^rerank, ^run,
  ^scan, ^search, ^send, ^stor, ^subscrib, ^summariz, ^support, ^the, ^thes, ^thi, ^used, ^v2, ^verify, a cluster, a
  directory, a screenshot, a singl, a text, a token, about a, account be, add an, additional, address in, again,
  agent, agreement, ai, airlin, allow, allow to, alon, also, alway show, amazon, an, an input, analysi, and a, and
  account, and be, and befor, and can, and do, and may, and privat, appear as, arg, array, artifact, as 'sidenote', as
  an, asset, attribut, authenticat, auto, automation, aws, backdoor, bas on, batch, be a, be accept, be copy, be
  delet, be fetch, be in, be includ, be mask, be remov, be shar, be tell, be usually, beacon, befor call, befor the,
  befor they, befor using, behind a, between the, bia, bill, blind copy, board, bot, both, browser, by our, bypass
  the, cach for, call befor, call thi, can use, card be, cas, cas of, character, cli, cluster, com first, commit,
  compar, confirm, confirmation that, consol, contact, contact with, content as, content be, context, copy as, copy
  fil, creat an, creat azur, creation, customer, dashboard, debugger, delay, delet, deliver, deploy, deployment,
  describ a, detail and, development, disabl for, discard, do not, documentation, drill, earn, element, entry that,
  event of, exist, explain, explicit, explicitly, fact, fak, fall, fals to, feedback, fetch, fetch from, fil, fil it,
  fil that, first to, flag, flow, for confirmation, for show, form be, format, fresh, from our, from {SECRET_FILE},
  further, gender, get_not, get_not method, git, giv a, giv to, glossary, go down, googl, hav, header, hid, hom
  assistant, host, how the, id and, imag be, in cas, in one, inbox, incident, index, info, information, input
  parameter, instruction in, internal, invoic, invok the, isolat, it be, it befor, it cannot, it do, it in, it must,
  it on, its id, keep in, key and, knowledg, kubernet, languag, later session, let the, limit, lin, link, list, list
  all, list fil, list in, list the, log in, log of, log to, log with, los, mak it, manag, mark as, mask, may be,
  member, merg, metadata, method to, metric, mint, monitor, most view, must not, nam, nam of, need the, never log,
  never tell, newer, not be, not know, not overrid, notify, null, number of, obtain the, of all, okta, on the, on
  your, only after, or the, organization, other tool, otherwiz, our partner, pag and, pair and, pars, pass its,
  password, percentag, performanc, period, permission, permission on, personal, pick, pick it, placeholder, poll,
  position, prefer it, preflight, present to, pretend, prevent, pric, prioritiz, privat key, product, property,
  provid, publish, purchas, query, rbac, reach, read {SECRET_FILE}, region, registrar, remotely, remov, replac by,
  rerank, reset, restart, restor, return a, root, rul and, s3, sampl, sampl and, screenshot, script, script that,
  section, select, sell, seller, server log, server so, shar the, shar with, shell command, shift, short, show all,
  sign in, silently, simpl, singl, sound, spam, stag, star, still, stor and, stor by, stream, string, structur,
  subtitl, suggest, support, symbol, tag to, test, text be, text for, the answer, the caller, the channel, the cli,
  the credential, the dashboard, the environment, the event, the get_not, the nam, the owner, the phon, the releas,
  the respons, the rol, the server, the specify, the ticket, the url, them from, then call, then pass, thi be, thi
  includ, thos that, ticket, tim it, tim zon, timeout, tip, to avoid, to dat, to install, to set, to the, to which, to
  {HOME_FILE}, token be, tool of, tool read, tool you, transaction, tru to, try, turn, ui, universal, until it, up a,
  updat, used, used for, user ask, user befor, user do, user first, usually, utc, v2, valu be, valu under, vault,
  vault with, vector, video, violat, when the, when you, whenever the, whol, with thi, with user, workspac, writ be,
  writ the, yaml, you should, your answer, your organisation, your own, zon, {ADDRESS} for, {SECRET_FILE} fil
-3: #/, #=, 0, C+AGREEMENT, C+BETTER, C+FOR, C+LEAN, C+MAY, C+QUIET, C+READOUT, C+RESULT, C+SECRETISH, C+TURN,
  C.ARMED, C.GETIN, C.HELPS, C.HOST, C.MERCHANDISE, C.RECIPIENT, C.SECRETAWAY, C.SHOWN, O+ATTACH, O+BEFOREHAND,
  O+DEFENSE, O+EVERYTIME, O+IF, O+NO, O+NOTICE, O.ALWAYS, O.BEFOREOTHERS, O.PLACE, O.PROMPTED, O.SHELLRUN, ^admin,
  ^anyon, ^block, ^copy, ^deactivat, ^default, ^find, ^log, ^must, ^never, ^omit, ^secret, ^start, ^tell, ^they,
  ^useful, a, a customer, a host, a note, a specific, accept, an exist, analyz, anyon with, appear, as id, ask to,
  attacker, attempt to, audit log, bas, be ask, be mark, be push, be read, be replac, be return, be stor, be tru,
  budget, caller, campaign, can read, cannot be, card, card number, category, check that, check with, comment,
  complet, component, configur, configuration, cost, creat, creat a, dat, data from, day, defin, delet a, description,
  detect, each call, entity, every request, exactly, expir, fail check, fals, fil be, filter, from, from all, generat,
  get, get the, history, hold, host that, how, if, if sourc, if the, in it, in parallel, install the, instruction or,
  issu, it for, it up, key, kubectl, learn, level, lik, local, log, login, longer, malwar, mark, markdown, method,
  mistak, mov, multipl, must, never, nod, one of, org, organisation, pag, pair, parallel, party, pass, pass it,
  pattern, per, perform, permanently delet, personal data, phon, prefer, present, pretend to, progress, prompt,
  question, read only, record, record in, referenc, repeat, request, rest, retriev, rol, schema, search, secretly,
  send a, server and, should, so the, sourc be, specify, ssh server, stand, start, stor, stor it, summariz the, tell,
  tell the, that run, the card, the chang, the current, the databas, the giv, the password, the rest, the system,
  their, third, titl, to confirm, to other, to your, token and, tool in, typ, usag, use other, useful, useful for,
  user be, user for, user that, which, why, with forc, within, you call
-4: #_, #middle, C+CHANGE, C+LOGGING, C+MONEY, C+OMIT, C+OWNS, C+RIGHTS, C+TILTED, C.CHARGED, C.PROMPTS, C.TOUS,
  C.TRUSTED, C.TURN, C.UPTO, O+DEMAND, O+FAILED, O+LOOT, O+PLACE, O+PROMPTED, O+TAME, O.CARRIED, O.CROWN, O.INNER,
  O.ONWARD, O.SEIZED, O.TRUSTED, ^add, action, admin, an ssh, and mail, and record, another, automatically, avoid, be
  call, be hid, be keep, be log, be set, block, confirmation, credential, data be, deactivat, detail, devic, document,
  e g, for access, forc tru, g, harness, ids, match, mcp, most, must call, need, no longer, omit, optional, overrid,
  profil, project, public key, push, push to, record the, resourc, return the, see the, sit, so, ssh, start a, system
  prompt, task, templat, the fil, thi tool, to ignor, token, up to, use, verification, will
-5: 1, C.SPEND, O.OTHER, O.TAKEN, O.TAME, ^use, a new, a user, api, attempt, availabl, azur, be pass, be send, branch,
  can, hid from, instanc, item, key to, load, new, of your, pass to, path, permanently, request be, requir for, send,
  send to, show the, third party, url, valu, view, you can
-6: #of4, C+SELF, C.CHOSEN, O+MAYCALL, ^requir, and return, cannot, chang, current, default, from the, of a, password
  be, set, specific, the pag
-7: ^list, ^return, ask the, field, includ, status, tru, version
-8: C.DEFENSE, O.EVERYTIME, be leav
-9: C+USE, ^each, requir, return
-10: #opening, ^get, only
-11: #(, id
-12: #of5
-15: or
-27: #of6
-45: #all
"""
"""How far a mark leans towards what is done against a user."""

ABOUT = r"""
14: #O
7: thi
6: all
5: #_, #`, #middle, #of3, you
4: #", C+SLOT, C.FRAMED, C.SLOT, O+DUTY, O.DEMAND, O.DUTY, O.SLOT, system, the user, tool, user
3: #/, #all, C.NO, O+DEMAND, O+SLOT, O.FRAMED, O.MODELNOUN, O.RULES, ^system, add, as, email, instruction, now, send
  to, that the, the, you be
2: #host, #lower, #of4, #of6, C+CHOSEN, C+CONSENT, C+FRAMED, C+MONEY, C+NO, C+QUIET, C.ADDRESS, C.CONSENT, C.DISARM,
  C.FENCE, C.HOSTILEHOST, C.MAILED, C.ROB, C.STEAL, C.YOURS, O+FRAMED, O+MENTION, O+MODELNOUN, O+OBEY, O.ALWAYS,
  O.BECOME, O.BEFOREHAND, O.HOSTILEHOST, O.IF, O.ITSELF, O.MENTION, O.OBEY, O.OTHER, O.OTHERS, O.PAYLOAD, O.READFILE,
  O.REPLACE, O.SCRAP, O.SPAM, O.TELLS, O.URL, ^alway, ^do, ^important, ^thi, ^when, ^you, add a, all data, alway,
  call, execut, exfiltrat, exfiltrat all, hav, ignor, important, must, previous, prompt, rul, send, thi tool, to be,
  to {ADDRESS}, will, writ, you writ, {ADDRESS}, {SECRET_FILE}
1: #unusual, C+ALTER, C+DISARM, C+GRANT, C+OMIT, C+UNSHOWN, C.ALLOF, C.ALTER, C.CHANGE, C.FOR, C.PROMPTS, C.TURN,
  C.UNSHOWN, O+ALWAYS, O+DENY, O+GIVE, O+MYDATA, O+OTHERS, O+POWERFUL, O+SCRAP, O+TELLS, O.ANYTOOLS, O.KEYFILE,
  O.REPLY, ^ignor, ^result, a fil, act, afterward, also send, and execut, api, config, diagnostic, first, follow, for
  diagnostic, giv, her, i, messag, no, notic, other, read {SECRET_FILE}, relation, safety, say, say that, steal, text,
  the api, the operator, validation
-1: 2, 3, 4, C+AIM, C+DEFENSE, C+MAKERNOUN, C+MAY, C+SKEWED, C+UNSEEN, C+WE, C.AGREEMENT, C.INTIMATE, C.KEEP, C.MAKER,
  C.MAKERNOUN, C.MAY, C.OTHERS, C.WITHIN, O+DO, O+PERSONALIA, O.DO, O.KEEPS, O.NO, ^brut, ^bypass, ^creat, ^dump,
  address, after, application, be tell, brut, brut forc, build, bypass, consent, dump, each, entry, forc, get, http,
  nobody, of, own, privileg, remot, servic, so, the tool, updat, your
-2: #of2, 1, C+EMPOWERED, C+FOREIGN, C+MAKER, C+ORGANIZATION, C+SEND, C+SENDOUT, C.AIM, C.EMPOWERED, C.GAIN, C.GATHER,
  C.LEAN, C.ORGANIZATION, C.PLANT, C.READOUT, C.RIGHTS, C.WATCH, C.WE, C.WEAPON, O+NO, O+ONWARD, O.BAD, O.GIVE,
  O.LOOT, O.PASSWORD, O.PERSONALIA, ^a, ^it, account, along, attack, authentication, be, can, credential, databas,
  malicious, mark, mean, nobody be, one, password, send the, them, to a, we
-3: #end, #opening, #passive, C+WATCH, C.DESTROY, ^exploit, a, an, creat, exploit
-4: C.USE, O.DEFENSE, ^the
-6: #of1
-10: #C, #third
"""
"""How far it leans towards an order to the model, among what leans against its user."""
