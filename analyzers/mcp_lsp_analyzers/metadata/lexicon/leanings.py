"""What words weigh in `leaning`: a line has a weight in tenths and the marks that have it; fitted, not written."""

AGAINST = r"""
27: #O
24: #of1
20: #C
18: ^exploit
16: thes
15: attack, exploit
14: C.ANYWAY, C.SELF
13: system
12: O.DEFENSE, to each
11: C.INVITED, ^enumerat, injection, one, other
10: C+BEFOREIT, a hid, com, our, pay, sid, yes
9: #of2, C+RECIPIENT, C+SPEND, C.GATHER, C.MAKERNOUN, O+KEYFILE, ^important, approv, b, enumerat, her, kerbero,
  malicious, mention, now, point, privileg, read_fil, shell, to a, too, whatever
8: #host, C+UNSHOWN, C.DEGREE, C.GAIN, C.THIRD, C.TOLD, O+ONWARD, backup, be to, buy, call the, call to, cooky, crack,
  i, into, its own, mak, memo, of our, safety, sensitiv, signatur, that, the one, to an, via, whil, who, {ADDRESS} to
7: C+CHOICE, C.BUGGED, C.EVIL, C.GATHERED, C.WEAPON, O+ITSELF, O.BAD, O.KEYFILE, O.OTHERSONE, ^brut, ^onc, and add,
  answer, any, assertion, chat, consent, decod, decrypt, exchang, execut, execut the, giv the, go, half, later,
  licens, own, packag from, q, staff, trac, trust, use the, we, what, what you, whoever, word, {SECRET_FILE}
6: #", %^ ~ ~, C+ANYWAY, C+CHOSEN, C+CONTRARY, C+DESTROY, C+FOREIGN, C+ORGANIZATION, C+TOUS, C+US, C.LATERUSE,
  C.ORDERED, C.OTHERS, C.OUR, C.SKEWED, C.STEAL, C.USE, C.WE, O+MENTION, O+TELLS, O.CALLING, O.MENTION, O.MYDATA,
  O.PATCHED, O.POWERFUL, ^an, ^drop, ^escap, ^q, ^system, ^voic, add {ADDRESS}, along, alway, and call, assistant,
  authentication, be not, be only, be open, be put, count as, critical, dump, each, empty, escap, every, everyth, for
  diagnostic, for privileg, green, hijack, ignor all, important, it, licenc, loss, lower, mean, often, older than,
  part, password from, prior, restriction, retain, run, secret, seed, shall, show to, smooth, symptom, the mail, the
  tool, them, they, thi description, what the, whatever the, you to
5: #unusual, %~ are, 20, 64, 72, 74, C+EVIL, C+SENDOUT, C+WEAKEN, C+WITHIN, C.ADS, C.BEFOREIT, C.BUT, C.CONFIDED,
  C.DISARM, C.FRAMED, C.ORGANIZATION, C.READOUT, C.RIGHTS, C.RIVAL, C.UNASKED, O+PEOPLE, O+PERMIT, O.ANYTOOLS,
  O.HUSHED, O.LOADED, O.OBEY, O.OUTGOINGS, O.PASSED, O.RETURNED, O.SLANDER, O.VALUEOF, O.VARIABLE, ^bypass, ^dump,
  ^giv, ^it, ^normal, ^obtain, ^print, ^report, ^sign, ^step, ^ther, ^what, a log, about the, abus, account and, act,
  ad, advertiz, among, anthropic, anyth, as the, as well, at the, back, be empty, be no, be rank, be retain, be sell,
  be try, brut, brut forc, call it, captur, carry, check for, collect, command, complianc, conversation to, display,
  do, document and, down the, drop, ever, exhaust, for command, format json, forward the, from an, half of, hand,
  hint, in between, it as, it return, leav, leav a, less, mak the, mention that, minus, mount, no, not nam, of each,
  of other, on, open it, packag, persistenc, port, put, quietly, report the, room, rul, scan, server can, session id,
  styl, submit, than, the actual, the provider, the valu, ther, to, to call, to you, tool, tool and, upload the, us,
  vendor, want to, well, whos, work, world, writ to
4: %^ ~s of, %it ~s, %the ~ ~s, %the ~s, C+BYCALLER, C+HOST, C+MINES, C+OUR, C+SECRET, C+UNASKED, C+WE, C+YOURS,
  C.ADDRESS, C.ALTER, C.BYCALLER, C.FALSIFY, C.NOCHOICE, C.POSSESSIVE, C.ROB, C.TYPED, C.US, O+ALWAYS, O+ANYREQUEST,
  O+ANYTOOLS, O+BECOME, O+DO, O+MONEYTO, O+MYDATA, O+NEEDNOTS, O+OTHER, O+PASSED, O+RETURNS, O+SECRET, O+SPAM,
  O+THISINSTEAD, O+VARIABLE, O.FRAMED, O.HOMEREAD, O.NEEDNOTS, O.OUTGOING, O.OUTSENT, O.SCRAP, O.URL, ^3, ^b, ^be,
  ^befor, ^clean, ^creat, ^finding, ^health, ^hint, ^insert, ^result, ^skip, ^span, ^warning, a copy, a list, a no, a
  person, a public, a rol, a sourc, a track, account, acm, actual, against, ahead, all previous, all security, and
  answer, and in, and includ, and leav, and must, and pass, anonymous, answer be, attach_to, bank, be handl, be run,
  be trac, befor thi, bring, build, by, bypass security, calculator, certain, claus, client to, cod, collaborator,
  company policy, confidential, confirm tru, copy the, dan, description be, deserialization, devic and, diagnostic,
  directory, disclos, drop a, dur, e mail, each query, edit the, end in, end with, entry in, escalation, exfiltrat,
  export the, feed, fil do, film, finding, firm, for later, for user, forward, from memory, generator, health check,
  higher, hom, if non, in which, inject, its output, keep, keep by, know to, loan, mean no, mention thi, modify, net,
  network, non be, normal, normal text, not creat, of every, on them, onc the, one that, operator, past, payment,
  percent, presenc, privileg escalation, prompt to, purpos, qr cod, rank, reason, record a, remov duplicat, result of,
  sam tim, security rul, servic, show, slip, som, sourc and, step 2, strong, supersed, switch, system you, ten, text
  text, the administrator, the approval, the archiv, the author, the cod, the download, the editor, the folder, the
  key, the option, the request, the second, the updat, the variabl, thes be, thi one, thre, to check, to giv, to min,
  today, train a, tunnel, unless the, usb, use any, user messag, user want, valu of, valuabl, walk, wher, win, with
  it, wors, you get, your plac, {ADDRESS}
3: %are ~, %for ~ $, %not ~ $, %the ~s ~s, %~ are ~ed, %~ the, %~ ~ ~, %~ ~s, %~s ~, 'admin', 1000, 19, 7, C+ADS,
  C+AIM, C+ASIDE, C+CLIENTGUARD, C+DEFENSE, C+ELSEWHERE, C+FALSE, C+FALSIFY, C+FENCE, C+GUARD, C+SEND, C+SHOWN,
  C+WEAPON, C.CLIENTGUARD, C.FALSE, C.ITSELF, C.PURPOSE, C.SWITCHED, C.UNAGREED, C.YOURS, O+ASKED, O+CALLING, O+FETCH,
  O+HUSH, O+HUSHED, O+MODELNOUN, O+NAMED, O+PERSONALIA, O+SCRAPPED, O+SHELL, O+SURFACED, O+VALUEOF, O.BECOME, O.FIELD,
  O.GAINED, O.MULTIPLY, O.MYSELF, O.NAMED, O.OFUSER, O.SHELL, O.TALKED, O.THISINSTEAD, O.YOURSECRET, ^and, ^answer,
  ^as, ^authenticat, ^com, ^doc, ^draft, ^emb, ^extract, ^failur, ^fast, ^follow, ^format, ^global, ^inject, ^install,
  ^instead, ^invoic, ^keep, ^let, ^lookup, ^mak, ^may, ^number, ^password, ^record, ^say, ^search, ^seed, ^sid,
  ^simulat, ^sort, ^sync, ^titl, ^to, ^when, ^work, a calendar, a debug, a fac, a market, a miss, a point, a remot, a
  server, a system, a third, a tim, a tool, a workflow, access to, account of, add a, address be, after using, agent
  be, all environment, all rul, alter, alway call, an account, an alert, an assistant, an external, an extra, and
  attach, and clos, and event, and execut, and forward, and liv, and note, and quietly, and row, and run, and their,
  and verify, and version, and with, anybody, anywher, append, approv and, argument be, as, as if, as you, ask a, at,
  audit trail, autoapprov, availabl to, back by, back up, be, be block, be doing, be fals, be ignor, be know, be mak,
  be now, be on, be outdat, be suspend, befor answer, befor delet, befor you, being, below the, better result, block
  in, by remov, bypass, c, calendar, calendar with, calibration, cancellation, candidat, cdn, child to, choos, clean,
  client, collection be, collector, colour, com in, comment and, company, complain, comply, computer, condition,
  connection to, constant, content in, content of, control, conversation in, cooky and, copy and, current work, data
  collection, data in, data loss, data set, data you, delet fil, despit, dialog, different, directiv, disabl the,
  disregard, dll, dns, do we, doing, domain be, driv, drop the, each messag, each url, editor, email by, empty the,
  enabl a, establish, event log, except, exfiltrat data, explanation, failur to, fals positiv, favour, fewer, fil by,
  fil the, fil to, filesystem, find ther, firewall, first call, first run, for all, for any, for different, for
  domain, for fre, for general, for word, foreign, fre, from list, full list, general, get an, giv, go into, hid data,
  history and, hit, hous, idl, if you, in each, in fil, includ fil, inject malicious, insert a, insuranc, interest,
  into a, its, itself, just use, keep call, keystrok, leav empty, lik a, lin in, log and, look at, lookup, macro,
  maintainer, mak a, matter, may, may chang, me, miner, must contain, nam lik, negativ, no need, nobody, not by,
  notic, ntlm, number with, observ, obtain, of messag, of thes, ok, on in, on it, one be, open a, opt, other search,
  other server, other sid, out the, outdat, outlier, over, owner, password in, pleas, plugin and, pool for, positiv,
  premium, print, project with, pupil, qr, reachabl, reader, receipt, register the, relation, remain, remot, replac
  the, report, resourc for, restaurant, result, result to, return ok, reus, rol that, room with, run to, sampl of,
  say, scan for, scanner, search log, second, security, send_messag, servic account, set by, shadow, should i, show
  an, show me, silent, simulat, so do, socket, span, speak, steal data, step 4, string return, summary, suspend, sync,
  system servic, tak, tarball, tell you, temporarily, test and, test result, than the, that be, that other, that they,
  that would, the audit, the camera, the child, the content, the credit, the follow, the identity, the log, the
  maintainer, the memo, the miss, the parent, the proxy, the string, the support, them on, them out, them with,
  themselv, thi call, thing, thos, thos of, titl of, tmp, to mention, to read, to {ADDRESS}, tool from, tool nam, tool
  return, trad, trail, train, transfer, travel, trigger an, twic, unpublish, up on, upon, use of, user can, user fil,
  user who, via a, vot, vulnerabl, want, when they, whenever a, wher claus, wher they, whether a, which data, whisper,
  with a, with an, with rol, within a, without the, word for, would be, writ, writ access, writ fil, you be, you run,
  your system, yourself
2: #length, %0 $, %0 0, %0 0 $, %0 0 0, %^ it, %^ it ~s, %^ ~, %^ ~ ~s, %^ ~ing, %^ ~ing ~s, %^ ~s that, %all ~ ~s,
  %an ~ ~, %and ~ly, %and ~s, %by ~ing, %can ~ $, %every ~ ~, %for later ~, %for ~, %here $, %in ~ $, %later ~, %later
  ~ $, %people ~, %that were, %that ~s, %the ~ing, %the ~s $, %to each, %to each ~, %via ~, %{ADDRESS} to, %~ does, %~
  does not, %~ each, %~ for ~, %~ it, %~ it $, %~ the ~, %~ when, %~ {SECRET_FILE}, %~ {SECRET_FILE} ~, %~ ~ from, %~
  ~s to, %~ed by a, %~ed ~, %~ing $, %~ing it, %~ing ~ $, %~ing ~s are, %~ing ~s ~s, %~s and ~s, %~s are ~, %~s from
  the, %~s on ~, %~s that were, %~s ~ a, %~s ~ for, %~s ~ing, %~s ~s $, 000, 27, 50, 54, 70, 75, 78, C+ASKEDFOR,
  C+BUT, C+DETAIL, C+DIVERTED, C+FRAMED, C+GAIN, C+INTIMATE, C+KEEP, C+NOSTOP, C+ORDERED, C+POSE, C+THIRD, C+TYPED,
  C.ALLOF, C.ASKEDFOR, C.COLLECTS, C.DIVERTED, C.ELSEWHERE, C.KEEP, C.LOGS, C.MAKER, C.PLANT, C.STOP, C.WANTED,
  C.WATCH, O+BAD, O+DUTY, O+ENDWITH, O+FRAMED, O+HOMEREAD, O+INTOURL, O+LITERAL, O+OFUSER, O+OUTGOINGS, O+OWNTOOLS,
  O+RUNS, O+SHUN, O+SLANDER, O+WAIVE, O.ANYREQUEST, O.DENY, O.DUTY, O.ENDWITH, O.FROMTOOLS, O.HIDDENORDER, O.MUSTCALL,
  O.NO, O.PERMIT, O.REVEAL, O.ROLE, O.RULES, O.SHUN, O.SURFACED, ^abus, ^act, ^allow, ^any, ^assum, ^comment,
  ^complianc, ^crack, ^crawl, ^customer, ^disregard, ^draw, ^exfiltrat, ^fingerprint, ^first, ^forget, ^hid, ^leav,
  ^person, ^pleas, ^prefix, ^prior, ^provid, ^sampl, ^scan, ^session, ^switch, ^then, ^trac, ^wher, ^whoever, ^word,
  ^{SECRET_FILE}, a day, a different, a label, a lead, a prompt, a shell, abl, abl to, absent, act as, address and,
  address to, administrator, aid, all safety, an address, and, and edg, and hid, and resourc, and tell, and use,
  antivirus, any messag, applicant, archiv, assign, auditor, authority, automatically redirect, backend, bad, bar,
  bash, be abl, be build, be install, be look, be match, be our, be over, be part, be publish, be show, be ther, be
  used, behind, below, better, binary, bind, birth, body as, book, branch protection, break, bucket, by a, by company,
  by design, bypass all, call be, call by, can see, chain, chang the, check be, check whether, chrom, click, cod in,
  command on, competitor, complaint, concern, config, configuration and, consider, consistency and, contain, contain
  a, content, credit, cve, data point, definition and, delet the, deserialization attack, disabl all, disk, distribut,
  district, doc, domain, domain or, download, duplicat, each payment, earlier, edg, effect, email body, email to,
  ensur, ensur proper, ex, execut command, expect, fac, fast, fil directory, fil from, fil in, fil list, fil or, fil
  under, financ, find, folder, folder with, for better, for fil, for historical, for its, for safety, from thi, from
  which, generat a, go on, good, guest, hand the, harmless, harvest, head, hear, host on, how many, iban, if a, if it,
  if they, in, includ the, information for, injection in, injection techniqu, input, insert, instruction about,
  instruction and, invitation, invok, ip, issu a, join, json, just, jwt, know the, list secret, listen, listener,
  machin, mail address, maintenanc, mak by, manipulat, manuscript, market, meeting, mention it, messag, miss, model
  shall, moderation, movement, much, must alway, must first, never call, not exist, not mention, of using, of what,
  off, older, or directory, or tool, output, over all, over the, parameter to, part in, participant, partner, pass
  the, passag, password and, password hash, payload, payment be, person, phish, pictur, pictur be, plac, plugin,
  potential, pre, prefix, previous, prior to, privacy, process, proof, proper, protection, provid the, read by, read
  it, read sensitiv, readabl for, receiv, recogniz, record and, ref, requir by, return stock, rf, right and, rival,
  rm, rm rf, run after, saf, safety featur, sav as, sav password, scor, screen, securely, security validation, servic
  and, signatur be, skip, solv, somebody, sourc or, spac, spac to, spe, speech, sql execution, statement, step, system
  automatically, system ignor, tabl be, talk, techniqu, term the, terminat, the address, the agent, the bank, the
  check, the complet, the copy, the employer, the entry, the hom, the host, the hous, the link, the lock, the
  operator, the other, the person, the plain, the pric, the prior, the privat, the progress, the room, the sender, the
  statement, the user, the wallet, the workspac, their configuration, them as, them in, thi and, thi directiv, thi
  server, tim of, to data, to delet, to ensur, to mak, to target, tool be, tool call, tool output, triag, trial, two,
  unauthenticat, under the, union, unit, unit test, until they, updat packag, url and, used to, user databas, user
  giv, user input, user need, valid, valu and, verify, voic, way, we need, week, when call, when process, when user,
  which every, whoi, with each, with other, you may
-2: %0 ~s, %0 ~s $, %^ each, %^ ~ an, %^ ~ed, %^ ~s an, %a ~ for, %a ~ ~, %all ~s, %and ~ $, %and ~ ~s, %at {ADDRESS},
  %at {ADDRESS} $, %every ~ is, %has ~ed, %if ~, %is in, %not ~ ~, %of this ~, %once $, %out $, %the user has, %the ~
  must, %the ~ on, %the ~ to, %the ~s in, %their ~ $, %to ~ it, %user has, %with ~, %with ~ $, %you ~ed, %{ADDRESS} $,
  %~ a, %~ a ~, %~ and ~, %~ assistant, %~ first, %~ first $, %~ from, %~ from the, %~ from ~s, %~ instead, %~ is, %~
  only, %~ out, %~ the user, %~ until, %~ ~ $, %~ ~s are, %~ ~s ~ed, %~ed as, %~ed ~ ~, %~s an, %~s an ~, %~s and ~,
  %~s by ~, %~s each, %~s each ~, %~s in, %~s when, %~s ~s, %~s ~s of, ', 'sidenote', 1 pass, 10, 2, 30, 60, C+ARMED,
  C+COLLECTS, C+LEAN, C+MAILED, C+MONEY, C+NO, C+OFFWORD, C+OTHERS, C+QUIET, C+RESULT, C+TAME, C+TIMES, C+TOLD,
  C+TOWARD, C+TURN, C.APART, C.BETTER, C.GUARD, C.MAILED, C.PRETEND, C.RESULT, C.SEND, C.SENDOUT, C.SLOT, C.TAME,
  O+DENY, O+GATE, O+LOUD, O+OUTSENT, O+PAYLOAD, O+READFILE, O+REPORTED, O+REST, O+TAKEN, O+YOU, O.FAILED, O.GONE,
  O.IF, O.INSTEADW, O.PASSWORD, O.PAYLOAD, O.REST, O.RUNS, O.TERMINAL, ^ask, ^clos, ^compar, ^contact, ^data, ^deploy,
  ^disabl, ^estimat, ^filter, ^find, ^hand, ^its, ^key, ^maximum, ^messag, ^open, ^prompt, ^recipient, ^replac,
  ^reset, ^round, ^see, ^set, ^stor, ^thes, ^thos, ^train, ^writ, a mail, a random, a screenshot, a text, a word,
  account be, address, administrator with, again, agent, allow to, already, an input, and account, and address, and
  check, and say, announc, apply, approv a, array of, as 'sidenote', as an, assistant should, at onc, atla,
  authorization, auto, be accept, be copy, be do, be index, be need, be non, be provid, becom, befor any, befor the,
  befor they, bgp hijack, board, body, box, browser, busy, by mail, byt, can find, card be, checksum, cit the,
  cloudtrail, cloudwatch, column, commit, configuration, confirm, confirmation that, connection, content as, coverag,
  custom, databas to, db, debug, detect, detection, developer, differenc, doctor, each request, earn, echo, element,
  email address, encryption, enhanc, environment, error, every request, excel, fak, fil and, focus, follow, for a, for
  it, for show, from, from one, from {SECRET_FILE}, function, get, get_not, get_not method, git, giv a, giv to, graph,
  group, hid, id of, if ther, in a, in your, inbox, incident, increas, influxdb, inform, input parameter, instead,
  instead of, interfac, internal, invok the, iso, it cannot, it in, it on, it read, it without, job, jok, key and, key
  of, kubernet, lender, letter, link, list in, location, log, log in, longer, mail with, malwar, manager, many, max,
  maximum, mcp, memory address, mint, minut, mongodb, mov, nam in, nativ, nearest, never log, never tell, newsletter,
  not overrid, not set, numeric, object, offer of, on fil, organization, other customer, other tool, party, pass its,
  pass through, passphras, permission, permission be, poll, privat key, program, protect, query be, quota, rang, read,
  recent, red, refund go, remember, remotely, repo, report be, resolv, resourc, restrict, return by, return onc, rol
  and, rout leak, sav, scal, schedul, search for, secret and, see, sell, servic be, seven, shar the, sheet, shell
  command, shift, shop, short, show all, show wher, small, stack, stag, start with, statistic, stream, string to,
  subscriber, subtitl, team, temporary, temporary fil, text content, the access, the application, the differenc, the
  form, the get_not, the id, the landlord, the messag, the nam, the passphras, the program, the scop, the search, the
  security, the specify, the sql, the tabl, thi list, third, through your, tim, timeout, to creat, to follow, to
  install, to learn, tool as, tool for, tool of, tool read, tool you, upload, used, used by, user to, using, v2 4,
  vpc, vulnerability, welcom, when the, with its, with secret, with the, word document, worksheet, workspac, you nam,
  you want, your organisation, zon
-3: #/, #=, %the user, %~ ~ ~s, %~ed $, %~s $, %~s it, 24, 24 hour, 90 day, C+BETTER, C+GATHER, C+UNSEEN, C+YOURPLACE,
  C.ASIDE, C.HOST, C.OMIT, C.PUBLIC, C.SECRETAWAY, C.STOW, C.UNSHOWN, O+EVERYTIME, O+FIELD, O+GONE, O+IF, O+INNER,
  O+NO, O+REPLY, O.ALWAYS, O.ASKS, O.CALLS, O.DEMAND, O.FROMTHERE, O.INNER, O.INREPLY, O.LOUD, O.PLACE, O.PROMPTED,
  O.READFILE, O.RETURNS, O.SHELLRUN, O.WHOLE, ^2, ^analyz, ^arg, ^check, ^debug, ^delay, ^describ, ^do, ^expir,
  ^ignor, ^load, ^min, ^mod, ^need, ^never, ^remov, ^rerank, ^retriev, ^subscrib, ^support, ^thi, ^used, ^v2, ^verify,
  ^you, a cluster, a directory, a singl, a token, about a, about our, access, accurat, add an, additional, agreement,
  ai, airlin, alway show, amazon, an administrator, and a, and befor, and may, and mor, and privat, appear as, arg,
  artifact, asset, attempt to, attribut, automation, aws, back to, backdoor, bas on, batch, be fetch, be miss, be
  shar, be tell, beacon, befor call, behind a, between the, bia, blind copy, both, by our, cach, cach for, call befor,
  caller, can use, cas of, check, check and, cli, clon, comment, contact with, container, content be, context,
  creation, day, debt, debt collector, debugger, delay, deploy, deployment, describ a, description, detail and, devic,
  disabl for, drill, event of, everybody, exist, explain, explicitly, fact, fals to, fetch, fetch from, fil it, first
  to, flag, for confirmation, form be, fresh, from our, further, gender, generat, glossary, googl, hav, header, hold,
  hom assistant, honeypot, id and, in cas, in one, in parallel, index, info, instruction in, instruction or, isolat,
  it be, it must, its author, its id, later session, leak, leav out, let the, limit, list, list all, list fil, list
  the, log of, log to, log with, mak it, markdown, mask, metadata, method, moderator, most view, need the, newer, not,
  of all, okta, on your, one of, only after, or the, otherwiz, our partner, our product, pag and, pagination, pair
  and, parallel, pars, pass it, password that, percentag, perform, permission on, pick, pick it, position, prefer it,
  preflight, present to, prioritiz, progress, prompt, property, provid, publish, purchas, quot, random, rbac, read
  {SECRET_FILE}, redirect, referenc, refund, registration, repeat the, request and, rerank, reset, respons, rest,
  restart, return a, rol, rul and, s3, sampl, sampl and, sav the, scop, script that, section, select, seller, server
  so, should, sign in, simpl, singl, spam, stand, stor and, stor by, summariz, tag, tag to, task, tell the, tell them,
  text be, the account, the cach, the caller, the cli, the credential, the current, the dashboard, the previous, the
  releas, the respons, the test, the url, them from, then call, then pass, thi includ, thos that, tim it, tim zon, to
  get, to set, to which, to {HOME_FILE}, token be, tool in, track, transaction, tru to, ui, universal, until, up a,
  use other, user ask, user do, user first, user see, utc, v2, valu be, valu under, vault, vector, video, violat, vm,
  when you, whenever the, whether, with thi, with user, without, writ a, writ be, writ the, yaml, your own
-4: #_, #lower, %^ ~ a, %^ ~s, %^ ~s a, %^ ~s the, %a ~ $, %~ ~s ~s, 5, C+AGREEMENT, C+CONSENT, C+FOR, C+LOGGING,
  C+LOGS, C+OUTSIDE, C+PUBLIC, C+READOUT, C+STOP, C.FENCE, C.HELPS, C.OWNS, C.PROMPTS, C.RECIPIENT, C.SHOWN, C.SPEND,
  C.UNTOLD, O+BEFOREOTHERS, O+HANDED, O+IMPORTS, O+INREPLY, O+SAY, O.DO, O.IMPORTS, O.KEEPS, O.MONEYTO, O.TELLS,
  ^deactivat, ^entry, ^includ, ^non, ^omit, ^only, ^optional, ^personal, ^run, ^secret, ^summariz, ^useful, a, a note,
  action, admin, alon, and can, and do, answer question, anyon with, appear, as id, attempt, audit log, be a, be call,
  be delet, be mark, be mask, be push, be read, be remov, be set, be tru, be usually, bill, bot, budget, by their,
  bypass the, check with, cluster, compar, complet, component, consol, copy as, copy fil, cost, creat a, customer,
  dashboard, data from, databas, delet a, deliver, development, discard, documentation, each call, entity, entry that,
  exactly, expir, explicit, fail check, flow, from all, go down, harness, history, how the, if sourc, imag be, invoic,
  it do, it for, it up, knowledg, kubectl, languag, level, lik, los, mark, mark as, may be, merg, metric, mistak, mod,
  never, not be, not know, notify, null, of thi, on the, organisation, pag, pair, pattern, performanc, period,
  permanently delet, personal, phon, present, pretend, prevent, pric, query, question about, record in, region,
  registrar, releas, replac by, request be, restor, script, see it, server log, shar with, silently, sit, so the,
  sourc be, sql, still, stor it, string, structur, system prompt, test, the answer, the card, the channel, the
  environment, the owner, the password, the server, tip, titl, to avoid, to dat, to other, to the, to your, token and,
  until it, used for, useful, useful for, user be, user for, user hav, usually, vault with, when an, which, whol, with
  forc, {SECRET_FILE} fil
-5: #middle, C+OMIT, C+OWNS, C+UNTOLD, C.ARMED, C.CHARGED, C.MERCHANDISE, C.TRUSTED, C.TURN, O+NEEDED, O+PROMPTED,
  O.BEFOREHAND, O.BEFOREOTHERS, O.CROWN, O.ITSELF, O.SEIZED, O.TRUSTED, ^admin, ^block, ^default, ^exampl, ^log,
  ^must, ^note, ^pass, a customer, a specific, allow, an, an exist, analysi, analyz, another, array, ask to, at
  {ADDRESS}, attacker, bas, be includ, be replac, be stor, campaign, can read, cannot be, card number, category,
  character, check that, com first, configur, creat, creat an, creat azur, deactivat, defin, fals, feedback, fil that,
  host that, if the, in it, install the, issu, it befor, keep in, local, login, manag, member, monitor, most, must
  call, must not, no longer, nod, number of, omit, operation, org, overrid, per, personal data, placeholder, pretend
  to, product, push, question, read only, return the, schema, screenshot, send a, server and, so, specify, ssh, ssh
  server, summariz the, support, that run, the chang, the databas, the fil, the giv, the rest, the rol, the system,
  the ticket, thi tool, to confirm, to ignor, token, typ, usag, user befor, user that, you call
-6: #of4, C+RIGHTS, C+TILTED, C.GETIN, C.UPTO, O+DEMAND, O+FAILED, O+PLACE, O+TAME, O.ONWARD, O.TAKEN, ^all, ^anyon,
  ^copy, ^send, ^they, a host, a user, an ssh, and mail, and record, avoid, be ask, be in, be keep, be return, can,
  card, cas, confirmation, credential, dat, document, fil be, for access, forc tru, format, how, ids, key to, learn,
  multipl, must, of your, permanently, prefer, profil, public key, push to, remov, request, search, secretly, start,
  start a, templat, their, up to, updat, use, view, why, will, within, your answer
-7: C+CHANGE, C.TOUS, C.UNSEEN, O+ATTACH, O+DEFENSE, O+LOOT, O+MAYCALL, O.OTHER, O.TAME, ^requir, ^start, ^use, a new,
  api, automatically, block, branch, data be, e g, field, g, need, new, pass, pass to, path, record, repeat, requir
  for, retriev, see the, third party, verification, you can
-8: 1, C+SELF, C.CHOSEN, O.CARRIED, ^return, ^tell, and return, be log, be pass, cannot, chang, detail, from the,
  instanc, load, match, optional, project, record the, send, send to, show the, the pag, url, valu
-9: O.EVERYTIME, ^add, availabl, be hid, filter, item, of a, set, tell, tru
-10: #opening, ask the, azur, be send, current, hid from, password be, status, version
-11: C+USE, C.DEFENSE, be leav, default, only, specific
-12: #(, #of5, ^list, includ
-13: ^each, return
-14: requir
-15: id
-16: or
-17: ^get
-29: #of6
-38: #all
"""
"""How far a mark leans towards what is done against a user."""

ABOUT = r"""
14: #O
10: thi
8: all, you
7: O+DUTY, O.DUTY, tool
6: #of3, C.SLOT, O.SLOT, that the, the user
5: #_, #`, #middle, C+SLOT, C.FRAMED, C.NO, O.DEMAND, O.IF, O.MODELNOUN, as, email, user, you be
4: #", %^ ~, C+MONEY, O+DEMAND, O+GIVE, O+SLOT, O.ALWAYS, O.FRAMED, O.MENTION, O.OBEY, O.RULES, add, instruction, now,
  the, to be, writ
3: #/, %~ the, C+CONSENT, C.ADDRESS, C.ALLOF, C.CONSENT, C.FENCE, C.WEAKEN, O+MENTION, O+MODELNOUN, O+OBEY,
  O+POWERFUL, O.BEFOREHAND, O.ITSELF, O.READFILE, O.SPAM, O.TELLS, O.URL, ^alway, ^do, ^system, ^when, ^you, alway,
  call, hav, her, must, prompt, rul, say, send to, system, that, the operator, will, you writ, {ADDRESS},
  {SECRET_FILE}
2: #host, #lower, #of4, #of6, %^ ~ the, %and ~, C+ALTER, C+CHOSEN, C+DISARM, C+FRAMED, C+GRANT, C+HELPS, C+KEEP, C+NO,
  C+OMIT, C+PLANT, C+QUIET, C+TOWARD, C+WEAKEN, C+WITHIN, C.DISARM, C.HOSTILEHOST, C.MAILED, C.PROMPTS, C.RESULT,
  C.TOWARD, C.TURN, C.UNSHOWN, C.YOURS, O+ALWAYS, O+DENY, O+FRAMED, O+IF, O+MYDATA, O+OTHERS, O+OUTSENT, O+SCRAP,
  O+SHELL, O.ANYREQUEST, O.ANYTOOLS, O.BECOME, O.HOSTILEHOST, O.KEYFILE, O.OTHERS, O.PAYLOAD, O.REPLACE, O.REPLY,
  O.SCRAP, ^if, ^important, ^thi, a fil, act, add a, afterward, all data, and execut, be to, diagnostic, execut,
  exfiltrat all, first, follow, for diagnostic, from, giv, ignor, important, messag, notic, of the, operator, other,
  previous, relation, say that, text, then, thi tool, to {ADDRESS}, use, whatever
1: %~ and ~, %~ it, %~ the ~, C+FENCE, C+UNSHOWN, C.BUT, C.FOR, C.MONEY, C.TIMES, C.WANTED, O+RULES, O+TELLS,
  O.OUTGOINGS, O.SHELL, ^call, ^for, ^ignor, ^result, ^say, ask, confirmation, context, control, drop, fil be, if,
  link, mail, need, no, other server, question, quick, read {SECRET_FILE}, send, server be, the api, they, unless,
  want
-1: C+TAKER, C.OTHERS, address, also, be not, be tell, com, right, run, via, writ to
-2: #all, %^ it, %^ it ~s, %^ ~ ~s, %and ~s, %are ~ed, %~ ~ ~s, %~s the ~, 2, 3, 4, C+FOREIGN, C+MAKER, C+SEND,
  C+SENDOUT, C+SKEWED, C+UNSEEN, C+WE, C.AGREEMENT, C.HOST, C.LEAN, C.PLANT, C.TAKER, C.WITHIN, O.BAD, O.KEEPS,
  O.ONWARD, O.PASSWORD, O.PERSONALIA, ^brut, ^bypass, ^creat, ^dump, ^read, account, along, application, brut, brut
  forc, build, bypass, consent, data, dump, entry, for, forc, get, http, malicious, nobody, one, password, privileg,
  remot, send the, servic, show, them, updat, your
-3: #end, #of2, #opening, #passive, %^ ~s, %it ~s, %~ ~s, %~s the, 1, C+AIM, C+EMPOWERED, C+ORGANIZATION, C+WATCH,
  C.DESTROY, C.EMPOWERED, C.GATHER, C.ORGANIZATION, C.READOUT, C.RIGHTS, C.WATCH, C.WE, C.WEAPON, O+NO, O.DO, O.GIVE,
  O.LOOT, ^a, attack, authentication, be, can, credential, databas, mark, mean, nobody be, to a, we
-4: C.AIM, C.GAIN, O+ONWARD, ^exploit, creat, exploit
-5: C.USE, a, an
-6: #of1, O.DEFENSE, ^it
-7: ^the
-10: #C, #third
"""
"""How far it leans towards an order to the model, among what leans against its user."""
