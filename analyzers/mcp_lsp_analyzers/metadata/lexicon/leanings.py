"""What words weigh in `leaning`: a line has a weight in tenths and the marks that have it; fitted, not written."""

AGAINST = r"""
27: #O
26: #of1
23: ^exploit
20: #C
18: ^enumerat, attack
17: exploit, injection
16: be to, now
15: C.ANYWAY, C.SELF, mention, pay, sensitiv, system, thes
14: crack, half, kerbero, memo, read_fil, sid, to each
13: C.FALSIFY, C.INVITED, C.STEAL, ^brut, a hid, backup, be only, cooky, enumerat, other, payload, too, whoever
12: C.EVIL, O.BAD, abus, approv, buy, one, to an, trac, victim, whatever, yes
11: C+BEFOREIT, C.BUGGED, C.DEGREE, C.GATHER, C.UNASKED, O+KEYFILE, O.OTHERSONE, ^dump, act, and includ, any,
  authentication, be trac, call the, call to, count as, disk, each, everyth, exhaust, go, hijack, of our, often, our,
  privileg, room, shell, to a, upload the, wors, writ fil, {ADDRESS} to
10: C.FRAMED, C.ORDERED, C.TOLD, O+ONWARD, O.DEFENSE, O.LOADED, ^abus, ^creat, and call, argument n, assertion,
  assistant, binary, by, caus, chat, consent, decod, dump, giv the, her, ignor all, its own, loss, lower, mak the, n
  no, nargument, nargument n, point, retain, trust, we, what you
9: #host, %^ ~s of, %by ~ing, C+FOREIGN, C+UNSHOWN, C.WEAPON, O+LITERAL, O+SHELL, O+TELLS, O.FRAMED, O.KEYFILE,
  ^escap, ^step, ^what, a person, add {ADDRESS}, ahead, and add, answer, bank, be try, cancellation, critical,
  decrypt, do, escap, every, exchang, lookup, mak, n n, out, part, pupil, quietly, staff, symptom, the one, the
  second, you must
8: #of2, C+CHOSEN, C+CONTRARY, C+ORGANIZATION, C+RECIPIENT, C+UNASKED, C+US, C.GATHERED, C.LATERUSE, C.RIVAL, C.USE,
  C.WE, O+ITSELF, O+SPAM, O.PATCHED, O.RETURNED, ^an, ^befor, ^bypass, ^drop, ^failur, ^giv, ^onc, ^search, ^ther,
  ^voic, a log, b, be not, bring, calendar, com, compromiz, document and, ensur, execut, execut the, failur to,
  forward the, get an, giv, green, i, implant, keep, later, less, licenc, loan, must first, over, own, packag, packag
  from, password from, q, run, scan for, seed, servic, show to, signatur, smooth, statement, the folder, the room, the
  tool, thi description, today, via, whatever the, whil, who, word, you to
7: %it ~s, 64, 72, 74, C+EVIL, C+OUR, C+SECRET, C+SPEND, C+WITHIN, C.CONFIDED, C.DISARM, C.GAIN, C.LOGS, C.MAKERNOUN,
  C.OTHERS, C.OUR, C.UNAGREED, O+SURFACED, O.ANYTOOLS, O.OUTGOINGS, O.VARIABLE, ^be, ^extract, ^important, ^lookup,
  ^print, ^q, ^say, ^sign, ^span, ^titl, ^to, a copy, a third, address and, against, all previous, an account,
  anthropic, antivirus, anyth, append, as if, be put, be retain, be run, be sell, befor return, below, captur, carry,
  check for, claus, complain, control, copy the, deserialization, dll, drop, establish, fewer, filesystem, first call,
  for command, for diagnostic, for privileg, format json, from an, half of, hid data, includ fil, inject, key, lead,
  leav a, licens, machin, maintainer, mean, mention thi, mount, no, no argument, on them, open it, plant, prompt to,
  rank, sampl of, secret, session id, shall, steal, the question, ther, thre, tool output, transmit, us, use the, valu
  of, walk, way, what, when they, world, {SECRET_FILE}
6: %^ ~s that, %the ~s ~s, %~ are, %~ when, %~s ~s $, 7, C+BYCALLER, C+CHOICE, C+HOSTILEHOST, C+MINES, C+TOUS, C.BUT,
  C.CLIENTGUARD, C.HOSTILEHOST, C.NOCHOICE, C.PLANT, C.RIGHTS, C.SKEWED, C.THIRD, C.WANTED, O+HOSTILEHOST, O+MOVES,
  O+PASSED, O+PERMIT, O+SECRET, O.HOSTILEHOST, O.MULTIPLY, O.NEEDNOTS, O.OBEY, O.OUTGOING, O.POWERFUL, O.SCRAP,
  O.SLANDER, O.VALUEOF, ^3, ^authenticat, ^clip, ^crack, ^finding, ^inject, ^obtain, ^password, ^skip, ^system, a
  short, a victim, about the, ad, address be, all security, along, alway, among, an external, and edg, and execut, and
  must, and pass, and run, and tell, anonymous, autoapprov, back, bad, be open, befor thi, better result, breaker,
  brut, brut forc, bypass security, calculator, certain, company policy, complianc, confidential, configuration and,
  confirm tru, data in, delet fil, delivery, description be, different, directiv, disclos, dns, doubl, down the, e
  mail, end in, entry in, escalation, ever, for domain, foreign, full list, good, handshak, hint, hom, hous, in
  between, listener, mean no, mention that, minus, modify, movement, net, network, non be, not exist, not nam, notic,
  ntlm, older than, on in, onc the, opt, other server, other sid, past, persistenc, prior, privacy, privileg
  escalation, prob, protection, purpos, recogniz, registry, remain, replac the, requir call, requirement, resourc for,
  rul, saf, safety, serv, server can, solv, someth, someth up, step 2, styl, ten, test and, that, the administrator,
  the author, the disk, the download, the editor, the follow, the mail, the provider, the user, the variabl, them,
  themselv, they, through, to mak, to min, trad, train a, transfer, unless the, usb, use any, user want, vot, will
  caus, with an, with it, writ, writ to, you may, you run
5: #", #unusual, %^ ~ ~, %for ~ $, %not ~ $, %the ~ ~s, %the ~s, %to ~ ~, %~ the, %~ {SECRET_FILE} ~, %~s on ~, 000,
  20, C+ADS, C+AIM, C+DEFENSE, C+FENCE, C+SENDOUT, C+THIRD, C.ADS, C.ALTER, C.BYCALLER, C.HOSTILE, C.PURPOSE,
  O+ALWAYS, O+BECOME, O+DO, O+MENTION, O+MODELNOUN, O+NAMED, O+NEEDNOTS, O+OFUSER, O+OTHER, O+THISINSTEAD, O+VARIABLE,
  O.CALLING, O.MENTION, O.MUSTCALL, O.NAMED, O.NOSHOULD, O.OFUSER, O.OUTSENT, O.PASSED, ^act, ^answer, ^as, ^build,
  ^comment, ^crawl, ^customer, ^detect, ^fingerprint, ^hijack, ^hint, ^instruction, ^leav, ^nargument, ^person,
  ^provid, ^report, ^spoof, ^warning, a miss, a no, a public, a sql, a system, a track, a webhook, absent, account
  and, acm, add number, advertiz, after an, all environment, an internal, and answer, and attach, and hid, and liv,
  and note, and quietly, and resourc, and version, and with, anybody, approv and, as well, at the, attach_to, audit
  trail, auditor, authority, back by, base64 and, bash, be empty, be handl, be ignor, be match, be no, be our, be
  over, be publish, be suspend, being, break, calendar with, can see, chang the, checkbox, chrom, client to,
  collaborator, collect, collection be, collector, condition, content in, cooky from, current work, dan, data
  collection, deserialization attack, despit, do it, dur, each query, edg, edit the, event log, export the, favour,
  fil by, fil directory, fil do, fil or, film, finding, firewall, firm, first, first run, for any, for its, for later,
  for user, for window, freely, generator, get one, hand, harmless, higher, history and, hostnam, if non, in each,
  includ the, injection in, injection techniqu, insuranc, internally, into, its output, just, key fil, know to, mak a,
  malicious, mandatory, manipulat, manuscript, may use, mention it, must contain, n, nobody, not creat, not mention,
  obfuscat, of other, older, one be, or directory, output, output in, parent, password in, percent, person, phish,
  produc a, proof, psexec, reachabl, readabl for, reason, record a, ref, report success, resign, restriction, result
  of, reus, run after, run env, sam tim, say, scan, security, security rul, send the, send_messag, show an, silent,
  slip, somebody, sourc and, span, ssrf, steal data, strik, string return, strong, switch, system you, tabl be, tak
  over, talk, test result, text text, the actual, the approval, the archiv, the cod, the employer, the hom, the
  maintainer, the option, the output, the parent, the pric, the progress, the report, the request, the updat, the
  valu, the wallet, the workspac, thes be, thi ensur, ticket by, to giv, to you, to {ADDRESS}, tool, tool and, trail,
  trial, trip, tunnel, twic, union, url and, use of, user messag, valuabl, vendor, well, what the, when using, whos,
  win, with each, within a, you get, your plac
4: %^ if ~, %^ it ~s, %^ ~, %^ ~ ~ed, %^ ~ing ~s, %a ~s, %all ~ ~s, %and ~ly, %and ~s the, %before ~ing, %can ~ $,
  %every ~ ~, %in ~ $, %is ~ed $, %people ~, %that ~s, %the ~s $, %you must, %~ for ~, %~ {SECRET_FILE}, %~ ~s, %~ ~s
  to, %~ed by a, %~ed ~, %~ing ~s are, %~s are, %~s from the, %~s ~ no, C+ANYWAY, C+DESTROY, C+ELSEWHERE, C+FALSE,
  C+FALSIFY, C+HOST, C+INTIMATE, C+NOSTOP, C+RIVAL, C+SHOWN, C+STOW, C+TRUSTED, C+WE, C.ADDRESS, C.BEFOREIT,
  C.ELSEWHERE, C.FROMREPORT, C.QUIET, C.READOUT, C.ROB, C.STOP, C.TYPED, O+ASKED, O+AVAILABLE, O+IFTOOL, O+MUSTCALL,
  O+OWNTOOLS, O+PEOPLE, O+RUNS, O+SCRAPPED, O+SHUN, O+TRUSTED, O.ANYREQUEST, O.GAINED, O.HOMEREAD, O.PERMIT, O.REVEAL,
  O.SECRET, O.SHUN, O.SURFACED, O.THISINSTEAD, O.URL, ^and, ^b, ^clean, ^com, ^compil, ^control, ^doc, ^draft, ^emb,
  ^first, ^generat, ^health, ^hid, ^instead, ^invoic, ^it, ^let, ^lin, ^may, ^normal, ^prefix, ^prerequisit, ^record,
  ^result, ^sampl, ^seed, ^simulat, ^sync, ^wher, ^whoever, ^word, ^writ, a calendar, a debug, a different, a fac, a
  fals, a market, a point, a rol, a server, a sourc, a test, a tim, a workflow, account, account of, accuracy, address
  in, administrator, aid, also read, alter, alway call, an address, an extra, and in, and leav, and read, and their,
  answer be, anywher, argument, argument be, as root, as you, ask a, bar, be an, be block, be doing, be fill, be
  install, be mak, be outdat, be part, be saf, be show, be ther, be typ, befor answer, befor you, behind, bind, birth,
  block in, branch protection, broken, bundl, by company, by design, by id, cdn, check a, child to, clean, cod,
  command on, comment and, company, comply, computer, concern, config, constant, conversation in, conversation to,
  cybersecurity, data you, definition and, delet the, diagnostic, display, disregard, district, domain be, domain or,
  drop a, drop the, each url, editor, edr, email by, empty, enabl a, end with, engin, except, execut command,
  exfiltrat, expert, failur, fals positiv, far, featur in, feed, fil list, fil the, for all, for different, for fre,
  for historical, for performanc, for word, from list, from memory, from thi, go into, health check, hear, host on,
  hostnam usernam, idl, if multipl, in, in fil, in user, indicator of, information for, ink, interest, internal,
  internal security, it, it as, it out, it return, join, just use, jwt, keep by, know the, leav it, lik a, list
  secret, list to, listen, look at, machin to, matter, may chang, me, miner, much, never call, no need, nod of, normal
  text, not by, number with, of compromiz, of every, of messag, ok, on it, on target, one that, oppos, or api, outdat,
  parameter query, partner, passag, payment, payment be, photo, pictur, pictur be, plac, plugin and, pool for,
  prerequisit, presenc, process id, project with, qr cod, read by, read sensitiv, receiv, register, register the,
  relation, remot, remov duplicat, repository public, return ok, rival, room with, run to, sav password, scanner,
  search log, search tool, securely, security protocol, select statement, send_email, server in, servic account,
  servic and, servic for, shadow, shar be, show me, simulat, so do, so far, socket, sound, speak, spoof, step, step 4,
  stop at, submit, success, supersed, sync, system servic, tarball, techniqu, than, than the, that other, that they,
  that would, the audit, the bank, the calendar, the child, the context, the entry, the fee, the full, the host, the
  hous, the identity, the instruction, the local, the lock, the memo, the miss, the other, the privat, the proxy, the
  select, the statement, the string, the support, the victim, thi one, thi will, thos, tim of, titl of, to, to all, to
  data, to mention, to prevent, to verify, tool nam, tool return, train, transmit the, travel, try, two number,
  unpublish, until they, upload a, user can, user fil, user input, user need, using the, valu and, vulnerabl, weather,
  when call, wher, wher they, which data, with a, with path, with rol, writ access, your session, your system,
  yourself, {ADDRESS}
3: #end, %0 0, %0 first, %^ when ~ing, %^ ~ ~s, %a ~ to, %an ~ ~, %and ~s ~, %are ~, %first ~, %for later ~, %from ~
  ~, %here $, %it ~, %later ~, %later ~ $, %must first ~, %no ~s ~, %that were, %the ~ing, %to each, %to each ~, %to ~
  a, %user ~, %via ~, %when ~ing, %with ~ 0, %{ADDRESS} to, %{SECRET_FILE} ~ ~, %~ 0 first, %~ are ~ed, %~ do, %~
  does, %~ does not, %~ each, %~ no ~s, %~ this tool, %~ ~ from, %~ ~ with, %~ed to a, %~ing $, %~ing it, %~ing ~ $,
  %~ing ~ with, %~ing ~s, %~s and ~s, %~s are ~, %~s from, %~s of ~, %~s that were, %~s the, %~s ~, %~s ~ the,
  'admin', 1', 1000, 19, 2020, 77, C+CLIENTGUARD, C+GUARD, C+MONEY, C+TRAINS, C+TYPED, C.ANYFILE, C.COLLECTS, C.GRANT,
  C.KEEP, C.LOGINPAGE, C.MAKER, C.MONEY, C.NOSTOP, C.ORGANIZATION, C.POSSESSIVE, C.TOWARD, C.US, C.WEAKEN, C.WIPES,
  O+ANYTOOLS, O+BEST, O+COPIED, O+INTOURL, O+MYDATA, O+RETURNS, O+SLANDER, O+VALUEOF, O.ASIDE, O.AVAILABLE, O.BEST,
  O.DEMAND, O.DENY, O.DUTY, O.IFTOOL, O.MOVES, O.MYDATA, O.MYSELF, O.PASSON, O.PEOPLE, O.SAY, ^any, ^assum, ^break,
  ^broadcast, ^decod, ^dependency, ^disregard, ^forg, ^global, ^however, ^if, ^insert, ^keep, ^look, ^miss, ^number,
  ^read, ^register, ^regular, ^review, ^sid, ^sort, ^strip, ^tak, ^trac, ^walk, ^weather, ^work, a bank, a connection,
  a list, a mandatory, a pod, a remot, a silent, a support, a target, a tool, about, abov, actual, add two,
  administrator be, after using, against a, alarm to, all check, all phon, all rul, aloud, among the, amount of, an
  alert, an assistant, an hour, and clos, and event, and fil, and for, and forward, and row, and stor, and text, and
  transmit, and upload, and use, answer as, any messag, applicant, application firewall, approv thi, arp, ask, ask
  for, attendanc, availabl to, battery, be, be also, be build, be chang, be compromiz, be configur, be confirm, be
  deprecat, be fals, be look, be never, be on, be rais, be rank, befor execut, befor send, better, beyond, book, book
  be, botnet, break be, broadcast, build, build a, bus, button, by a, by remov, bypass, calibration, call by, call
  from, candidat, certificat, chain, channel_id, check whether, choos, cit, clip, cloud instanc, compatibility,
  complaint, configuration step, confirmation be, connection string, connection to, contain your, content, content
  must, conversion, cooky and, copy and, credential and, credential in, cve, data loss, data set, default tru, disabl
  the, discard the, discourag, display non, do so, doing, don't put, driv, e, each messag, each payment, echo back,
  email to, embed, embed in, empty the, endpoint to, env, evaluat, event_id, execut thi, exfiltrat data, expect valu,
  ext, fail report, fil from, fil to, finaliz, financ, find, find ther, fingerprint, follow a, for everyth, for
  general, for ip, for password, for their, for url, fre, get the, get to, hand the, hav already, host, how many,
  however, if a, if it, if one, if you, imag, important, improv, in and, in every, in its, in order, in which, incom,
  index url, indicator, inject malicious, insert a, installer, instruction and, internet, intrusion, invoic in, ip, ip
  or, it go, its, jailbreak, keep a, keep call, kernel, key find, lift, lin in, locally, lock, look, macro,
  maintenanc, mandatory configuration, market, match with, may, model shall, must modify, nam and, nam lik, need no,
  no tim, normal, not shar, noth, number be, observ, of each, of user, on remot, one from, only valid, open, option a,
  option b, or not, or tool, other search, out of, out the, outbound, outlier, over all, over the, owner, parameter
  to, password or, patient, payload delivery, pem, php, pod to, poison, poor, port, post, potential, premium, pric be,
  print, privat, produc, provid nam, provid the, put, qr, query the, rais, reader, receipt, record and, recording of,
  refus, renam the, report the, request to, restaurant, result to, return match, return stock, rf, rm, rm rf, rol
  admin, rol that, say it, scor, secur, security requirement, sensitiv information, session, set by, setting be,
  shadow copy, shodan, should i, signal, signatur be, skip all, snapshot, so will, social media, sourc of, sourc or,
  spac, spac to, spar, speech, spread, sql query, star, strip, styl display, suspend, task for, tell you, temporarily,
  term the, text of, the agent, the amount, the assistant, the camera, the car, the check, the complet, the content,
  the credit, the imag, the key, the mirror, the nod, the operator, the rank, the sender, the session, the ssh, the
  tim, the transfer, the way, their address, their configuration, them out, them with, thi and, thi be, thi function,
  thi operation, thi search, thing, timestamp to, tmp, to call, to check, to clos, to refresh, to summariz, to target,
  to validat, token that, too much, tool call, tool from, translation, trigger an, turn, unquot, up on, updat packag,
  updat user, upon, use index, user giv, user provid, user set, user who, util, via a, virtual machin, voucher, want,
  want to, weather tool, web, web server, week, whenever a, wher claus, wher id, whether a, whisper, whoi, wip,
  without a, word for, would be, yml, you be, you read, you show, your respons
2: %0 0 0, %0 first $, %^ before ~ing, %^ for the, %^ ~ out, %^ ~ over, %^ ~ them, %^ ~ ~ing, %a ~, %a ~ before, %a ~
  ~ing, %a ~s ~, %are only, %are only ~, %are ~ed on, %do it, %first ~ ~, %is $, %must first, %must ~ the, %not ~ it,
  %or ~ $, %the ~s are, %the ~s it, %what the user, %will ~, %will ~ ~, %you must first, %~ back, %~ it out, %~ now,
  %~ over, %~ that it, %~ you must, %~ ~ and, %~ ~ to, %~ ~ {ADDRESS}, %~ ~ing up, %~ ~s about, %~ed again, %~ing up,
  %~ly ~ ~, %~s are only, %~s it ~s, %~s of, %~s the ~ed, %~s with, %~s ~ a, %~s ~ing, %~s ~ing the, 0000, 0000 0000,
  0000 2020, 1 call, 1203, 1203 0000, 2020 51, 51, 54, 65, 78, C+ASKEDFOR, C+BADONES, C+DETAIL, C+DIVERTED, C+PROMPTS,
  C+WEAKEN, C.DIVERTED, C.GUARD, C.ITSELF, C.SWITCHED, O+ALSOMUST, O+ANYREQUEST, O+CALLEDOUT, O+NOTICE, O+OTHERSONE,
  O+OUTGOINGS, O+PERSONALIA, O.ALSOMUST, O.COPIED, O.FETCH, O.FIELD, O.GRAVE, O.NEEDED, O.NEEDLESS, O.NO, O.TALKED,
  O.YOURSECRET, ^append, ^articl, ^attempt, ^cell, ^complianc, ^exfiltrat, ^forget, ^format, ^map, ^nam, ^new, ^old,
  ^packag, ^pleas, ^post, ^prior, ^signatur, ^the, ^whenever, ^{SECRET_FILE}, a binary, a day, a gam, a jok, a label,
  a login, a phon, a separat, a session, a star, abl, abl to, after any, agent be, alert to, all safety, an earlier,
  an owner, and databas, and follow, and valu, api for, api return, apply for, approver, as the, ask you, at,
  automatically redirect, be abl, be at, be availabl, be critical, be embed, be execut, be lower, be mov, be upload,
  be used, befor delet, below the, body as, bookmark, boolean, bug, bypass all, c, call read_fil, can access,
  certificat transparency, chang fil, charg, chmod, chmod r, claus that, click, clipboard, clipboard entry, com last,
  command, confirmation befor, consent be, consistency and, contain a, content of, context to, controller, countdown,
  credential from, data for, data governanc, de02, de02 1203, delet all, deprecat, destroy, devic, devic and, disabl
  all, do the, document from, domain, donation, duplicat, each with, encod the, end, end to, ensur user, environment
  and, establish a, expect, extract and, extract data, fast, firmwar, fit, for ai, for and, for bank, for better, for
  debug, for each, forg, from which, generat a, governanc, head, healthy, host nam, in document, in gitignor, in web,
  includ all, infect, influenc, input, instruction about, integrity, into a, investor, issu a, it fail, it mak, it
  need, it order, itself, kindly, later use, lin of, list error, list pull, local path, log, log and, log messag,
  logon, mail address, mak by, manifest and, meeting, messag, messag about, meterpreter, mib, moderation, modify fil,
  must alway, must automatically, need not, never ask, new task, no sid, noth can, o, of an, of servic, of thes, off,
  onc a, only for, operator, operator of, or ip, our own, output of, overwrit the, owner and, packet, para, part in,
  participant, pass the, per cent, phon and, phras, pii, port be, powershell, prevent unauthoriz, promot, r, r 777,
  read_fil with, reader be, recording, requir by, respond, return and, right and, safety featur, salary, scientific,
  script to, secret in, secret of, security alert, security validation, see which, seed phras, sender nam, session
  token, should it, show, skill md, skip it, som, spe, ssh configuration, start at, step 1, step to, stock be,
  symbolic link, system automatically, system ignor, tab, tabl of, task execut, task list, that it, that start, the
  additional, the cluster, the conversion, the copy, the delet, the driver, the event, the link, the log, the
  production, the rat, the raw, the signal, the stock, the vendor, their description, them as, them in, therefor, thes
  will, thi action, thi directiv, thi server, thi step, thousand of, threaten, to captur, to end, to fre, to log, to
  open, to provid, tool also, tool with, toolbar, topology, traffic, transmission, transparency, transparency log,
  turn off, txt to, unauthenticat, under the, unless it, up, up an, url list, user about, visibl to, visitor, voter,
  we need, web application, webhook, which be, which every, which group, which we, wid, window event, with default,
  with what, word of, work
-2: %^ it is, %^ users, %^ ~ for, %a ~ and, %a ~ on, %and ~s $, %and ~s to, %be ~ $, %be ~ed, %can ~ them, %if ~ is,
  %not ~, %of that, %of that ~, %one $, %that ~ ~, %the ~ must, %the ~s of, %to ~ for, %to ~ to, %user is ~ed, %was ~,
  %was ~ $, %what the ~, %~ for, %~ for a, %~ it before, %~ must not, %~ user, %~ ~ $, %~ ~ before, %~ ~ing the, %~ ~s
  as, %~ed in ~, %~ed with, %~ed ~ ~s, %~ing with, %~ing ~ ~ing, %~s $, %~s and ~, %~s each ~, %~s of that, %~s them,
  %~s will, %~s ~s, ', 'sidenote', 0, C+COLLECTS, C+GETIN, C+LANHOST, C+MAKERNOUN, C+PUBLIC, C+SKEWED, C.APART,
  C.DETAIL, C.MAILED, C.RESULT, O+INSTEAD, O+KEEPS, O+NOSHOULD, O+PAYING, O+TRAPPED, O.GIVE, O.INNER, O.INREPLY,
  O.SPAM, O.TRAPPED, ^2, ^assign, ^clos, ^disabl, ^edit, ^enabl, ^execut, ^mention, ^network, ^never, ^pric, ^put,
  ^quarantin, ^refresh, ^replac, ^screenshot, ^ship, ^task, ^thos, ^unlock, ^warn, a backup, a dependency, a folder, a
  kubernet, a screenshot, a ticket, a vulnerability, absolut path, accidental, activ, add, add as, add your,
  additional, after you, again, ago, ai, an admin, an event, and account, and may, and operational, and respons, and
  {HOME_FILE}, apk, as 'sidenote', as read, assign a, assistant should, associat, at least, auction, authoriz,
  awareness, base64 encod, be add, be authoriz, be download, be expos, be plac, bearer, befor it, between two, bother,
  bottom, but, by run, california, client, color, command in, command with, connect, content as, cron, cron job, csv,
  current user, dat be, data broker, db, debug mod, deduct, deliver, deposit, detect from, detection, determin,
  developer, dictionary, digit, directory to, doesn't, dump the, earn, ensur they, environment, even though, event be,
  every writ, exampl, exampl {ADDRESS}, exclud, export data, extract it, fil into, find_port, folder and, folder of,
  for instanc, for mor, for syntax, for test, foreign key, forget, forward rul, from {HOME_FILE}, git remot,
  guardrail, guid for, handl, hav to, http post, if, in full, in what, index, initiat, install softwar, ip address, it
  back, it cannot, it nam, key from, keystrok and, know, label, larg, lik to, link, link can, linter, list, llm, log
  from, mark them, meet, mint, mock, modul, monday, monday com, month, mov to, mutator, nam another, network with,
  night be, oauth, of sourc, on every, on fil, on one, operational, otherwiz use, parameter be, persist, phon, pictur
  with, possibl, prefer the, prevent accidental, professional, progress, pull, recent, reconnaissanc, reduc,
  regardless, register in, reject, relationship, remember, remot v', repository git, resembl, retriev, reviewer, road,
  row, run with, security and, send them, separat, server folder, server tool, several, sha, shell tool, show all,
  signatur to, silently, simulator, siz, so you, sort, special, start with, story, submission, superior, system
  prompt, tabl, tak a, task, test a, text into, that contain, the card, the chat, the container, the linter, the
  location, the nam, the root, the shell, the top, them to, thes setting, thi do, thi parameter, tim secret, to auto,
  to determin, to fill, to install, to look, tool ask, tool creat, tool of, trac and, transparent, trend, upload be,
  urgent, user must, user should, user stat, using git, using thi, v', v2 4, verify the, vulnerability for, whom the,
  withdraw, word in, workspac, your organisation, zip, {SECRET_FILE} of
-3: #=, %^ each, %^ for ~, %^ ~ of, %^ ~ing ~, %a ~ for, %are ~ out, %are ~ed $, %at {ADDRESS}, %at {ADDRESS} $, %by
  ~, %first $, %for ~s ~, %has ~ed, %is in, %is ~, %of this ~, %on ~ $, %that are, %that ~, %the user has, %the ~ to,
  %to ~ $, %user has, %with ~, %you ~ed, %~ 0 ~, %~ assistant, %~ first, %~ from the, %~ instead, %~ is, %~ no ~, %~
  only, %~ ~ 0, %~ ~s are, %~ ~s you, %~ed as, %~ed for ~s, %~ed to the, %~ed with ~, %~ed ~ ~, %~ed ~ly, %~ing this
  tool, %~s how, %~s that, %~s that are, %~s when, %~s ~ with, 1 pass, 100, 30, 90 day, C+AGREEMENT, C+BETTER,
  C+DISARM, C+FOR, C+GRANT, C+LOGGING, C+MAILED, C+NO, C+OTHERS, C+QUIET, C+SECRETISH, C+TAME, C+TOWARD, C+TURN,
  C+YOURPLACE, C.FALSE, C.FENCE, C.GETIN, C.NO, C.OUTSIDE, C.PRETEND, C.SPIED, C.TRUSTED, C.UNSHOWN, O+BEFOREOTHERS,
  O+BOUND, O+CROWN, O+DECODE, O+FIELD, O+HIDDENORDER, O+HUSHED, O+LOUD, O+NEEDED, O+NO, O+ORDERNOUN, O+REST, O+WAIVED,
  O.ACTS, O.BOUND, O.CALLS, O.CROWN, O.ITSELF, O.LITERAL, O.MAYCALL, O.MODELNOUN, O.PAYING, O.PAYLOAD, O.REST,
  O.TRUSTED, ^action, ^also, ^collect, ^contact, ^content, ^directory, ^earlier, ^export, ^fil, ^full, ^identifier,
  ^its, ^max, ^messag, ^optimiz, ^output, ^possibl, ^prefer, ^privat, ^raw, ^recipient, ^repository, ^rerank, ^round,
  ^specify, ^thi, ^timelin, ^v2, ^you, a devic, a directory, a helpful, a number, a random, a second, a text, absolut,
  accept, account be, add an, agreement, airlin, alert group, all input, also includ, also remov, an agent, an input,
  analysi, and do, and other, and say, api_key, argument of, array of, ask each, ask_operator, assistant that, atla,
  attach to, auth, auto detect, background, be accept, be alway, be do, be encrypt, be faster, be fetch, be find, be
  index, be non, be report, be writ, befor every, befor they, begin, beij, by default, by the, bypass safety, call,
  call fail, call step, call thi, can find, can mov, cap, check and, cloudtrail, comma separat, command to, comment,
  commit, common, compar the, confirmation that, content be, cpu, customer servic, data that, delay, description of,
  dict, differenc, disabl, discard, docker, document, drill, element, employment, enhanc, estimat, etc, everybody,
  exact, excel, export, extract the, factor, factor authentication, fail do, falcon, fetch from, fil under, firewall
  rul, flag, folder to, for an, for fil, for payment, forc, forc the, form and, fql, fql guid, from another, from
  public, get_not, get_not method, giv a, glossary, go down, header, health data, helpful, history, identifier,
  identifier for, identify, ids of, in cent, in with, influxdb, inform, information, init, input parameter,
  instruction in, instruction that, integer, invoic, invok the, iso, it must, it read, it stop, key and, key in,
  keychain, kubernet, leak, least, let the, link and, mail to, mail with, mak sur, many, medical, memory address,
  minimum, minut, mod to, model as, mor than, most view, need to, negativ for, nonc, not overrid, not retry, not set,
  note, notification, obtain a, of all, of tool, offer of, on call, on github, on thi, only after, other customer,
  path to, permission, permission on, phon number, pip, plan, player, plus, port and, positiv for, possibl valu,
  preferenc, present, preserv, pretend, proactively, provid, ps, publish, purchas, quarantin, query_task, quot, raw,
  re, reflect, refund, refund go, releas to, relevant, request, reservation, reset, rest, return the, revok, s3,
  sampl, sav, say that, scal, scan a, secret be, see falcon, server so, shar, shift, ship, show in, silently and, so
  the, sourc be, spam, split, sql, stack trac, stop, stream, subdomain, subject, subscription, subtitl, summariz, sur,
  tak effect, task_id, temporary, temporary fil, tenant, text content, the action, the alert, the cli, the differenc,
  the get_not, the iban, the ids, the operation, the port, the program, the result, the section, the server, the
  specify, the sql, the target, the web, thi list, thi machin, thos that, ticket number, tim it, timelin of, timeout,
  to creat, to detect, to go, to person, to use, to your, to {SECRET_FILE}, tool as, top, track, trigger, trigger it,
  truncat, twilio, two factor, unchang, understand, uniqu, unless, until it, until somebody, updat it, url using, used
  by, user ask, user that, user to, uuid, v2, v3, valid, valid for, vendor be, wak, welcom, whol fil, whom, with its,
  with the, with you, without, your own
-4: #/, #_, %0 ~s $, %^ ~ an, %^ ~ed, %^ ~s an, %and ~ ~s, %not ~ ~, %once $, %the ~ on, %the ~s in, %their ~ $,
  %{ADDRESS} $, %~ from ~s, %~ the user, %~ until, %~ ~ ~s, %~ ~ly, %~ ~s that, %~ed $, %~s an, %~s an ~, %~s by ~,
  %~s in, %~s ~s of, 10, 24, 24 hour, 60, C+HELPS, C+POSSESSIVE, C+TAKENOUT, C.CHARGED, C.HELPS, C.OWNS, C.UNTOLD,
  O+EVERYTIME, O+GOAHEAD, O+IMPORTS, O+PLACE, O+READFILE, O.DECODE, O.DO, O.FROMTHERE, O.IF, O.NOTICE, O.SHELLRUN,
  O.TELLS, ^arg, ^credential, ^delay, ^estimat, ^expir, ^filter, ^hand, ^includ, ^log, ^maximum, ^mod, ^need, ^non,
  ^omit, ^path, ^prompt, ^retriev, ^run, ^set, ^show, ^used, ^user, ^valid, a cluster, a domain, a fil, a fre, a
  messag, a tabl, a token, a word, about a, account that, address, administrator with, already, alway show, amazon,
  an, an administrator, and mark, announc, apart, appear, appear as, appl, approv a, as id, authorization, automation,
  aws, backdoor, batch, be delet, be mark, be need, be print, be read, be shar, be tell, behind a, between the, bgp
  hijack, bia, board, both, box, by mail, by our, bypass the, caller, cas of, chang you, check, check with, cit the,
  cli, cloudwatch, comma, consol, contact with, cours, coverag, customer, data from, databas, databas to, deployment,
  detail and, detect, disabl for, distanc, doctor, each call, empty to, fail check, fak, fals, ffmpeg, fil it, find a,
  for a, form, from one, from our, from {SECRET_FILE}, gender, generat, get a, git, giv in, go back, graph, guid,
  harness, hid instruction, hold, hom assistant, how to, if ther, in cas, in it, in one, inbox, incident, information
  about, insid, instead of, instruction or, interfac, invisibl, invisibl to, it for, its author, its id, key be, key
  of, later session, lender, letter, list of, log of, log with, look up, mail, mak it, mongodb, monitor, most, must,
  nam in, nativ, nearest, need the, never log, newer, not tell, numeric, object, okta, on the, onc, or the, our
  partner, our product, pag, pag and, pair and, param, passphras, password that, permission be, personal, pick it,
  preflight, present to, previous one, pric, prioritiz, profil, prompt injection, protect, push, rang, rank by, rbac,
  referenc, repeat the, repo, report be, rerank, respons, restart, restor, return a, return by, return onc, rol and,
  rout leak, rul and, safety check, script, script that, secret and, servic be, seven, sheet, shop, should, show how,
  show wher, show which, sign in, simpl, softwar, stag, stat, stor and, stor by, string to, sur that, syntax, tag to,
  tell them, test, that hav, the access, the application, the call, the current, the customer, the endpoint, the
  exact, the form, the landlord, the old, the passphras, the project, the releas, the scop, the search, the security,
  the team, them from, thi includ, through your, tim zon, tip, to follow, to learn, to set, to the, token, tool in,
  tru to, try to, until, user access, user hav, utc, valu under, vector, violat, vpc, when the, wher the, will, will
  be, with forc, with secret, word document, worksheet, writ be, you nam, {SECRET_FILE} be
-5: #lower, %^ ~ a, %^ ~s, %every ~ is, %the user, %to ~ it, %with ~ $, %~ and ~, %~ first $, %~ from, %~ ~s ~ed,
  %~ing ~ ~s, 2, C+CONSENT, C+OFFWORD, C+STOP, C+TIMES, C.ARMED, C.OMIT, C.RECIPIENT, C.TURN, O+AVOID, O+FAILED,
  O+HANDED, O+INREPLY, O+REPLY, O.IMPORTS, O.KEEPS, O.MONEYTO, O.TERMINAL, O.WHOLE, ^analyz, ^data, ^deactivat,
  ^debug, ^do, ^entry, ^key, ^load, ^min, ^personal, ^stor, ^subscrib, ^summariz, ^support, ^train, a mail, a singl,
  about our, accurat, alon, and address, and befor, and check, and order, and return, another, anyon with, app, apply,
  arg, artifact, attempt, attribut, bas on, be provid, be skip, be usually, blind copy, body, byt, cach and, call
  befor, can read, card number, column, component, creation, credential, custom, day, debt, debt collector, describ a,
  description, each request, email address, error, event of, explain, explicitly, fals to, fetch, for exampl, for it,
  form be, fresh, further, honeypot, if sourc, imag be, in a, in parallel, increas, info, install the, instruction of,
  isolat, it up, knowledg, kubectl, limit, lin number, list all, list the, local, location, login, markdown, max,
  maximum, mcp, mistak, mod, mov, nam, not, not be, notify, of that, of thi, on your, organisation, organization,
  overrid, parallel, pars, pass it, pass through, path, percentag, period, permanently delet, pick, position,
  question, record in, red, redirect, registrar, replac by, request be, resolv, resourc, restrict, sav the, schedul,
  search for, setting, shell command, stack, start, statistic, stor it, string, team, that agent, the account, the
  argument, the channel, the credential, the dashboard, the environment, the error, the password, the test, their,
  then call, then pass, tim, timelin, titl, to add, to confirm, to dat, to execut, to other, to put, to which, token
  and, tool read, ui, under, universal, up a, use other, used, user and, user be, user do, user see, user the,
  usually, valu be, vault, video, whenever the, which, whol, with lin, with thi, with user, writ a, writ the, yaml,
  you call, you want, {SECRET_FILE} or
-6: #middle, #of4, %0 ~s, %~ ~s ~s, %~s it, C+GATHER, C+OWNS, C+RIGHTS, C+UNSEEN, C.PROMPTS, C.TAKENOUT, C.TAME,
  C.TOUS, O+DEMAND, O+TAKEN, O.BEFOREHAND, O.LOUD, O.RUNS, O.SEIZED, ^admin, ^block, ^compar, ^describ, ^find, ^open,
  ^secret, ^see, ^use, ^useful, ^verify, a note, access, and a, and can, and mor, answer question, api, ask to, asset,
  at onc, attempt to, auto, avoid, backup be, be a, be call, be mask, be push, be set, be stor, befor any, budget, can
  use, cannot be, card, category, checksum, clon, com first, complet, confirmation, copy as, cost, dashboard,
  deactivat, debugger, delet a, entry that, exactly, fil be, flow, focus, follow, forc tru, from all, generat fak, how
  the, id of, job, languag, mask, may be, moderator, newsletter to, nod, of a, org, otherwiz, pagination, pair,
  perform, prefer it, pretend to, query be, question about, random, read, read from, region, remot server, report
  with, request and, sampl and, see it, server and, server log, shar with, singl, ssh server, start a, support, tag,
  that run, the cach, the fil, the giv, the id, the owner, the respons, the rol, the url, thi tool, to get, typ, used
  for, useful for, user first, user for, vault with, whether
-7: %^ ~s the, C+LOGS, C+OUTSIDE, C+READOUT, C.MERCHANDISE, C.SHOWN, C.SPEND, C.UNSEEN, C.UPTO, O+DEFENSE, O+GONE,
  O+PROMPTED, O+SAY, O.BEFOREOTHERS, ^feishu, ^must, ^optional, ^requir, ^send, ^thes, a customer, a specific, a user,
  an exist, and mail, and record, attacker, back to, bas, be ask, be miss, be replac, be tru, by their, can,
  character, copy fil, defin, documentation, exist, feishu, feishu lark, from the, group, it be, it do, keep in, key
  to, lark, lik, manag, mark, mark as, member, merg, method, metric, must call, never, newsletter, no longer, not
  know, null, number of, omit, one of, pass to, pattern, product, property, read only, read {SECRET_FILE}, record,
  registration, releas, schema, screenshot, search, seller, send a, structur, subscriber, tell the, templat, the
  chang, the databas, the previous, the rest, the system, to ignor, tool for, transaction, up to, usag, useful, user
  befor, vm, vulnerability, when an, when you, {SECRET_FILE} fil
-8: %^ ~s a, 5, O.TAME, ^only, ^they, a new, an ssh, array, at {ADDRESS}, audit log, be keep, be pass, be remov,
  campaign, check that, configur, container, creat an, creat azur, development, entity, explicit, fact, feedback, fil
  that, googl, host that, if the, issu, level, los, must not, permanently, personal data, placeholder, push to, remov,
  repeat, requir for, secretly, see the, ssh, summariz the, the ticket, third party, view, within, your answer
-9: %a ~ $, C+CHANGE, C+TILTED, O+LOOT, O+TAME, O.EVERYTIME, O.OTHER, ^all, ^anyon, ^copy, ^default, ^pass, action,
  allow, analyz, be in, be includ, be return, befor call, bill, branch, compar, creat, data be, field, instanc, it
  befor, match, multipl, need, new, of your, per, prefer, scop, section, send, still, the answer, updat, version, why,
  you can
-10: 1, O+ATTACH, O+MAYCALL, O.CARRIED, O.ONWARD, ^add, ^tell, agent, automatically, chang, creat a, detail, for
  access, hid from, learn, leav out, pass, public key, record the, specify, status, valu
-11: C+SELF, C+UNTOLD, O.TAKEN, ^start, a host, block, cannot, cas, dat, format, includ, operation, return, send to,
  the pag, tru, use
-12: #opening, C.CHOSEN, C.DEFENSE, ^note, availabl, current, e g, g, ids, load, optional, verification
-13: #(, #of5, C+USE, ^exampl, ^return, ask the, azur, be log, set, show the, tell, url
-14: be hid, default, item, only, project
-15: ^each, filter, how, id, password be
-16: ^list, be leav
-17: specific
-19: be send, requir
-20: or
-24: ^get
-31: #of6
-43: #all
"""
"""How far a mark leans towards what is done against a user."""

ABOUT = r"""
12: #O
11: thi
10: O+DUTY
9: you
8: #of3, that the
7: O.DUTY, to be, you be
6: #middle, O.DEMAND, O.MENTION, all, email, tool
5: #_, #`, %^ ~, C+HELPS, C+MONEY, C+WEAKEN, C.CONSENT, C.FRAMED, C.NO, O+GIVE, O+MENTION, O+MODELNOUN, O+POWERFUL,
  O.ALWAYS, O.IF, O.ITSELF, O.MODELNOUN, ^do, ^thi, add, as, be to, instruction, system, will
4: #", %^ ~ the, %~ the, C+CONSENT, C+SLOT, O+MYDATA, O+OBEY, O.BEFOREHAND, O.FRAMED, ^system, no, now, previous, the
  operator, the user, then, want, whatever, writ, {SECRET_FILE}
3: #/, #lower, #of4, %and ~, C+DEFENSE, C+DESTROY, C+GRANT, C+RECIPIENT, C+TOWARD, C+WITHIN, C.FENCE, C.FOREIGN,
  C.HOSTILEHOST, C.LOGGING, C.MAILED, C.MONEY, C.QUIET, C.SLOT, O+DEFENSE, O+DEMAND, O+DENY, O+IF, O+ITSELF,
  O+OUTSENT, O+SHELL, O+SLOT, O.HOSTILEHOST, O.KEYFILE, O.OBEY, O.RULES, O.SCRAP, O.SLOT, ^alway, ^call, ^if, ^when,
  ^you, afterward, and execut, argument n, be an, check, execut, for diagnostic, from, her, internal, messag, n, n n,
  n no, nargument, nargument n, next, no argument, notic, operator, our, prompt, quick, relation, say, send to, text,
  they, use, you writ
2: #host, #of6, %~ and ~, C+ALTER, C+GETIN, C+KEEP, C+OUR, C+PLANT, C.ADDRESS, C.ALLOF, C.OUR, C.PROMPTS, C.WANTED,
  C.WEAKEN, O+BAD, O+OTHERS, O+PLACE, O+TELLS, O+WAIVE, O.ATTACH, O.OTHERS, O.PAYLOAD, O.SPAM, O.TELLS, O.URL, ^for,
  ^look, a fil, about, access, add a, all data, ask, confirmation, drop, ensur, exfiltrat all, hav, if, link, nam,
  previous instruction, question, repository, say that, string, the signatur, thi be, to {ADDRESS}, unless, {ADDRESS}
-2: %^ ~ ~, 4, C+FOREIGN, C+UNSEEN, C+WATCH, C.CHOSEN, C.COLLECTS, C.DESTROY, C.READOUT, C.RIGHTS, O+ASIDE,
  O+BEFOREHAND, O+EVERYTIME, O+NO, O.AVAILABLE, O.CALLEDOUT, O.DICTATED, O.DO, O.EVERYTIME, ^all, ^creat, ^dump,
  account, along, also, application, be call, collector, com, credential, curl, fil, one, over, privileg, run, safety,
  set, tool first, urgent, user that, writ to, your
-3: #end, #passive, %^ it, %^ it ~s, %^ ~s, %and ~s, %~s the ~, 2, 3, C+AIM, C+EMPOWERED, C+SELF, C+SKEWED,
  C.AGREEMENT, C.EMPOWERED, C.SELF, C.STEAL, C.TAKER, C.WE, O.BAD, O.GIVE, O.HUSHED, O.LOOT, O.ONWARD, ^brut, ^bypass,
  be not, brut, brut forc, consent, dump, entry, forc, http, malicious, nobody, nobody be, open, remot, right, send
  the, servic, show, them, updat, we
-4: #of2, #opening, %^ ~ ~s, %are ~ed, %~ ~s, %~s the, 1, C+ORGANIZATION, C.GAIN, C.GATHER, C.ORGANIZATION, C.PLANT,
  O.KEEPS, ^read, attack, authentication, bypass, creat, databas, for, mark, mean
-5: C+SENDOUT, C.USE, C.WEAPON, C.WITHIN, ^exploit, can, exploit, to a
-6: #all, %it ~s, O+ONWARD, O.DEFENSE, a, an
-7: #of1, ^it
-9: ^the
-10: #C, #third
"""
"""How far it leans towards an order to the model, among what leans against its user."""
