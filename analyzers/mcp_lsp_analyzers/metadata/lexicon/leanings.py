"""What words weigh in `leaning`: a line has a weight in tenths and the marks that have it; fitted, not written."""

AGAINST = r"""
27: #O
26: #of1
23: ^exploit
20: #C
18: attack
17: C.ANYWAY, C.SELF, ^enumerat, exploit
16: C.INVITED, system
15: be to, mention, pay, sensitiv, thes, to each
14: half, injection, kerbero, other, read_fil, sid
13: C.EVIL, C.STEAL, a hid, be only, crack, enumerat, memo, now, too, yes
12: C.FALSIFY, C.GATHER, O.BAD, ^brut, abus, backup, call the, cooky, count as, one, trac, victim, whatever, whoever
11: C.BUGGED, C.DEGREE, O+KEYFILE, O.DEFENSE, O.OTHERSONE, and call, approv, be trac, buy, call to, chat, consent,
  exhaust, go, its own, often, our, point, privileg, room, shell, wors, writ fil, {ADDRESS} to
10: C+FOREIGN, C.FRAMED, C.MAKERNOUN, C.TOLD, C.UNASKED, ^what, any, binary, critical, decod, do, everyth, hijack, i,
  lower, of our, payload, the mail, to an, trust, we
9: #host, C+CHOSEN, C+UNSHOWN, C.GAIN, C.GATHERED, C.ORDERED, C.WEAPON, O+ITSELF, O+ONWARD, O+TELLS, O.FRAMED,
  O.LOADED, ^abus, ^befor, ^creat, ^dump, ^escap, ^step, ^voic, a person, add {ADDRESS}, ahead, and pass, argument n,
  assertion, b, captur, caus, com, decrypt, disk, each, escap, exchang, giv the, her, hom, later, loss, mak, mak the,
  n n, n no, nargument, nargument n, no argument, packag, packag from, pupil, staff, symptom, the one, the tool, what
  you, you must, you to
8: #of2, %^ ~s of, %it ~s, C+CONTRARY, C+RECIPIENT, C.LATERUSE, C.USE, C.WE, O+SHELL, O.PATCHED, O.RETURNED, ^an,
  ^failur, ^giv, ^onc, ^search, a log, act, alway, and add, answer, anthropic, assistant, authentication, be not, be
  try, bring, cancellation, document and, dump, ensur, every, execut, execut the, get an, giv, green, implant, includ
  fil, keep, less, licenc, loan, lookup, mount, must first, open it, own, part, past, prompt to, q, retain, run,
  safety, scan for, seed, signatur, smooth, statement, ten, the folder, the room, the second, ther, thi description,
  to a, today, tool and, upload the, use the, via, whatever the, who, word, writ
7: %~ are, 64, 72, 74, C+BEFOREIT, C+CHOICE, C+EVIL, C+ORGANIZATION, C+SPEND, C+TOUS, C+UNASKED, C+US, C+WITHIN,
  C.CONFIDED, C.DISARM, C.OTHERS, C.THIRD, C.UNAGREED, O+LITERAL, O+SPAM, O+SURFACED, O.ANYTOOLS, O.KEYFILE,
  O.OUTGOINGS, ^3, ^bypass, ^drop, ^extract, ^lookup, ^obtain, ^print, ^q, ^ther, ^titl, ^to, a copy, a third, about
  the, address and, all previous, and includ, anyth, back, bank, be put, be retain, be run, be sell, below, carry,
  complain, compromiz, control, down the, establish, ever, failur to, fewer, filesystem, first call, for command, for
  privileg, foreign, format json, forward the, from an, half of, hand, hid data, ignor all, includ the, inject, just,
  licens, mean, mention thi, no, of other, operator, opt, over, password from, persistenc, purpos, quietly, recogniz,
  session id, shall, show to, them, themselv, thre, transfer, what, when they, whil, world, {SECRET_FILE}
6: #", %^ ~ ~, %the ~s, %the ~s ~s, %~ the, %~s ~s $, 20, 7, C+BYCALLER, C+MINES, C+SECRET, C+THIRD, C+WE,
  C.HOSTILEHOST, C.LOGS, C.OUR, C.PLANT, C.RIGHTS, C.RIVAL, C.SKEWED, O+DO, O+MOVES, O+PASSED, O+PERMIT, O+PERSONALIA,
  O+SECRET, O.CALLING, O.HOSTILEHOST, O.MULTIPLY, O.MYDATA, O.NEEDNOTS, O.OBEY, O.POWERFUL, O.SCRAP, O.SLANDER,
  O.VARIABLE, ^authenticat, ^be, ^finding, ^important, ^inject, ^say, ^sign, ^skip, ^span, a short, a track, absent,
  account and, ad, against, all security, along, among, an account, and answer, and must, and run, and tell,
  anonymous, antivirus, as if, at the, audit trail, autoapprov, be no, be open, befor thi, by, calendar, certain,
  check for, claus, company policy, condition, confidential, confirm tru, copy the, data in, description be,
  deserialization, different, directiv, disclos, dll, dns, do it, doubl, drop, dur, e mail, empty, for diagnostic, for
  domain, for later, good, handshak, hint, hous, in between, it as, leav a, listener, maintainer, malicious, mean no,
  mention that, minus, modify, movement, network, non be, not exist, not nam, notic, older than, on them, out,
  payment, phish, plant, prior, privacy, ref, remain, restriction, sam tim, secret, secur, security rul, server can,
  servic, someth up, steal, step 2, styl, supersed, talk, test and, text text, that, the administrator, the approval,
  the download, the editor, the follow, the hom, the option, the provider, the question, the variabl, the workspac, to
  min, train a, unless the, url and, us, usb, user messag, user want, valu of, vot, walk, what the, writ to, you may,
  you run
5: #unusual, %^ ~s that, %for ~ $, %not ~ $, %~ when, %~ {SECRET_FILE} ~, 000, C+ADS, C+DEFENSE, C+DESTROY,
  C+HOSTILEHOST, C+OUR, C.ADS, C.ALTER, C.BUT, C.CLIENTGUARD, C.ELSEWHERE, C.MAKER, C.NOCHOICE, C.POSSESSIVE,
  C.PURPOSE, C.READOUT, C.US, C.WANTED, O+ALWAYS, O+BECOME, O+HOSTILEHOST, O+MENTION, O+MODELNOUN, O+NAMED,
  O+NEEDNOTS, O+OFUSER, O+OTHER, O+PEOPLE, O+SCRAPPED, O+VARIABLE, O.HOMEREAD, O.MENTION, O.NAMED, O.NOSHOULD,
  O.OFUSER, O.OUTGOING, O.OUTSENT, O.PASSED, O.SECRET, O.TALKED, O.VALUEOF, ^as, ^clean, ^comment, ^crack, ^customer,
  ^fingerprint, ^generat, ^hid, ^hint, ^leav, ^password, ^prefix, ^provid, ^report, ^spoof, ^system, ^warning, a
  calendar, a miss, a no, a public, a sourc, a sql, a victim, acm, add number, administrator, advertiz, after an, an
  internal, and attach, and edg, and execut, and hid, and in, and leav, and quietly, and resourc, and version, and
  with, anybody, append, argument, as well, attach_to, auditor, authority, back by, bad, bash, be empty, be handl, be
  ignor, be match, be our, be outdat, be publish, befor answer, befor you, break, breaker, brut, brut forc, bypass
  security, calculator, calendar with, can see, chang the, client to, cod, collaborator, collect, collection be,
  collector, complianc, comply, content in, current work, dan, data collection, delet fil, disabl the, each query,
  edit the, end in, end with, entry in, env, escalation, event log, export the, favour, fil directory, fil do, fil or,
  fil to, financ, finding, firewall, firm, first run, for any, for its, for user, freely, from thi, full list,
  generator, harmless, health check, higher, idl, if non, in each, in fil, insuranc, into, it, its output, key, know
  to, list secret, listen, mak a, manipulat, manuscript, may chang, mention it, n, net, not creat, not mention, ntlm,
  obfuscat, on in, onc the, one be, or directory, other server, other sid, outdat, owner, password in, percent,
  person, port, privileg escalation, produc a, protection, psexec, rank, reachabl, reason, record a, remov duplicat,
  report success, resourc for, result of, run after, saf, sampl of, say, scan, send_messag, shadow, silent, slip,
  solv, someth, sourc and, span, steal data, step, strong, success, system you, tak over, test result, the actual, the
  archiv, the author, the cod, the complet, the disk, the employer, the maintainer, the miss, the operator, the
  output, the pric, the progress, the updat, the valu, the wallet, thes be, they, thos, through, to, to giv, to mak,
  to you, to {ADDRESS}, tool output, trail, train, travel, trip, try, tunnel, union, use any, use of, user need, valu
  and, valuabl, voic, way, week, well, whos, will caus, with an, with each, with it, within a, you get, your plac,
  your system
4: %0 0, %^ it ~s, %^ ~, %^ ~ ~ed, %^ ~ing ~s, %all ~ ~s, %an ~ ~, %by ~ing, %can ~ $, %every ~ ~, %in ~ $, %later ~
  $, %people ~, %that were, %that ~s, %the ~ ~s, %the ~s $, %to ~ ~, %~ for ~, %~ {SECRET_FILE}, %~ ~ from, %~ ~s, %~
  ~s to, %~ed by a, %~ed ~, %~ing it, %~ing ~s are, %~s and ~s, %~s from the, %~s on ~, %~s that were, C+ELSEWHERE,
  C+FALSE, C+FALSIFY, C+FENCE, C+NOSTOP, C+SENDOUT, C+SHOWN, C+WEAKEN, C.ADDRESS, C.BYCALLER, C.HOSTILE, C.KEEP,
  C.ROB, C.STOP, C.TYPED, O+ANYTOOLS, O+ASKED, O+AVAILABLE, O+RETURNS, O+RUNS, O+SHUN, O+THISINSTEAD, O.ANYREQUEST,
  O.AVAILABLE, O.GAINED, O.IFTOOL, O.MUSTCALL, O.NEEDED, O.REVEAL, O.SHUN, O.URL, ^answer, ^b, ^broadcast, ^com,
  ^control, ^crawl, ^detect, ^doc, ^draft, ^emb, ^first, ^health, ^hijack, ^instead, ^invoic, ^it, ^let, ^may,
  ^nargument, ^normal, ^person, ^record, ^result, ^sampl, ^seed, ^simulat, ^sort, ^sync, ^wher, ^whoever, ^word, a
  debug, a different, a fac, a list, a market, a point, a rol, a server, a system, about, account, account of, address
  be, address in, aid, alarm to, all phon, aloud, alter, an address, an external, an extra, and clos, and note, answer
  be, anywher, approv and, argument be, as root, as the, as you, ask a, bar, base64 and, be block, be doing, be fals,
  be fill, be install, be mak, be over, be part, be rank, be reject, be suspend, behind, being, birth, block in,
  botnet, branch protection, broadcast, broken, by a, by company, by design, cdn, checkbox, child to, chrom, clean,
  clip, command, command on, comment and, computer, concern, configuration and, constant, conversation in,
  conversation to, cooky and, cooky from, data you, default tru, definition and, delet the, delivery, deserialization
  attack, despit, diagnostic, directory, display, disregard, district, do we, domain be, domain or, drop the, each
  url, edg, editor, email by, enabl a, except, exfiltrat, failur, fals positiv, feed, fil by, fil list, fil the, film,
  first, for all, for different, for fre, for historical, for performanc, for window, for word, from list, from
  memory, go into, history and, host on, identity, if a, if you, in user, indicator of, information for, injection in,
  injection techniqu, ink, insert a, interest, internal, internal security, it out, it return, its, join, just use,
  jwt, keep by, key fil, know the, leav it, lik a, lin in, lock, look at, machin to, mandatory, market, matter, miner,
  much, must contain, nam lik, no need, nobody, nod of, normal text, not by, number with, of compromiz, of every, of
  messag, ok, older, on it, on target, one that, outlier, output, output in, parameter query, parent, passag, payment
  be, pictur be, plac, plugin, plugin and, pod to, pool for, potential, presenc, prob, produc, project with, proof, qr
  cod, read by, read sensitiv, readabl for, reader, receiv, record and, register the, relation, remot, replac the,
  requirement, result to, return ok, reus, rival, room with, rul, run env, run to, scanner, scor, search log,
  securely, security, select statement, send_email, serv, server in, servic account, shar be, show an, show me,
  simulat, so do, so far, somebody, spar, speak, spoof, ssrf, step 4, stop at, string return, submit, switch, sync,
  system servic, tabl be, tarball, techniqu, than, than the, that other, that they, that would, the agent, the bank,
  the camera, the child, the content, the credit, the entry, the host, the hous, the identity, the instruction, the
  key, the lock, the memo, the other, the parent, the privat, the proxy, the report, the repository, the select, the
  sender, the statement, the string, the support, the user, the victim, them on, thi call, thi will, thos of, tim of,
  titl of, to call, to check, to data, to mention, to prevent, tool, tool nam, tool return, trad, trial, turn, twic,
  unpublish, until they, up on, user fil, user giv, vendor, via a, vulnerabl, when using, wher, wher they, which data,
  win, with a, with rol, word for, writ access, your session, {ADDRESS}
3: %^ when ~ing, %^ ~ ~ing, %^ ~ ~s, %^ ~ing, %^ ~s are, %a ~ to, %a ~s, %and ~ it, %and ~ly, %and ~s the, %are only,
  %are only ~, %are ~, %be ~ed $, %before ~ing, %first ~, %for later ~, %from ~ ~, %here $, %is ~ed $, %it ~, %later
  ~, %no ~s ~, %not ~ it, %to each, %to each ~, %user ~, %via ~, %when ~ing, %will ~ ~, %you must, %{ADDRESS} to,
  %{SECRET_FILE} ~ ~, %~ do, %~ does, %~ does not, %~ each, %~ no ~s, %~ them, %~ ~ with, %~ ~ {ADDRESS}, %~ ~ ~,
  %~ing $, %~s are, %~s are only, %~s are ~, %~s from, %~s of ~, %~s without, %~s ~, %~s ~ a, %~s ~ no, %~s ~ the,
  'admin', 1000, 19, 77, C+ADDRESS, C+AIM, C+ANYWAY, C+BADONES, C+CLIENTGUARD, C+GUARD, C+HOST, C+INTIMATE, C+MONEY,
  C+PROMPTS, C+STOW, C+TRAINS, C+TRUSTED, C+TYPED, C.BEFOREIT, C.COLLECTS, C.FROMREPORT, C.GRANT, C.ITSELF, C.LOGGING,
  C.LOGINPAGE, C.NOSTOP, C.ORGANIZATION, C.QUIET, C.SWITCHED, C.WEAKEN, O+ANYREQUEST, O+COPIED, O+IFTOOL, O+INTOURL,
  O+MUSTCALL, O+MYDATA, O+OWNTOOLS, O+SLANDER, O+TRUSTED, O+URL, O.ASIDE, O.BECOME, O.COPIED, O.DENY, O.MOVES,
  O.MYSELF, O.NO, O.PERMIT, O.SAY, O.SURFACED, O.THISINSTEAD, ^and, ^assum, ^break, ^compil, ^decod, ^dependency,
  ^forg, ^format, ^global, ^however, ^insert, ^install, ^leak, ^number, ^post, ^read, ^regular, ^sid, ^strip, ^tak,
  ^the, ^trac, ^walk, ^weather, ^when, ^work, ^writ, a bank, a day, a mandatory, a pod, a remot, a secur, a string, a
  target, a tim, a tool, a webhook, a workflow, abov, access to, actual, after using, against a, all check, all
  environment, all rul, also read, alway call, among the, an alert, an assistant, an hour, and event, and forward, and
  liv, and row, and stor, and the, and their, any messag, applicant, arp, ask, availabl to, be, be an, be build, be
  chang, be compromiz, be confirm, be look, be mov, be never, be show, be ther, be typ, befor delet, better result,
  beyond, bind, book, book be, break be, bug, bus, button, by remov, bypass, calibration, call by, call it, call
  read_fil, candidat, chain, check whether, choos, click, cloud instanc, company, complaint, configuration step,
  content must, content of, conversion, copy and, credential be, credential from, cve, data loss, data set, discard
  the, discourag, do so, doing, drop a, each messag, each payment, each with, edr, empty the, engin, evaluat, execut
  command, exfiltrat data, expect, expect valu, ext, far, fil from, find ther, follow a, for better, for each, for
  general, for their, for url, get the, get to, hand the, hav already, hear, however, if it, if multipl, if one, imag,
  in order, in which, includ a, incom, indicator, inject malicious, installer, instruction and, internally, internet,
  into a, invoic in, ip, it go, itself, keep a, keep call, lead, leav, lift, lin of, look, machin, macro, mail server,
  mandatory configuration, match with, me, messag, model shall, never call, not shar, npmrc, observ, of each, of thes,
  on, only valid, open, oppos, or api, or tool, other search, out of, out the, over all, over the, partner, password
  or, patient, payload delivery, photo, php, pictur, poison, poor, post, premium, pric be, print, provid the, put, qr,
  query the, read_fil with, receipt, recording of, recovery, register, regular, renam the, report the, repository
  public, request to, respond, restaurant, return stock, rm, rm rf, rol admin, rol that, sandbox, sav password, say
  it, security requirement, sensitiv information, set by, shadow copy, shodan, short, should i, show, signal, signatur
  be, skip all, so will, socket, sound, sourc of, sourc or, spac, spac to, speech, sql query, star, start at, summary,
  suspend, tell you, temporarily, term the, text of, the assistant, the audit, the car, the check, the context, the
  driver, the expect, the fee, the link, the nod, the rank, the rat, the request, the session, the transfer, the way,
  their configuration, them as, them in, them out, them with, thi be, thi ensur, thi help, thi one, thi operation, thi
  step, thing, thousand of, timestamp to, tmp, to all, to ensur, to log, to target, to validat, token that, tool call,
  tool from, tool with, traffic, transmission, trigger an, two number, unquot, updat packag, updat user, upload a,
  upon, user can, user input, user set, user who, using the, virtual machin, voucher, want to, web server, when call,
  whenever a, wher claus, wher id, whether a, whisper, whoi, wip, with path, work, yml, you read, your respons,
  yourself
2: #end, %0 0 0, %0 first, %^ before ~ing, %^ if ~, %^ this ~s, %^ ~ out, %^ ~ over, %^ ~ them, %a ~ ~ing, %a ~s ~,
  %and ~s ~, %are ~ed on, %do it, %first ~ ~, %first ~s, %from ~ $, %is ~ $, %must first, %must first ~, %no ~s, %the
  ~ing, %the ~s it, %through ~, %to ~ a, %will ~, %you must first, %{SECRET_FILE} ~, %~ all, %~ are ~ed, %~ back, %~
  can, %~ over, %~ the ~, %~ the ~ing, %~ them $, %~ these, %~ this tool, %~ with, %~ ~ing up, %~ ~s about, %~ ~s
  until, %~ed again, %~ing up, %~ing ~ $, %~ly ~, %~s ~ly, 0000, 0000 0000, 1 call, 2020, 51, 54, 78, C+ASKEDFOR,
  C+BUT, C+DIVERTED, C+GAIN, C+YOURS, C.ANYFILE, C.BADONES, C.DIVERTED, C.LEAN, C.SELL, C.WEUSE, C.WIPES, O+DUTY,
  O+HOMEFILE, O+HOMEREAD, O+OTHERSONE, O+OUTGOINGS, O+SCRAP, O+VALUEOF, O.DEMAND, O.DUTY, O.GRAVE, O.HOMEFILE,
  O.YOURSECRET, ^after, ^any, ^cell, ^complianc, ^disregard, ^exfiltrat, ^fail, ^fast, ^forget, ^from, ^keep, ^look,
  ^packag, ^prior, ^signatur, ^try, ^whenever, ^{SECRET_FILE}, a binary, a gam, a jok, a label, a lead, a login, a
  session, a silent, a test, abl, abl to, add the, add two, after any, alarm, alert to, all safety, amount of, and
  follow, and read, and replac, and use, api return, application firewall, apply for, approv thi, ask for, ask you,
  automatically redirect, battery, be abl, be at, be availabl, be deprecat, be embed, be now, be on, be rais, be saf,
  befor send, below the, body as, boolean, by query, bypass all, c, call be, call from, certificat transparency,
  charg, chmod, chmod r, cit, claim, confirmation be, connection to, consent be, consistency and, contain a, content,
  count, countdown, country, data for, deprecat, devic, devic and, disabl all, display non, domain, don't put,
  donation, driv, duplicat, echo back, email to, embed in, encod the, encourag, ensur the, establish a, extract and,
  fail report, faster, finaliz, find, fingerprint, fit, for cod, for ip, for password, forg, forward, from which,
  general, giv by, go ahead, guidelin, head, hid text, hom directory, how many, if thi, important, in, in an, in
  context, in document, in its, index url, infect, input, instruction about, integrity, intrusion, investor,
  invitation from, ip or, issu a, it the, jailbreak, key find, keystrok, latest, log and, log messag, logon, mail
  address, maintenanc, mak by, may, media, meeting, moderation, moment, must alway, must modify, new task, no sid, no
  tim, normal, not need, noth, number be, o, of servic, off, onc a, or ip, or not, or organization, output of,
  overwrit the, packet, para, parameter to, part in, participant, port be, prevent unauthoriz, proprietary, question
  to, r, r 777, rais, reader be, real, recording, refus, reject by, relay the, remot url, replay, requir by, return
  and, rf, right and, safety featur, screen, search result, secret in, secret of, security alert, security validation,
  send the, sender, servic and, session, session token, set up, should it, snapshot, social, social media, som,
  spread, step 1, strip, styl display, suggest, system automatically, system ignor, tab, tak, task execut, task for,
  task list, task to, that start, the amount, the cluster, the conversion, the copy, the delet, the event, the imag,
  the latest, the log, the mirror, the process, the signal, the tim, the token, their description, thi and, thi
  directiv, threaten, to clos, to obtain, to open, to read, to summariz, too much, tool be, topology, transparency,
  transparency log, triag, unauthenticat, under the, up, url {ADDRESS}, use index, use it, user about, vault and,
  version and, visitor, voter, want, we need, web, web application, which be, which every, which group, with default,
  with every, with other, word of, would be, you show, {HOME_FILE}
-2: %^ users, %^ ~ for, %^ ~ it, %^ ~ing ~, %are ~ed $, %by ~, %first $, %for $, %for ~s ~, %is ~ed, %its ~ $, %not ~,
  %of that ~, %one $, %out $, %the user and, %to ~ for, %to ~ {SECRET_FILE}, %under ~, %user and, %user is ~ed, %was ~
  $, %what the ~, %~ they, %~ while, %~ ~ing the, %~ ~s as, %~ ~s you, %~ed from, %~ed in ~, %~ed ~ ~s, %~ing with,
  %~ing ~ ~ing, %~s $, %~s each ~, %~s how, %~s it $, %~s ~ with, ', 'sidenote', 40, C+DISARM, C+GETIN, C+GRANT,
  C+LANHOST, C+LOGGING, C+MAKER, C+NO, C+PUBLIC, C+SKEWED, C+TOLD, C.APART, C.ASIDE, C.FOREIGN, C.NO, C.TELEMETRY,
  O+DECODE, O+HIDDENORDER, O+NOSHOULD, O+TRAPPED, O.ALWAYS, O.ASKS, O.FAILED, O.INNER, O.PAYLOAD, O.PROMPTED,
  O.TOOLNOUN, O.TRAPPED, ^ask, ^assign, ^clos, ^collect, ^enabl, ^explain, ^export, ^full, ^identifier, ^mention,
  ^network, ^pric, ^replac, ^root, ^ship, ^unlock, ^warn, a dependency, a fil, a second, a vulnerability, absolut
  path, accidental, action parameter, activ, add as, add your, additional, advic, alert group, an event, and account,
  and may, and operational, as 'sidenote', as an, as read, assign a, assistant should, attachment, authoriz,
  awareness, base64 encod, be append, be authoriz, be expos, be optional, be tak, bearer, bearer token, befor every,
  befor they, begin, by default, california, cancel, catalog, chart, cn, com with, common, content as, content be,
  continu, creat the, cron, cron job, data broker, data that, deduct, dictionary, do not, draw, ensur they, error and,
  factor, fallback, fil for, for confirmation, for instanc, forget, form and, forward rul, from, from public,
  function, generat, git, giv in, health data, history of, ids of, in full, in what, information, insid, insight, it
  back, it cannot, it nam, keep the, key be, keystrok and, lik to, linear, link, longer, mailbox, mark them, meet,
  metadata, mint, model as, modul, mov to, nam another, need to, network with, night be, nmap, notification, oauth, of
  sourc, of tool, offset, on every, operational, order to, param, parameter be, phon, pictur with, plan, prevent
  accidental, privat key, professional, progress, provid, read the, reconnaissanc, reduc, register in, releas to,
  resembl, reviewer, right be, road, rol, run with, secret be, security and, server tool, shift, ship, sit, siz, slid,
  so, special, split, stack trac, stand, story, submission, surfac, suspicious, system prompt, tak a, tak from, the
  bot, the card, the container, the ids, the note, the relevant, the result, the specify, the top, the web, thes
  setting, tim it, to avoid, to restrict, to use, token, tool ask, tool creat, top, trac and, trend, unlock, upload
  be, urgent, use when, user ask, user must, user nam, user stat, v2 4, verify the, virus, vulnerability for, when do,
  wher it, who own, whol fil, whom, whom the, with your, workspac, your organisation, {ADDRESS} url
-3: #/, #=, %^ each, %^ ~ of, %a ~ for, %a ~ on, %at {ADDRESS}, %at {ADDRESS} $, %has ~ed, %is in, %is ~, %on ~ $,
  %that are, %that ~ ~, %the user has, %the ~ must, %the ~ to, %the ~s of, %to ~ $, %user has, %was ~, %with ~, %you
  ~ed, %{ADDRESS} $, %~ 0 ~, %~ for a, %~ from the, %~ instead, %~ is, %~ no ~, %~ only, %~ out, %~ until, %~ ~s that,
  %~ed for ~s, %~ed in, %~ed to the, %~ed with, %~ed with ~, %~ed ~ly, %~s and ~, %~s by ~, %~s each, %~s in, %~s
  that, %~s that are, %~s them, %~s when, 1 pass, 100, 30, 90 day, C+BETTER, C+COLLECTS, C+GATHER, C+HELPS, C+MAILED,
  C+PLANT, C+TAME, C+YOURPLACE, C.DETAIL, C.GETIN, C.MAILED, C.OWNS, C.PRETEND, C.RESULT, C.SPIED, C.STOW, C.TRUSTED,
  O+BOUND, O+EVERYTIME, O+GOAHEAD, O+HUSHED, O+INNER, O+INSTEAD, O+KEEPS, O+LOUD, O+NO, O+ORDERNOUN, O+OTHERS,
  O+PAYING, O+REST, O.BOUND, O.CROWN, O.DECODE, O.HUSH, O.INREPLY, O.NOTICE, O.PAYING, O.READFILE, O.REST, O.SHELLRUN,
  O.SPAM, O.TERMINAL, O.TRUSTED, O.WRITECODE, ^2, ^action, ^call, ^check, ^contact, ^content, ^fil, ^filter, ^its,
  ^key, ^max, ^messag, ^never, ^output, ^possibl, ^prefer, ^quarantin, ^recipient, ^remov, ^rerank, ^round, ^specify,
  ^thi, ^thos, ^timelin, ^v2, ^you, a devic, a directory, a folder, a fre, a helpful, a messag, a number, a
  screenshot, a text, absolut, accept, account be, add, add an, administrator with, airlin, already, an agent, an
  input, and privat, and say, announc, app, archiv, argument of, assistant that, auction, be accept, be add, be do, be
  fetch, be find, be index, be mark, be print, be report, be writ, beij, between two, board, cach and, call fail, call
  step, call thi, caller, can find, can mov, cloudtrail, comma separat, comment, commit, compar the, confirmation
  that, cours, cursor, customer, databas to, db, debt, deposit, description of, detect, developer, dict, differenc,
  discard, drill, earn, element, encryption, enhanc, environment, every writ, everybody, excel, exclud, factor
  authentication, fail do, falcon, fetch from, ffmpeg, fil and, fil into, fil under, firewall rul, for an, for exampl,
  for fil, for mor, for payment, for syntax, forc, forc the, fql, fql guid, from another, get a, get_not, get_not
  method, giv a, go back, guid for, hid, hid instruction, how to, identifier, identifier for, identify, in cent, in
  with, inbox, information about, init, input parameter, instead, instruction, instruction in, integer, invisibl,
  invisibl to, invoic, invok the, iso, it must, it read, keychain, know, kubernet, label, later session, leak, let
  the, limit, link and, list of, mail to, mail with, mak sur, material, minut, most view, nam in, negativ for, nonc,
  not overrid, not set, obtain a, of all, on fil, on thi, only after, other customer, pag, permission, permission be,
  permission on, persist, phon number, positiv for, possibl valu, present, preserv, proactively, process that, prompt,
  prompt injection, protect, ps, publish, purchas, quota, rank by, raw, refund, refund go, regardless, relevant,
  remember, reset, resolv, resourc, rest, return onc, revok, s3, safety check, say that, scal, scan a, script, secret
  from, see, see falcon, server folder, server so, shell command, should, show all, show how, show in, show which,
  silently, so you, sort, spam, stag, stay on, stream, subdomain, subtitl, summariz, sur, tabl, tak effect, temporary,
  text content, the action, the alert, the call, the caller, the chat, the differenc, the get_not, the iban, the old,
  the program, the section, the server, them to, then call, thos that, ticket number, timelin, timelin of, timeout, to
  creat, to execut, to go, to person, to put, tool of, trigger, truncat, two factor, unchang, until it, updat it, used
  by, user that, uuid, v2, v3, valid for, validation, vendor be, vpc, wak, welcom, when the, with its, with the,
  without notic, your own
-4: %0 ~s $, %^ ~ a, %^ ~ an, %^ ~ed, %^ ~s an, %every ~ is, %not ~ ~, %of this ~, %once $, %that ~, %the ~ on, %the
  ~s in, %their ~ $, %to ~ it, %~ assistant, %~ first, %~ from ~s, %~ the user, %~ ~ 0, %~ed $, %~ed as, %~ed ~ ~,
  %~ing ~ ~s, %~s an, %~s an ~, 24, 24 hour, 60, C+AGREEMENT, C+FOR, C+MAKERNOUN, C+OMIT, C+TAKENOUT, C+TOWARD,
  C+TURN, C.CHARGED, C.FENCE, C.HELPS, C.OMIT, C.OUTSIDE, C.TURN, C.UNSHOWN, O+BEFOREOTHERS, O+FIELD, O+IMPORTS,
  O+PLACE, O+READFILE, O+REPLY, O.DO, O.FROMTHERE, O.ITSELF, O.LITERAL, O.RUNS, O.TELLS, ^arg, ^delay, ^disabl, ^do,
  ^earlier, ^estimat, ^expir, ^find, ^hand, ^includ, ^maximum, ^mod, ^need, ^non, ^omit, ^open, ^prompt, ^set, ^show,
  ^support, ^used, ^user, a cluster, a domain, a random, a tabl, a token, a word, about a, address, agreement, amazon,
  an, an administrator, analysi, and check, and mark, appear, appear as, appl, apply, approv a, arg, array of, as id,
  atla, attribut, authorization, auto, aws, bas on, batch, be delet, be encrypt, be need, be non, be provid, be read,
  be shar, behind a, between the, bgp hijack, bia, body, both, box, by mail, by our, bypass the, cas of, check and,
  cit the, cli, cloudwatch, cluster, column, comma, consol, contact with, coverag, delay, detail and, detection,
  disabl, disabl for, distanc, doctor, each call, expir, export, fak, fals, fil it, find a, flag, folder to, form,
  fresh, from one, from our, from {SECRET_FILE}, gender, glossary, go down, guid, harness, helpful, history, hom
  assistant, honeypot, if ther, in cas, in one, incident, influxdb, inform, instead of, instruction of, instruction
  or, interfac, its id, job, key of, lender, letter, list, list the, log of, log with, manager, many, memory address,
  mistak, mod, mongodb, most, mov, nativ, nearest, need the, never log, newer, not tell, numeric, offer of, okta, on
  the, onc, or the, otherwiz, our partner, pag and, pair and, passphras, password that, path to, pick, pick it,
  player, position, preflight, present to, pretend, pric, prioritiz, push, quarantin, query_task, rang, rbac, recent,
  record in, repeat the, report be, request, request be, rerank, respons, restart, return a, return by, return the,
  rol and, rout leak, rul and, sampl, sampl and, script that, search for, secret and, seller, separat, servic be,
  setting, seven, sheet, shop, show wher, sign in, simpl, so the, softwar, sourc be, sql, standard, statistic, stor
  and, stor by, string to, sur that, syntax, tag to, task_id, team, tell them, temporary fil, the access, the
  application, the cli, the client, the current, the customer, the endpoint, the environment, the form, the landlord,
  the operation, the passphras, the password, the project, the releas, the scop, the search, the security, the sql,
  the tabl, them from, thi includ, thi list, through your, tim zon, to add, to follow, to learn, to set, to the, to
  which, token be, tool as, tool in, trigger it, tru to, until, user do, user the, user to, utc, valu under, vector,
  violat, wher the, with secret, with user, word document, worksheet, writ be, writ the, yaml, you nam
-5: #_, #of4, %0 ~s, %and ~ ~s, %the user, %with ~ $, %~ and ~, %~ first $, %~ from, %~ ~ ~s, %~ ~ly, %~s ~s of, 10,
  C+OFFWORD, C+OUTSIDE, C+RIGHTS, C+TIMES, C.PROMPTS, C.RECIPIENT, C.UNTOLD, O+AVOID, O+DEMAND, O+HANDED, O+TAKEN,
  O.CALLS, O.IF, O.IMPORTS, O.KEEPS, O.MONEYTO, ^analyz, ^data, ^deactivat, ^debug, ^entry, ^load, ^log, ^min,
  ^personal, ^retriev, ^run, ^secret, ^stor, ^subscrib, ^train, ^use, a mail, a singl, accurat, alon, alway show, and
  address, and befor, and do, and mor, and order, another, anyon with, artifact, at onc, attempt, automation,
  backdoor, backup be, be call, be set, be tell, be tru, be usually, blind copy, byt, call befor, can read, card
  number, character, check with, creation, custom, data from, databas, day, debt collector, debugger, deliver,
  deployment, describ a, description, document, each request, email address, endpoint, error, event of, explain,
  explicitly, fail check, fals to, fetch, first to, for a, for it, form be, further, graph, header, id of, if sourc,
  imag be, in parallel, increas, index, info, install the, isolat, it for, it up, its author, kubectl, languag, lin
  number, list all, location, login, look up, mak it, markdown, mask, max, maximum, mcp, monitor, must, nam,
  newsletter to, nod, not be, note, notify, of that, on your, organisation, our product, pair, parallel, pars, pass
  through, percentag, period, permanently delet, prefer it, profil, property, quot, read, red, registrar, replac by,
  repo, request and, restor, restrict, retriev, sav the, schedul, stack, start, stat, support, text be, the account,
  the credential, the dashboard, the error, the id, the respons, the test, the url, then pass, thi tool, tim, tip, to
  other, track, ui, under, universal, up a, use other, used, used for, useful for, user be, user for, user hav, user
  see, usually, vault, video, whenever the, which, whol, with forc, with lin, with thi, writ a, you call, you want,
  {SECRET_FILE} fil
-6: #lower, #middle, %^ ~s, %^ ~s the, %~ ~s ~ed, %~ ~s ~s, %~s it, 2, C+STOP, C+UNSEEN, C.ARMED, C.SHOWN, C.SPEND,
  C.TAKENOUT, C.TOUS, O+FAILED, O+INREPLY, O+SAY, O+WAIVED, O.LOUD, O.WHOLE, ^compar, ^describ, ^optional, ^send,
  ^summariz, ^thes, ^they, ^useful, ^verify, about our, and a, and can, answer question, ask to, asset, attempt to,
  avoid, be a, be mask, be remov, be skip, befor any, befor call, budget, can, can use, cannot be, check, checksum,
  clon, com first, complet, component, copy as, copy fil, cost, credential, deactivat, delet a, entry that, exactly,
  flow, focus, follow, from all, generat fak, group, in a, in it, it be, knowledg, los, mark as, may be, method,
  moderator, not, object, of a, of thi, org, overrid, pagination, perform, personal, pretend to, query be, random,
  redirect, referenc, region, remot server, remov, report with, server and, server log, shar with, singl, ssh server,
  start a, stor it, string, structur, tell the, templat, test, the argument, the cach, the channel, the giv, the
  owner, the rol, their, titl, to dat, to get, token and, typ, usag, useful, user and, user first, valu be, vault
  with, whether
-7: C+CONSENT, C+READOUT, O+GONE, O+PROMPTED, O+TAME, O.BEFOREHAND, O.BEFOREOTHERS, O.OTHER, O.SEIZED, O.TAME, ^admin,
  ^block, ^copy, ^must, ^only, ^see, a customer, a note, a specific, a user, an exist, and mail, and record, and
  return, attacker, audit log, back to, bas, be miss, be push, be replac, be stor, bill, by their, campaign, card,
  category, confirmation, creat, creat an, dashboard, defin, development, documentation, exist, fil be, forc tru, from
  the, googl, how the, issu, it do, key to, leav out, level, lik, manag, mark, member, merg, metric, newsletter, not
  know, null, number of, omit, one of, pattern, per, personal data, prefer, product, question about, registration,
  releas, scop, see it, subscriber, summariz the, tag, that run, the chang, the databas, the fil, the rest, the
  system, the ticket, to confirm, to ignor, tool for, transaction, user befor, view, vm, when an, when you
-8: %a ~ $, 5, C+OWNS, C.MERCHANDISE, C.UNSEEN, C.UPTO, ^requir, access, agent, an ssh, analyz, api, array, at
  {ADDRESS}, be ask, be keep, be return, container, creat a, creat azur, entity, explicit, host that, if the, it
  befor, multipl, must call, must not, need, never, no longer, pass to, path, permanently, placeholder, read only,
  read {SECRET_FILE}, repeat, screenshot, secretly, section, send a, still, the previous, third party, up to, updat,
  vulnerability, within, your answer
-9: %^ ~s a, C+LOGS, C+TILTED, O+ATTACH, O+DEFENSE, O+MAYCALL, O.EVERYTIME, ^anyon, ^default, ^pass, a new, action, be
  in, be includ, be pass, check that, compar, configur, data be, fact, feedback, field, fil that, for access, instanc,
  keep in, local, new, of your, public key, push to, record, requir for, schema, search, see the, status, the answer,
  why, you can
-10: 1, O+LOOT, O.CARRIED, O.ONWARD, ^all, ^tell, a host, allow, automatically, branch, includ, learn, match, pass,
  record the, send, specify, ssh, tru, use, verification
-11: #opening, C+CHANGE, C+UNTOLD, ^add, ^start, block, cannot, cas, chang, detail, e g, format, g, hid from, ids,
  operation, send to, set, the pag, valu, version
-12: C+USE, C.DEFENSE, O.TAKEN, ^return, availabl, dat, load, optional
-13: #(, #of5, C+SELF, ^exampl, ^note, be log, item, only, show the
-14: C.CHOSEN, ask the, azur, be hid, current, default, filter, how, password be, project, return, tell, url
-15: ^each, be leav
-16: ^list, specific
-18: id
-19: be send, or
-20: requir
-26: ^get
-31: #of6
-40: #all
"""
"""How far a mark leans towards what is done against a user."""

ABOUT = r"""
12: #O
10: O+DUTY, thi
9: you
8: #of3, that the
7: email, you be
6: #middle, C.NO, O+GIVE, O.ALWAYS, O.DUTY, O.IF, O.MENTION, all, to be, tool, will
5: #_, #`, C+HELPS, C+MONEY, C+SLOT, C+WEAKEN, C.CONSENT, C.FRAMED, O+MENTION, O+MODELNOUN, O+MYDATA, O+POWERFUL,
  O.DEMAND, O.ITSELF, O.MODELNOUN, O.RULES, add, as, be to, instruction, system
4: #", %^ ~, %^ ~ the, C+CONSENT, C+DEFENSE, O+OBEY, O+SHELL, O.FRAMED, ^alway, ^do, ^if, ^system, ^thi, from, no,
  now, previous, prompt, the operator, the user, then, whatever, writ
3: #/, #lower, %and ~, %~ the, C+GRANT, C+KEEP, C+PLANT, C+RECIPIENT, C+TOWARD, C+WITHIN, C.FOREIGN, C.LOGGING,
  C.MAILED, C.OUR, C.PROMPTS, C.QUIET, C.SLOT, O+DEFENSE, O+DEMAND, O+DENY, O+IF, O+ITSELF, O+OUTSENT, O+RULES,
  O+SLOT, O.ATTACH, O.BEFOREHAND, O.KEYFILE, O.OBEY, O.SCRAP, O.SLOT, ^for, ^when, ^you, afterward, and execut,
  argument n, be an, ensur, execut, for diagnostic, her, link, messag, n, n n, n no, nargument, nargument n, no
  argument, notic, operator, our, relation, say, send to, text, they, thi be, use, want, {SECRET_FILE}
2: #host, #of4, #of6, %~ ~ $, C+ALTER, C+DESTROY, C+DISARM, C+OUR, C+QUIET, C.ADDRESS, C.ALLOF, C.FENCE,
  C.HOSTILEHOST, C.MONEY, C.RESULT, C.TURN, C.WANTED, C.WEAKEN, O+ALWAYS, O+BAD, O+TELLS, O+WAIVE, O.HOSTILEHOST,
  O.MUSTCALL, O.NEEDED, O.PAYLOAD, O.SHELL, O.TELLS, O.URL, ^also, ^call, ^look, a fil, about, all data, alway, ask,
  check, clos, exfiltrat all, if, ignor, nam, next, question, quick, repository, say that, security, silently, string,
  to {ADDRESS}, user, you writ, {ADDRESS}
-2: %^ ~ ~, 2, 4, C+FOREIGN, C+SKEWED, C+WATCH, C.AGREEMENT, C.AIM, C.DESTROY, C.SELF, C.WATCH, O+EVERYTIME, O+NO,
  O.AVAILABLE, O.DO, O.EVERYTIME, O.ONWARD, O.TAKEN, ^all, ^creat, account, along, also, answer, application, be call,
  it in, open, over, privileg, result, send the, the {SECRET_FILE}, them, tool be, urgent, user that, writ to
-3: #end, #passive, %^ it, %^ it ~s, %^ ~s, %and ~s, %~ ~s, %~s the ~, 3, C+EMPOWERED, C+UNSEEN, C.EMPOWERED,
  C.ORGANIZATION, C.READOUT, C.RIGHTS, C.STEAL, C.TAKER, C.WE, O.BAD, O.GIVE, O.HUSHED, O.LOOT, ^brut, ^bypass, ^dump,
  be not, brut, brut forc, bypass, consent, credential, entry, for, forc, http, malicious, nobody, nobody be, one,
  remot, right, run, servic, show, updat, we, your
-4: #of2, #opening, %^ ~ ~s, %are ~ed, %~s the, 1, C+AIM, C+ORGANIZATION, C+SELF, C.GAIN, C.GATHER, C.PLANT, ^read,
  attack, authentication, creat, databas, dump, mark, mean, to a
-5: %it ~s, C+SENDOUT, C.WEAPON, C.WITHIN, O.KEEPS, ^exploit, can, exploit
-6: C.USE, O+ONWARD, a, an
-7: #all, #of1, O.DEFENSE
-8: ^it
-9: ^the
-10: #C, #third
"""
"""How far it leans towards an order to the model, among what leans against its user."""
